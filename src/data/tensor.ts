// Tensors as files hold them: an element type, a shape, row-major values.

/** Arrays by element type, named as safetensors names them. F16 and BF16 are kept as bits, BOOL as bytes 0 and 1. */
export interface DtypeArrays {
  F64: Float64Array;
  F32: Float32Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  I64: BigInt64Array;
  U64: BigUint64Array;
  I32: Int32Array;
  U32: Uint32Array;
  I16: Int16Array;
  U16: Uint16Array;
  I8: Int8Array;
  U8: Uint8Array;
  BOOL: Uint8Array;
}

export type Dtype = keyof DtypeArrays;

type TensorOf<D extends Dtype> = {
  [K in D]: { readonly dtype: K; readonly shape: readonly number[]; readonly data: DtypeArrays[K] };
}[D];

/** A tensor of any element type, row-major. */
export type Tensor = TensorOf<Dtype>;
/** A tensor whose elements are JavaScript numbers. */
export type NumericTensor = TensorOf<Exclude<Dtype, 'F16' | 'BF16' | 'I64' | 'U64' | 'BOOL'>>;

export const ARRAYS = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** Bytes per element. */
export function bytesPerElement(dtype: Dtype): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** Product of the extents; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * A tensor over little-endian bytes, copied so that it is aligned. `bytes` must hold `elementCount(shape)` elements.
 */
export function tensorFromBytes(dtype: Dtype, shape: readonly number[], bytes: Uint8Array): Tensor {
  const data = new ARRAYS[dtype](bytes.byteLength / bytesPerElement(dtype));
  new Uint8Array(data.buffer).set(bytes);
  return { dtype, shape, data } as Tensor;
}

/**
 * The same values as JavaScript numbers: half precision becomes F32 (exactly), 64-bit integers F64 (exactly up to
 * 2^53), booleans U8. Other tensors are returned as they are.
 */
export function toNumeric(tensor: Tensor): NumericTensor {
  const { dtype, shape, data } = tensor;
  if (dtype === 'F16') return { dtype: 'F32', shape, data: Float32Array.from(data, halfToNumber) };
  if (dtype === 'BF16') {
    const bits = Uint32Array.from(data, (half) => half << 16);
    return { dtype: 'F32', shape, data: new Float32Array(bits.buffer) };
  }
  if (dtype === 'I64' || dtype === 'U64') {
    const numbers = new Float64Array(data.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = Number(data[i]);
    return { dtype: 'F64', shape, data: numbers };
  }
  if (dtype === 'BOOL') return { dtype: 'U8', shape, data };
  return tensor;
}

/** As `toNumeric`, of every tensor of a file. */
export function numericTensors(tensors: ReadonlyMap<string, Tensor>): Map<string, NumericTensor> {
  return new Map([...tensors].map(([name, tensor]) => [name, toNumeric(tensor)]));
}

/** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The first `rows` entries along axis 0, as a view. */
export function firstRows<T extends Tensor>(tensor: T, rows: number): T {
  const perRow = elementCount(tensor.shape.slice(1));
  if (tensor.shape[0] === undefined || tensor.shape[0] <= rows) return tensor;
  return { ...tensor, shape: [rows, ...tensor.shape.slice(1)], data: tensor.data.subarray(0, rows * perRow) };
}
