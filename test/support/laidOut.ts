// Units laid out as a position has them: some elements side by side in each unit, some with those of the other units, some in no order.
import type { Units } from '../../src/rebasin/similarity.js';

/** Packed units [size, features] in another layout. Elements k < features / 3 lie in rows, the next third in columns, the rest in rows backwards. */
export function laidOut(packed: Float32Array, size: number): Units {
  const features = size === 0 ? 0 : packed.length / size;
  const [first, second] = [Math.floor(features / 3), Math.floor((2 * features) / 3)];
  const values = new Float32Array(packed.length + 7);
  const [offsets, unitStrides] = [new Int32Array(features), new Int32Array(features)];
  for (let k = 0; k < features; k++) {
    if (k < first) [offsets[k], unitStrides[k]] = [7 + k, first];
    else if (k < second) [offsets[k], unitStrides[k]] = [7 + size * first + (k - first) * size, 1];
    else [offsets[k], unitStrides[k]] = [7 + size * second + (features - 1 - k), features - second];
    for (let i = 0; i < size; i++) values[offsets[k]! + i * unitStrides[k]!] = packed[i * features + k]!;
  }
  return { values, offsets, unitStrides, factors: null, packed: new Float32Array(packed.length) };
}
