// Smallest, middle and largest of many values: how R-hat or ESS of all weights is told in three numbers.

export interface Spread {
  /** Values that are not NaN. */
  readonly count: number;
  /** NaN values, left out of the rest. */
  readonly missing: number;
  readonly min: number;
  /** Mean of the two middle ones for an even count. */
  readonly median: number;
  readonly max: number;
}

/** Spread of `values`; min, median and max are NaN where every value is. Infinities count as values. */
export function spread(values: Float64Array | Float32Array): Spread {
  const kept = new Float64Array(values.length);
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    kept[count++] = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const missing = values.length - count;
  if (count === 0) return { count, missing, min: NaN, median: NaN, max: NaN };
  return { count, missing, min, median: median(kept.subarray(0, count)), max };
}

/** Median of a non-empty array without NaN, which it reorders. */
function median(values: Float64Array): number {
  const upper = values.length >> 1;
  const high = select(values, upper);
  if (values.length % 2 === 1) return high;
  let low = -Infinity;
  for (let i = 0; i < upper; i++) if (values[i]! > low) low = values[i]!;
  return low === high ? low : (low + high) / 2;
}

/** Hoare's selection: the value of rank `rank`, with no greater one before it. */
function select(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank]!;
}
