// IDX, the format of MNIST: two zero bytes, element type, number of axes, big-endian extents, big-endian values.
import { gunzipSync } from 'node:zlib';
import { withFile, invalidData } from './file.js';
import { bytesPerElement, elementCount, tensorFromBytes, type Dtype, type Tensor } from './tensor.js';

const DTYPES: Readonly<Record<number, Dtype>> = { 0x08: 'U8', 0x09: 'I8', 0x0b: 'I16', 0x0c: 'I32', 0x0d: 'F32', 0x0e: 'F64' };
const LONGEST_HEADER = 4 + 4 * 255;
const REMEDY = 'Give an IDX file, plain or gzip, and fetch it again if it was cut off.';

interface Header {
  readonly dtype: Dtype;
  /** Of the whole file. */
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/** A tensor, and the rows that the file has beyond those wanted. */
export interface PartialTensor {
  readonly tensor: Tensor;
  /** Extent of axis 0 in the file. */
  readonly totalRows: number;
}

/**
 * The first `limit` rows of an IDX file. Of a plain file only those are read; gzip, told by its first bytes and not
 * by its name, is unpacked whole.
 *
 * @throws BasinetError DATA_INVALID where the file is missing, no IDX, truncated or too long
 */
export async function readIdx(path: string, limit = Infinity): Promise<PartialTensor> {
  return withFile(path, async (file) => {
    const start = await file.read(0, LONGEST_HEADER);
    if (start[0] === 0x1f && start[1] === 0x8b) return parseIdx(gunzip(await file.read(0, file.size), path), path, limit);
    const header = parseHeader(start, path);
    checkSize(header, file.size, path);
    const rows = Math.min(limit, header.shape[0]!);
    const shape = [rows, ...header.shape.slice(1)];
    const bytes = elementCount(shape) * bytesPerElement(header.dtype);
    return decode(header, shape, await file.read(header.dataStart, header.dataStart + bytes));
  });
}

/** As `readIdx`, from bytes that are not compressed. */
export function parseIdx(bytes: Uint8Array, path = 'idx', limit = Infinity): PartialTensor {
  const header = parseHeader(bytes, path);
  checkSize(header, bytes.byteLength, path);
  const shape = [Math.min(limit, header.shape[0]!), ...header.shape.slice(1)];
  const length = elementCount(shape) * bytesPerElement(header.dtype);
  return decode(header, shape, bytes.subarray(header.dataStart, header.dataStart + length));
}

function gunzip(bytes: Uint8Array, path: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    return invalidData(path, `cannot be unpacked, truncated or damaged: ${(cause as Error).message}`, { remedy: REMEDY, cause });
  }
}

function parseHeader(bytes: Uint8Array, path: string): Header {
  const dtype = DTYPES[bytes[2] ?? 0];
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || dtype === undefined || axes === 0) {
    const magic = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    invalidData(path, `is not IDX: it begins with ${magic}`, { value: magic, remedy: REMEDY });
  }
  const dataStart = 4 + 4 * axes;
  if (bytes.length < dataStart) invalidData(path, 'is truncated in its header', { remedy: REMEDY });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { dtype, shape: Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)), dataStart };
}

function checkSize({ dtype, shape, dataStart }: Header, size: number, path: string): void {
  const expected = dataStart + elementCount(shape) * bytesPerElement(dtype);
  if (size === expected) return;
  const what = size < expected ? 'truncated' : 'too long';
  invalidData(path, `is ${what}: shape [${shape.join(', ')}] takes ${expected} bytes, the file has ${size}`, { value: size, remedy: REMEDY });
}

function decode(header: Header, shape: readonly number[], bytes: Uint8Array): PartialTensor {
  const little = swapBytes(bytes, bytesPerElement(header.dtype));
  return { tensor: tensorFromBytes(header.dtype, shape, little), totalRows: header.shape[0]! };
}

/** A copy with the bytes of each element in the other order. */
export function swapBytes(bytes: Uint8Array, elementSize: number): Uint8Array {
  if (elementSize === 1) return bytes;
  const swapped = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const within = i % elementSize;
    swapped[i - within + elementSize - 1 - within] = bytes[i]!;
  }
  return swapped;
}
