// Compact posteriors made up for tests: in memory, and as the bare files that other tools write.
import { writeSafetensors, type Tensor } from '../../../src/data/safetensors.js';
import type { Network, TensorLayout } from '../../../src/network/network.js';
import { applyPermutations } from '../../../src/rebasin/index.js';
import type { ComparedPosterior } from '../../../src/summary/comparison/posterior.js';
import type { FactorisedGaussian } from '../../../src/summary/comparison/figures.js';
import { normals } from '../../support/uniforms.js';

/** Means of standard deviation 1, standard deviations log-normal about 0.2; [dimension] each. */
export function randomGaussian(dimension: number, seed: number): FactorisedGaussian {
  const next = normals(seed);
  return { mean: Float32Array.from({ length: dimension }, next), std: Float32Array.from({ length: dimension }, () => 0.2 * Math.exp(next())) };
}

/** The same posterior with its hidden units in another order. */
export function relabelled(network: Network, tensors: readonly TensorLayout[], { mean, std }: FactorisedGaussian, permutations: readonly Int32Array[]): FactorisedGaussian {
  const apply = (values: Float32Array) => applyPermutations(network, tensors, values, permutations);
  return { mean: apply(mean), std: apply(std) };
}

/** As it is read from a bare file, or (with a network) from results. */
export function posteriorOf(tensors: readonly TensorLayout[], { mean, std }: FactorisedGaussian, path = 'memory', network: Network | null = null): ComparedPosterior {
  const entries = tensors.map(({ name, shape, offset, size }) => [name, { shape, mean: mean.slice(offset, offset + size), std: std.slice(offset, offset + size) }] as const);
  return { path, kind: network === null ? 'file' : 'results', job: network === null ? null : path, draws: network === null ? null : 100, network, tensors: new Map(entries) };
}

/** A safetensors file of mean/<name> and std/<name>. */
export function bareFile(tensors: readonly TensorLayout[], gaussian: FactorisedGaussian, prefix = ''): Uint8Array {
  const entries = (['mean', 'std'] as const).flatMap((statistic) =>
    tensors.map(({ name, shape, offset, size }): [string, Tensor] => [`${prefix}${statistic}/${name}`, { dtype: 'F32', shape, data: gaussian[statistic].slice(offset, offset + size) }]),
  );
  return writeSafetensors(new Map(entries), { format: 'pt' });
}
