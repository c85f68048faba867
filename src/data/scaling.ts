// Scaling of columns: by a constant, or standardisation with the mean and standard deviation of the training rows.
import type { Scaling } from './dataset.js';
import type { NumericTensor } from './tensor.js';

export const IDENTITY_SCALING: Scaling = { mean: null, std: null };

/** Division by `scale`. */
export function constantScaling(columns: number, scale: number): Scaling {
  return { mean: null, std: new Float64Array(columns).fill(scale) };
}

/**
 * Mean and standard deviation (of the population, divisor n) of each column of [rows, columns], by two passes in
 * float64. A column that does not vary gets standard deviation 1, so that it becomes 0; `constant` lists these.
 */
export function standardization(tensor: NumericTensor): { scaling: Scaling; constant: readonly number[] } {
  const [rows, columns] = tensor.shape as [number, number];
  const { data } = tensor;
  const mean = new Float64Array(columns);
  const std = new Float64Array(columns);
  const varies = new Uint8Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column]!;
      mean[column]! += value;
      // Not by std = 0: the rounding of the mean leaves a column of equal values a tiny one.
      if (value !== data[column]) varies[column] = 1;
    }
  }
  for (let column = 0; column < columns; column++) mean[column] = varies[column] ? mean[column]! / rows : data[column]!;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) std[column]! += (data[row * columns + column]! - mean[column]!) ** 2;
  }
  const constant: number[] = [];
  for (let column = 0; column < columns; column++) {
    std[column] = Math.sqrt(std[column]! / rows);
    // Underflow of the squares counts as not varying too.
    if (std[column] === 0) {
      std[column] = 1;
      constant.push(column);
    }
  }
  return { scaling: { mean, std }, constant };
}

/** (value − mean) / std in float64, rounded to float32 once. `out` is [rows, columns]. */
export function applyScaling(tensor: NumericTensor, { mean, std }: Scaling, out: Float32Array): void {
  const columns = tensor.shape[1]!;
  const { data } = tensor;
  for (let i = 0, column = 0; i < data.length; i++, column = column + 1 === columns ? 0 : column + 1) {
    out[i] = (data[i]! - (mean ? mean[column]! : 0)) / (std ? std[column]! : 1);
  }
}
