// Reads and writes safetensors: an 8-byte header length, a JSON header, raw little-endian tensors.
import { BasinetError } from '../errors.js';
import { ARRAYS, bytesPerElement, elementCount, type Dtype, type Tensor } from './tensor.js';

export type { Dtype, Tensor } from './tensor.js';

/** As the format's own reader, which refuses longer headers. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

export interface SafetensorsFile {
  /** In the order of their data. */
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Tensors by name. Data are copied, so that they are aligned and outlive `bytes`.
 *
 * @param path names the file in errors
 * @throws BasinetError DATA_INVALID where the bytes are not a well-formed file: header out of bounds, unknown element
 *   type, lengths that contradict shapes, holes or overlaps between tensors
 */
export function readSafetensors(bytes: Uint8Array, path = 'safetensors'): Map<string, Tensor> {
  return parseSafetensors(bytes, path).tensors;
}

/** As `readSafetensors`, with the `__metadata__` of the header. */
export function parseSafetensors(bytes: Uint8Array, path = 'safetensors'): SafetensorsFile {
  const { header, dataStart } = parseHeader(bytes, path);
  const size = bytes.byteLength - dataStart;
  const entries = Object.entries(header).filter(([name]) => name !== METADATA);
  const parsed = entries.map(([name, entry]) => parseEntry(name, entry, path)).sort((a, b) => a.begin - b.begin || a.end - b.end);
  const tensors = new Map<string, Tensor>();
  let expected = 0;
  for (const { name, dtype, shape, begin, end } of parsed) {
    if (begin !== expected) invalid(path, `tensor ${name} starts at byte ${begin} of the data, where ${expected} was expected`);
    if (end > size) invalid(path, `tensor ${name} ends at byte ${end} of the data, of which there are ${size}: the file is truncated`);
    const data = new ARRAYS[dtype]((end - begin) / bytesPerElement(dtype));
    new Uint8Array(data.buffer).set(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { dtype, shape, data } as Tensor);
    expected = end;
  }
  if (expected !== size) invalid(path, `${size - expected} bytes follow the last tensor`);
  return { tensors, metadata: parseMetadata(header[METADATA], path) };
}

function parseHeader(bytes: Uint8Array, path: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.byteLength < 8) invalid(path, `${bytes.byteLength} bytes are too few for a safetensors file`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES || Number(length) > bytes.byteLength - 8) {
    invalid(path, `the header claims ${length.toString()} bytes in a file of ${bytes.byteLength}: not a safetensors file, or a truncated one`);
  }
  const dataStart = 8 + Number(length);
  let header: unknown;
  try {
    // A copy, since TextDecoder refuses views of shared memory.
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.slice(8, dataStart)));
  } catch (cause) {
    invalid(path, 'the header is not JSON', cause);
  }
  if (!isRecord(header)) invalid(path, 'the header is not a JSON object');
  return { header, dataStart };
}

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function parseEntry(name: string, entry: unknown, path: string): Entry {
  if (!isRecord(entry)) invalid(path, `the header's entry for ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(ARRAYS, dtype)) {
    invalid(path, `tensor ${name} has element type ${JSON.stringify(dtype)}; known are ${Object.keys(ARRAYS).join(', ')}`);
  }
  if (!Array.isArray(shape) || !shape.every(isSize)) invalid(path, `tensor ${name} has shape ${JSON.stringify(shape)}`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    invalid(path, `tensor ${name} has data_offsets ${JSON.stringify(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const count = elementCount(shape as number[]);
  if (end - begin !== count * bytesPerElement(dtype as Dtype)) {
    invalid(path, `tensor ${name} of shape [${shape.join(', ')}] and type ${dtype} cannot take ${end - begin} bytes`);
  }
  return { name, dtype: dtype as Dtype, shape: shape as number[], begin, end };
}

function parseMetadata(metadata: unknown, path: string): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    invalid(path, '__metadata__ is not an object of strings');
  }
  return metadata as Record<string, string>;
}

/**
 * A file's bytes, a pure function of its content: keys of `metadata` sorted, tensors by element size (widest first,
 * which aligns them all) and then by name, the header padded with spaces to a multiple of 8.
 *
 * @throws BasinetError INTERNAL where a shape does not fit its data
 */
export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const ordered = [...tensors].sort(
    ([a, x], [b, y]) => bytesPerElement(y.dtype) - bytesPerElement(x.dtype) || (a < b ? -1 : a > b ? 1 : 0),
  );
  // Pairs rather than an object, in which JavaScript would move names that look like integers to the front.
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) {
    header.push([METADATA, Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)))]);
  }
  let offset = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    const count = elementCount(shape);
    if (count !== data.length || name === METADATA) {
      throw new BasinetError('INTERNAL', `tensor ${name} of shape [${shape.join(', ')}] was given ${data.length} values`);
    }
    header.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const members = header.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const json = new TextEncoder().encode(`{${members.join(',')}}`);
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let position = 8 + headerLength;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function invalid(path: string, message: string, cause?: unknown): never {
  throw new BasinetError('DATA_INVALID', `${path}: ${message}`, {
    path,
    remedy: 'Give a safetensors file as torch or numpy bindings write it.',
    ...(cause === undefined ? {} : { cause }),
  });
}
