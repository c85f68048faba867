// NumPy's .npy: magic, version, a Python dict literal as header, raw values.
import { invalidData, type DataFile } from './file.js';
import { swapBytes, type PartialTensor } from './idx.js';
import { bytesPerElement, elementCount, tensorFromBytes, type Dtype, type Tensor } from './tensor.js';

const DTYPES: Readonly<Record<string, Dtype>> = {
  f2: 'F16',
  f4: 'F32',
  f8: 'F64',
  i1: 'I8',
  i2: 'I16',
  i4: 'I32',
  i8: 'I64',
  u1: 'U8',
  u2: 'U16',
  u4: 'U32',
  u8: 'U64',
  b1: 'BOOL',
};
/** Enough for any header of version 1, whose length is a 16-bit number. */
const HEADER_PREFIX = 10 + 0xffff;
const REMEDY = 'Save the array again with numpy.save, as floats or integers.';

interface Header {
  readonly dtype: Dtype;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/**
 * The first `limit` rows of a .npy file; in C order only those are read.
 *
 * @throws BasinetError DATA_INVALID where it is no .npy, truncated or too long, or its element type is not numeric
 */
export async function readNpy(file: DataFile, limit = Infinity): Promise<PartialTensor> {
  let start = await file.read(0, HEADER_PREFIX);
  const headerEnd = headerLength(start, file.path);
  if (headerEnd > start.length) start = await file.read(0, headerEnd);
  const header = parseHeader(start, file.path);
  checkSize(header, file.size, file.path);
  const wanted = header.fortranOrder ? header.shape : limited(header.shape, limit);
  const length = elementCount(wanted) * bytesPerElement(header.dtype);
  return decode(header, wanted, limit, await file.read(header.dataStart, header.dataStart + length));
}

/** As `readNpy`, from bytes. */
export function parseNpy(bytes: Uint8Array, path = 'npy', limit = Infinity): PartialTensor {
  const header = parseHeader(bytes, path);
  checkSize(header, bytes.byteLength, path);
  const wanted = header.fortranOrder ? header.shape : limited(header.shape, limit);
  const length = elementCount(wanted) * bytesPerElement(header.dtype);
  return decode(header, wanted, limit, bytes.subarray(header.dataStart, header.dataStart + length));
}

const limited = (shape: readonly number[], limit: number): readonly number[] =>
  shape.length === 0 ? shape : [Math.min(limit, shape[0]!), ...shape.slice(1)];

/** Bytes up to the data. */
function headerLength(bytes: Uint8Array, path: string): number {
  const magic = String.fromCharCode(...bytes.subarray(1, 6));
  if (bytes[0] !== 0x93 || magic !== 'NUMPY' || bytes.length < 12) {
    invalidData(path, 'is not a .npy file: it does not begin with \\x93NUMPY', { remedy: REMEDY });
  }
  const version = bytes[6]!;
  if (version < 1 || version > 3) invalidData(path, `is .npy of version ${version}; known are 1, 2 and 3`, { value: version, remedy: REMEDY });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
}

function parseHeader(bytes: Uint8Array, path: string): Header {
  const dataStart = headerLength(bytes, path);
  if (bytes.length < dataStart) invalidData(path, 'is truncated in its header', { remedy: REMEDY });
  const text = new TextDecoder().decode(bytes.slice(bytes[6] === 1 ? 10 : 12, dataStart));
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shapeText = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shapeText === undefined) {
    invalidData(path, `has a header that cannot be read, or a structured element type: ${text.trim().slice(0, 200)}`, { remedy: REMEDY });
  }
  const [, byteOrder, code] = /^([<>|=]?)([^]*)$/.exec(descr)!;
  const dtype = Object.hasOwn(DTYPES, code!) ? DTYPES[code!] : undefined;
  if (dtype === undefined) invalidData(path, `has element type ${descr}`, { value: descr, remedy: REMEDY });
  const shape = (shapeText.match(/\d+/g) ?? []).map(Number);
  return { dtype, bigEndian: byteOrder === '>', fortranOrder: order === 'True', shape, dataStart };
}

function checkSize({ dtype, shape, dataStart }: Header, size: number, path: string): void {
  const expected = dataStart + elementCount(shape) * bytesPerElement(dtype);
  if (size === expected) return;
  const what = size < expected ? 'truncated' : 'too long';
  invalidData(path, `is ${what}: ${dtype} of shape (${shape.join(', ')}) takes ${expected} bytes, the file has ${size}`, {
    value: size,
    remedy: REMEDY,
  });
}

function decode(header: Header, shape: readonly number[], limit: number, bytes: Uint8Array): PartialTensor {
  const { dtype } = header;
  const little = header.bigEndian ? swapBytes(bytes, bytesPerElement(dtype)) : bytes;
  const stored = tensorFromBytes(dtype, shape, little);
  const tensor = header.fortranOrder && shape.length > 1 ? toRowMajor(stored, limited(shape, limit)) : stored;
  return { tensor, totalRows: header.shape[0] ?? 1 };
}

/** From column-major; keeps the first rows that `shape` has. */
function toRowMajor(tensor: Tensor, shape: readonly number[]): Tensor {
  const strides: number[] = [];
  tensor.shape.reduce((stride, extent) => (strides.push(stride), stride * extent), 1);
  const source = tensor.data;
  const data = source.slice(0, elementCount(shape));
  const index = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    data[to] = source[index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  return { ...tensor, shape, data } as Tensor;
}

/** A .npy file (version 1) of a tensor in C order; BF16, which NumPy lacks, must be converted first. */
export function writeNpy(tensor: Exclude<Tensor, { dtype: 'BF16' }>): Uint8Array {
  const [code] = Object.entries(DTYPES).find(([, dtype]) => dtype === tensor.dtype)!;
  const order = bytesPerElement(tensor.dtype) === 1 ? '|' : '<';
  const shape = tensor.shape.length === 1 ? `(${tensor.shape[0]},)` : `(${tensor.shape.join(', ')})`;
  const dict = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': ${shape}, }`;
  // NumPy wants the data to start at a multiple of 64, and the header to end with a newline.
  const header = `${dict}${' '.repeat(63 - ((10 + dict.length) % 64))}\n`;
  const bytes = new Uint8Array(10 + header.length + tensor.data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength), 10 + header.length);
  return bytes;
}
