// Typed arrays as raw little-endian bytes and back, and the checks of decoded numbers.
import { endianness } from 'node:os';
import { BasinetError } from '../errors.js';

if (endianness() !== 'LE') throw new BasinetError('INTERNAL', 'basinet writes raw little-endian arrays and runs on little-endian machines only');

/** A LOG_CORRUPT error at a field. */
export const corrupt = (path: string, message: string, value?: unknown, cause?: unknown): BasinetError =>
  new BasinetError('LOG_CORRUPT', `${path}: ${message}`, { path, ...(value === undefined ? {} : { value }), ...(cause === undefined ? {} : { cause }) });

export const bytesOf = (array: Float32Array | Float64Array | Int16Array | Int32Array | Uint32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

// Not `slice`, which on a Buffer is a view.
const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

interface NumbersOf<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

/** A view where the bytes are aligned, a copy where not. Throws LOG_CORRUPT unless they are a whole number of elements. */
function numbersOf<T>(Numbers: NumbersOf<T>, name: string, bytes: Uint8Array, path: string): T {
  const each = Numbers.BYTES_PER_ELEMENT;
  if (bytes.byteLength % each !== 0) throw corrupt(path, `${bytes.byteLength} bytes are no whole number of ${name}`);
  if (bytes.byteOffset % each === 0) return new Numbers(bytes.buffer, bytes.byteOffset, bytes.byteLength / each);
  return new Numbers(copyOf(bytes), 0, bytes.byteLength / each);
}

/** A view where the bytes are aligned, a copy where not. Throws LOG_CORRUPT unless the length is a multiple of 4. */
export const float32Of = (bytes: Uint8Array, path: string): Float32Array => numbersOf(Float32Array, 'float32', bytes, path);
/** As `float32Of`, for multiples of 8. */
export const float64Of = (bytes: Uint8Array, path: string): Float64Array => numbersOf(Float64Array, 'float64', bytes, path);
/** As `float32Of`, for multiples of 2. */
export const int16Of = (bytes: Uint8Array, path: string): Int16Array => numbersOf(Int16Array, 'int16', bytes, path);
/** As `float32Of`. */
export const int32Of = (bytes: Uint8Array, path: string): Int32Array => numbersOf(Int32Array, 'int32', bytes, path);
/** As `float32Of`. */
export const uint32Of = (bytes: Uint8Array, path: string): Uint32Array => numbersOf(Uint32Array, 'uint32', bytes, path);

/** Throws LOG_CORRUPT at the first element that is NaN, infinite or below `minimum`. */
export function checkElements(array: Float32Array | Float64Array, path: string, minimum = -Infinity): void {
  for (let i = 0; i < array.length; i++) {
    const value = array[i]!;
    // Written so that NaN fails it.
    if (!(value >= minimum && value - value === 0)) throw corrupt(`${path}[${i}]`, `${value} is not allowed here`, value);
  }
}

export function checkFinite(value: number, path: string): void {
  if (!Number.isFinite(value)) throw corrupt(path, `${value} is not finite`, value);
}

/** NaN passes: a method may not have this number. */
export function checkUnlessNaN(value: number, path: string, check: (value: number, path: string) => void): void {
  if (!Number.isNaN(value)) check(value, path);
}

export function checkPositive(value: number, path: string): void {
  if (!(value > 0 && Number.isFinite(value))) throw corrupt(path, `${value} is not a positive number`, value);
}

export function checkRate(value: number, path: string): void {
  // A running mean of ones may round upwards.
  if (!(value >= 0 && value <= 1 + 1e-9)) throw corrupt(path, `${value} is not between 0 and 1`, value);
}

/** An integer from `minimum` that float64 holds exactly. */
export function checkCount(value: number, path: string, minimum = 0): void {
  if (!(Number.isSafeInteger(value) && value >= minimum)) throw corrupt(path, `${value} is no integer from ${minimum}`, value);
}

export function checkLength(array: ArrayLike<unknown>, length: number, path: string): void {
  if (array.length !== length) throw corrupt(path, `${array.length} elements where ${length} are expected`, array.length);
}
