// CSV: numbers with one row a line; some columns are targets, the others inputs.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { BasinetError } from '../errors.js';
import { closest } from '../job/suggest.js';
import { invalidData, withFile } from './file.js';
import type { NumericTensor } from './tensor.js';

export interface CsvOptions {
  readonly header: boolean;
  /** One character. */
  readonly delimiter: string;
  /** Target columns: names, or numbers from 0 (negative: from the end). */
  readonly targets: readonly (string | number)[];
  /** Rows to read; the rest is neither read nor checked. */
  readonly limit?: number | undefined;
}

export interface CsvTable {
  /** F64 [rows, columns that are no targets]. */
  readonly inputs: NumericTensor;
  /** F64 [rows, targets], in the order of `targets`. */
  readonly targets: NumericTensor;
  /** Names of the input columns; null without a header. */
  readonly inputNames: readonly string[] | null;
}

/** Decimal numbers; not "", " ", "0x10", "NA", "nan" or "inf", of which JavaScript reads some as numbers. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads up to `limit` rows. Empty lines are skipped; a byte-order mark, quotes and any line ending are understood.
 *
 * @throws BasinetError DATA_INVALID with file, row (from 0, the header not counted), line (from 1) and column: missing
 *   file, no rows, ragged rows, cells that are no finite numbers, target columns that do not exist or leave no inputs
 */
export async function readCsv(path: string, options: CsvOptions): Promise<CsvTable> {
  // Missing and empty files are told apart here; the stream below would report neither well.
  await withFile(path, () => Promise.resolve());
  const inputs: Float64Array[] = [];
  const targets: Float64Array[] = [];
  const limit = options.limit ?? Infinity;
  let columns: Columns | null = null;
  const stream = createReadStream(path);
  try {
    for await (const { record, line } of records(stream, options.delimiter)) {
      if (columns === null) {
        columns = chooseColumns(path, record, options);
        if (options.header) continue;
      }
      const row = inputs.length;
      if (row >= limit) break;
      if (record.length !== columns.count) {
        invalidData(path, `has ${record.length} columns where ${options.header ? 'the header' : 'the first row'} has ${columns.count}`, {
          place: { row, line },
          value: record.length,
          remedy: 'Mend the line, or check data delimiter and quotes.',
        });
      }
      const { names } = columns;
      const valueAt = (column: number) => cell(path, record, { row, line, column }, names, options);
      inputs.push(Float64Array.from(columns.inputs, valueAt));
      targets.push(Float64Array.from(columns.targets, valueAt));
    }
  } catch (cause) {
    if (cause instanceof BasinetError) throw cause;
    invalidData(path, `cannot be parsed: ${(cause as Error).message}`, { remedy: 'Check delimiter and quotes.', cause });
  } finally {
    stream.destroy();
  }
  if (columns === null || inputs.length === 0) invalidData(path, 'has no rows', { remedy: 'Give a file with rows in it, or set header to false.' });
  return {
    inputs: matrix(inputs, columns.inputs.length),
    targets: matrix(targets, columns.targets.length),
    inputNames: columns.names && columns.inputs.map((column) => columns.names![column]!),
  };
}

/**
 * Whether the first line names columns: it holds anything but numbers, or 0, 1, 2, …, as pandas calls columns without names.
 *
 * @throws BasinetError DATA_INVALID where the file is missing, empty, or no text of columns
 */
export async function csvHasHeader(path: string, delimiter: string): Promise<boolean> {
  await withFile(path, () => Promise.resolve());
  const stream = createReadStream(path);
  try {
    for await (const { record } of records(stream, delimiter)) {
      const cells = record.map((text) => text.trim());
      return cells.some((text) => !DECIMAL.test(text)) || (cells.length > 1 && cells.every((text, column) => text === String(column)));
    }
  } catch (cause) {
    invalidData(path, `cannot be parsed: ${(cause as Error).message}`, { remedy: 'Check delimiter and quotes.', cause });
  } finally {
    stream.destroy();
  }
  return false;
}

function matrix(rows: readonly Float64Array[], columns: number): NumericTensor {
  const data = new Float64Array(rows.length * columns);
  rows.forEach((values, row) => data.set(values, row * columns));
  return { dtype: 'F64', shape: [rows.length, columns], data };
}

async function* records(stream: NodeJS.ReadableStream, delimiter: string): AsyncGenerator<{ record: string[]; line: number }> {
  const parser = stream.pipe(parse({ delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true }));
  // pipe() does not pass errors on; without this a failing read would hang the loop.
  stream.on('error', (error: Error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield { record, line: info.lines };
  }
}

interface Columns {
  readonly count: number;
  readonly names: readonly string[] | null;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

function chooseColumns(path: string, first: readonly string[], { header, targets }: CsvOptions): Columns {
  const names = header ? first.map((name) => name.trim()) : null;
  const chosen = targets.map((target) => (typeof target === 'number' ? byNumber(path, target, first.length) : byName(path, target, names ?? [])));
  const twice = chosen.find((column, i) => chosen.indexOf(column) !== i);
  if (twice !== undefined) invalidData(path, `column ${twice} is named as a target twice`, { value: twice, remedy: 'Name each target column once.' });
  const inputs = first.map((_, column) => column).filter((column) => !chosen.includes(column));
  if (inputs.length === 0) {
    invalidData(path, `all ${first.length} columns are targets: none is left as input`, {
      value: targets,
      remedy: 'Name fewer target columns, or check the delimiter.',
    });
  }
  return { count: first.length, names, inputs, targets: chosen };
}

function byNumber(path: string, target: number, count: number): number {
  const column = target < 0 ? count + target : target;
  if (column >= 0 && column < count) return column;
  return invalidData(path, `has no column ${target}: there are ${count}`, {
    value: target,
    remedy: `Give a number from ${-count} to ${count - 1}, or check the delimiter.`,
  });
}

function byName(path: string, target: string, names: readonly string[]): number {
  const found = names.indexOf(target);
  if (found < 0) {
    const guess = closest(target, names);
    invalidData(path, `has no column ${target}${guess === undefined ? '' : `; did you mean ${guess}?`}`, {
      value: target,
      remedy: `Name one of ${names.slice(0, 40).join(', ')}; or check header and delimiter.`,
    });
  }
  if (names.includes(target, found + 1)) {
    invalidData(path, `has several columns called ${target}`, { value: target, remedy: 'Name the target column by its number, from 0.' });
  }
  return found;
}

function cell(
  path: string,
  record: readonly string[],
  { row, line, column }: { row: number; line: number; column: number },
  names: readonly string[] | null,
  { header }: CsvOptions,
): number {
  const text = record[column]!.trim();
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  return invalidData(path, text === '' ? 'is empty where a number is needed' : `${JSON.stringify(text)} is not a finite number`, {
    place: { row, line, column: names ? `${column} (${names[column]})` : column },
    value: text,
    remedy: row === 0 && !header ? 'Give numbers only, or set header to true.' : 'Give a number, or remove the row.',
  });
}
