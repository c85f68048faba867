// Typed arrays as raw little-endian bytes and back, and the checks of decoded numbers.
import { endianness } from 'node:os';
import { BasinetError } from '../errors.js';

if (endianness() !== 'LE') throw new BasinetError('INTERNAL', 'basinet writes raw little-endian arrays and runs on little-endian machines only');

/** A LOG_CORRUPT error at a field. */
export const corrupt = (path: string, message: string, value?: unknown, cause?: unknown): BasinetError =>
  new BasinetError('LOG_CORRUPT', `${path}: ${message}`, { path, ...(value === undefined ? {} : { value }), ...(cause === undefined ? {} : { cause }) });

export const bytesOf = (array: Float32Array | Float64Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

// Not `slice`, which on a Buffer is a view.
const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** A view where the bytes are aligned, a copy where not. Throws LOG_CORRUPT unless the length is a multiple of 4. */
export function float32Of(bytes: Uint8Array, path: string): Float32Array {
  if (bytes.byteLength % 4 !== 0) throw corrupt(path, `${bytes.byteLength} bytes are no whole number of float32`);
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return new Float32Array(copyOf(bytes), 0, bytes.byteLength / 4);
}

/** As `float32Of`, for multiples of 8. */
export function float64Of(bytes: Uint8Array, path: string): Float64Array {
  if (bytes.byteLength % 8 !== 0) throw corrupt(path, `${bytes.byteLength} bytes are no whole number of float64`);
  if (bytes.byteOffset % 8 === 0) return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  return new Float64Array(copyOf(bytes), 0, bytes.byteLength / 8);
}

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
