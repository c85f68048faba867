// Two compact posteriors of one architecture: B relabelled to match A, then every figure per tensor and over all weights.
import { BasinetError } from '../../errors.js';
import type { Network, TensorLayout } from '../../network/network.js';
import { positionFromTensors } from '../../network/parameters.js';
import { inferSavedNetwork, savedTensors } from '../../posterior/savedModel.js';
import { applyPermutations, createAligner, euclideanDistance, numFlips, type AlignerOptions } from '../../rebasin/index.js';
import { compareGaussians, type FactorisedGaussian, type GaussianFigures } from './figures.js';
import type { ComparedPosterior } from './posterior.js';

/** How B is aligned to A: weights are matched, as they are all that a posterior's mean has. */
export interface CompareOptions extends Partial<Omit<AlignerOptions, 'matching' | 'activations'>> {
  /** Whether B is relabelled to match A; default true. Without it any architecture can be compared. */
  readonly align?: boolean;
}

export interface ComparedTensor extends GaussianFigures {
  readonly name: string;
  readonly shape: readonly number[];
  /** ‖mean_A − mean_B‖₂ with B's units as they were given. */
  readonly meanDistanceBefore: number;
}

export interface ComparedGroup {
  readonly name: string;
  readonly size: number;
  readonly transpositions: number;
  /** Units whose sign changed. */
  readonly flips: number;
}

export interface Comparison {
  /** Layout of all arrays, in the order of the network. */
  readonly tensors: readonly TensorLayout[];
  /** [dimension] each; B relabelled. */
  readonly a: FactorisedGaussian;
  readonly b: FactorisedGaussian;
  /** Per permutation group: units, and number of transpositions and of signs that B was relabelled by. Null where it was not. */
  readonly alignment: { readonly groups: readonly ComparedGroup[]; readonly sweeps: number } | null;
  readonly overall: GaussianFigures & { readonly meanDistanceBefore: number };
  /** In the order of the layout. */
  readonly byTensor: readonly ComparedTensor[];
}

/**
 * Aligns B to A by weight matching of the means (`createAligner`), applies the same permutations to B's standard
 * deviations, which have no sign, and compares. Signs change where a job says that activations are odd, or `signs` is true. Layers are told by the job of either side, else by names and shapes (`inferDenseNetwork`).
 *
 * @throws BasinetError NETWORK_MISMATCH naming the first tensor in which A and B differ, or where they are to be aligned
 *   and their tensors are those of no dense network
 */
export function comparePosteriors(a: ComparedPosterior, b: ComparedPosterior, options: CompareOptions = {}): Comparison {
  requireSameTensors(a, b);
  const saved = Array.from(a.tensors, ([name, { shape }]) => ({ name, shape }));
  const network = options.align === false ? null : (a.network ?? b.network ?? inferSavedNetwork(saved, a.path, options.signs === true ? 'tanh' : 'relu'));
  const tensors = network === null ? inOrder(a) : savedTensors(network, saved);
  const gaussianA = flatten(a, tensors);
  const given = flatten(b, tensors);
  const { alignment, relabelled } = network === null ? { alignment: null, relabelled: given } : relabel(network, tensors, gaussianA.mean, given, { maxSweeps: 50, ...options });
  const figures = (from: number, to: number) => ({
    ...compareGaussians(slice(gaussianA, from, to), slice(relabelled, from, to)),
    meanDistanceBefore: euclideanDistance(gaussianA.mean.subarray(from, to), given.mean.subarray(from, to)),
  });
  return {
    tensors,
    a: gaussianA,
    b: relabelled,
    alignment,
    overall: figures(0, gaussianA.mean.length),
    byTensor: tensors.map(({ name, shape, offset, size }) => ({ name, shape, ...figures(offset, offset + size) })),
  };
}

function relabel(network: Network, tensors: readonly TensorLayout[], reference: Float32Array, { mean, std }: FactorisedGaussian, options: AlignerOptions) {
  const aligned = new Float32Array(mean.length);
  const { permutations, signs, transpositions, sweeps } = createAligner(network, tensors, reference, options).align(mean, aligned, null);
  const groups = network.groups.map(({ name, size }, g) => ({ name, size, transpositions: transpositions[g]!, flips: numFlips(signs[g] ?? null) }));
  return { alignment: { groups, sweeps }, relabelled: { mean: aligned, std: applyPermutations(network, tensors, std, permutations) } };
}

function requireSameTensors(a: ComparedPosterior, b: ComparedPosterior): void {
  for (const name of new Set([...a.tensors.keys(), ...b.tensors.keys()])) {
    const [inA, inB] = [a.tensors.get(name)?.shape, b.tensors.get(name)?.shape];
    if (inA?.join() === inB?.join()) continue;
    throw new BasinetError('NETWORK_MISMATCH', `tensor ${name} is ${show(inA)} in ${a.path} and ${show(inB)} in ${b.path}`, {
      path: name,
      value: { a: inA ?? null, b: inB ?? null },
      remedy: 'Compare posteriors of one architecture: the same tensors, by name and shape.',
    });
  }
}

const show = (shape: readonly number[] | undefined): string => (shape === undefined ? 'missing' : `[${shape.join(', ')}]`);

/** The tensors one after another, as they come. */
function inOrder({ tensors }: ComparedPosterior): readonly TensorLayout[] {
  let offset = 0;
  return Array.from(tensors, ([name, { shape, mean }]) => {
    const tensor = { name, shape, offset, size: mean.length };
    offset += mean.length;
    return tensor;
  });
}

function flatten({ tensors, path }: ComparedPosterior, layout: readonly TensorLayout[]): FactorisedGaussian {
  const pick = (statistic: 'mean' | 'std') =>
    positionFromTensors(layout, new Map(Array.from(tensors, ([name, tensor]) => [name, { shape: tensor.shape, data: tensor[statistic] }])), path);
  return { mean: pick('mean'), std: pick('std') };
}

function slice({ mean, std }: FactorisedGaussian, from: number, to: number): FactorisedGaussian {
  return { mean: mean.subarray(from, to), std: std.subarray(from, to) };
}
