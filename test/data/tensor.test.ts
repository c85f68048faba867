// Element types that JavaScript lacks, as numbers.
import { expect, test } from 'vitest';
import { elementCount, firstRows, tensorFromBytes, toNumeric } from '../../src/data/tensor.js';

test('half precision: every kind of number', () => {
  const halves = Uint16Array.of(0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00, 0x7e00);
  const { data } = toNumeric({ dtype: 'F16', shape: [11], data: halves });
  expect([...data]).toEqual([0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, -2, 65504, Infinity, -Infinity, NaN]);
});

test('bfloat16 is the upper half of a float32', () => {
  const { data } = toNumeric({ dtype: 'BF16', shape: [4], data: Uint16Array.of(0x3f80, 0xc040, 0x7f80, 0x0001) });
  expect([...data]).toEqual([1, -3, Infinity, 9.183549615799121e-41]);
});

test('64-bit integers and booleans', () => {
  expect(toNumeric({ dtype: 'I64', shape: [2], data: BigInt64Array.of(-5n, 2n ** 53n) })).toEqual({ dtype: 'F64', shape: [2], data: Float64Array.of(-5, 2 ** 53) });
  expect(toNumeric({ dtype: 'U64', shape: [1], data: BigUint64Array.of(7n) }).data).toEqual(Float64Array.of(7));
  expect(toNumeric({ dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) })).toEqual({ dtype: 'U8', shape: [2], data: Uint8Array.of(1, 0) });
});

test('bytes at any offset become a tensor of its own', () => {
  const bytes = Uint8Array.of(9, 0, 0, 128, 63).subarray(1);
  const tensor = tensorFromBytes('F32', [1], bytes);
  expect(tensor.data).toEqual(Float32Array.of(1));
});

test('the first rows are a view, and no more than there are', () => {
  const tensor = { dtype: 'I32' as const, shape: [3, 2], data: Int32Array.of(1, 2, 3, 4, 5, 6) };
  expect(firstRows(tensor, 2)).toEqual({ dtype: 'I32', shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) });
  expect(firstRows(tensor, 9)).toBe(tensor);
  expect(elementCount([])).toBe(1);
});
