// CSV: headers, delimiters, target columns, and errors with row, line and column.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readCsv, type CsvOptions } from '../../src/data/csv.js';
import { BasinetError } from '../../src/errors.js';

const scratch = mkdtempSync(join(tmpdir(), 'basinet-csv-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const file = join(scratch, 'table.csv');

function read(text: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  writeFileSync(file, text);
  return readCsv(file, { header: true, delimiter: ',', targets: ['y'], ...options });
}

describe('reads', () => {
  test('targets by name, the rest are inputs in order', async () => {
    const table = await read('a,y,b\n1,2,3\n4,5,6\n');
    expect(table.inputs).toEqual({ dtype: 'F64', shape: [2, 2], data: Float64Array.of(1, 3, 4, 6) });
    expect(table.targets).toEqual({ dtype: 'F64', shape: [2, 1], data: Float64Array.of(2, 5) });
    expect(table.inputNames).toEqual(['a', 'b']);
  });

  test('targets by number, also from the end, in the order asked for', async () => {
    const table = await read('1;2;3;4\n5;6;7;8\n', { header: false, delimiter: ';', targets: [-1, 0] });
    expect(table.targets.data).toEqual(Float64Array.of(4, 1, 8, 5));
    expect(table.inputs.data).toEqual(Float64Array.of(2, 3, 6, 7));
    expect(table.inputNames).toBeNull();
  });

  test('quotes, spaces, tabs, a byte-order mark, CRLF, empty lines, no final newline', async () => {
    const table = await read('\uFEFF"x, left"\ty\r\n 1.5 \t-2e3\r\n\r\n"+.5"\t7.', { delimiter: '\t' });
    expect(table.inputNames).toEqual(['x, left']);
    expect(table.inputs.data).toEqual(Float64Array.of(1.5, 0.5));
    expect(table.targets.data).toEqual(Float64Array.of(-2000, 7));
  });

  test('no further than the limit: what lies beyond is not checked', async () => {
    const table = await read('a,y\n1,2\n3,4\nbroken,,,\n', { limit: 2 });
    expect(table.inputs.shape).toEqual([2, 1]);
  });

  test('any finite numbers that JavaScript prints', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), { minLength: 1 }), async (rows) => {
        const table = await read(`x,y\n${rows.map(([x, y]) => `${x},${y}`).join('\n')}`);
        expect([...table.inputs.data]).toEqual(rows.map(([x]) => Number(String(x))));
        expect([...table.targets.data]).toEqual(rows.map(([, y]) => y));
      }),
      { numRuns: 50 },
    );
  });
});

describe('refuses', () => {
  test.each<[string, string, Partial<CsvOptions>, RegExp]>([
    ['text', 'a,y\n1,2\nn/a,4\n', {}, /row 1, line 3, column 0 \(a\): "n\/a" is not a finite number/],
    ['NaN', 'a,y\n1,nan\n', {}, /row 0, line 2, column 1 \(y\): "nan"/],
    ['infinity', 'a,y\ninf,1\n', {}, /"inf" is not/],
    ['a number beyond float64', 'a,y\n1e999,1\n', {}, /"1e999" is not/],
    ['hexadecimal', 'a,y\n0x10,1\n', {}, /"0x10"/],
    ['an empty cell', 'a,y\n,1\n', {}, /row 0, line 2, column 0 \(a\): is empty/],
    ['a short row', 'a,b,y\n1,2,3\n1,2\n', {}, /row 1, line 3: has 2 columns where the header has 3/],
    ['a long row', 'a,y\n1,2,3\n', {}, /row 0, line 2: has 3 columns/],
    ['a header where none is expected', 'a,y\n1,2\n', { header: false, targets: [1] }, /row 0, line 1, column 0: "a"/],
    ['an unknown column', 'price,y\n1,2\n', { targets: ['prise'] }, /no column prise; did you mean price\?/],
    ['a column number out of range', 'a,y\n1,2\n', { targets: [-3] }, /no column -3: there are 2/],
    ['a name that is there twice', 'y,y,a\n1,2,3\n', {}, /several columns called y/],
    ['a target named twice', 'a,y\n1,2\n', { targets: ['y', -1] }, /twice/],
    ['no inputs', 'y\n1\n', {}, /all 1 columns are targets/],
    ['a header alone', 'a,y\n', {}, /has no rows/],
    ['an unclosed quote', 'a,y\n"1,2\n', {}, /cannot be parsed/],
    ['an empty file', '', {}, /is empty/],
  ])('%s', async (_what, text, options, message) => {
    const error = await read(text, options).then(() => null, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(BasinetError);
    expect((error as BasinetError).code).toBe('DATA_INVALID');
    expect((error as BasinetError).message).toMatch(message);
    expect((error as BasinetError).path).toContain('table.csv');
    expect((error as BasinetError).remedy).toBeDefined();
  });

  test('a file that is not there', async () => {
    await expect(readCsv(join(scratch, 'none.csv'), { header: true, delimiter: ',', targets: [0] })).rejects.toThrow(/there is no such file/);
  });

  test('anything else, with nothing but a BasinetError', async () => {
    const texts = fc.oneof(fc.uint8Array({ minLength: 1 }), fc.string({ unit: fc.constantFrom('a', 'y', '1', ',', '"', '\n', '\r', ' '), minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, header) => {
        const error = await read(text, { header, targets: [0] }).then(() => null, (reason: unknown) => reason);
        if (error !== null) expect(error).toBeInstanceOf(BasinetError);
      }),
      { numRuns: 200 },
    );
  });
});
