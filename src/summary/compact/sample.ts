// Samples of a compact posterior: positions that networks are evaluated at.
import { fillNormal } from '../../random/index.js';
import { FORM_NAMES, type CompactForm } from './forms.js';

/**
 * Samples 0, 1, …, `count` − 1, each as it is asked for: a pure function of seed, form and number of the sample.
 *
 *     x = mean + Σ_k z_k factor_k + std ⊙ ε
 *
 * in float64, rounded to float32 once. Words 0 to dimension − 1 of the stream (seed, form, sample, `compact`) make ε, those after
 * them z.
 *
 * @returns positions [dimension], each a new array
 */
export function* compactSamples({ name, mean, std, factors }: CompactForm, seed: number, count: number): Generator<Float32Array, void, undefined> {
  const dimension = mean.length;
  const normals = new Float32Array(dimension + factors.length);
  const sum = new Float64Array(dimension);
  for (let iteration = 0; iteration < count; iteration++) {
    fillNormal({ seed, chain: FORM_NAMES[name].number, iteration }, 'compact', normals);
    for (let i = 0; i < dimension; i++) sum[i] = mean[i]! + std[i]! * normals[i]!;
    for (const [k, factor] of factors.entries()) {
      const z = normals[dimension + k]!;
      for (let i = 0; i < dimension; i++) sum[i]! += z * factor[i]!;
    }
    yield Float32Array.from(sum);
  }
}
