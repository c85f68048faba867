// The addon's matching kernels (native/rebasin.cc), and the choice between them and the TypeScript ones.
import { loadAddon } from '../engine/addon.js';
import type { AxisPermutations, AxisSigns } from './applyPermutations.js';
import { notFinite, validateSimilarity } from './assignment.js';
import { referenceMatchingKernels, type MatchingKernels } from './kernels.js';
import { nativeComparison, type ComparisonAddon } from './nativeComparison.js';

/** Functions of native/rebasin.cc. Lengths are checked here; the addon trusts them. */
interface RebasinAddon extends ComparisonAddon {
  rebasinPack(values: Float32Array, offsets: Int32Array, unitStrides: Int32Array, factors: Int8Array | null, size: number, out: Float32Array): void;
  rebasinSimilarity(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void;
  /** Returns −1, or the index of the first entry that is not finite. */
  rebasinAssignment(similarity: Float64Array, size: number, columnOf: Int32Array): number;
  /** `permutations` and `signs` as `relabelTensor` takes them; `out`: before, after, product. */
  rebasinRelabel(
    target: Float32Array,
    position: Float32Array,
    aligned: Float32Array,
    offset: number,
    shape: Int32Array,
    permutations: AxisPermutations,
    signs: AxisSigns,
    out: Float64Array,
  ): void;
  rebasinFinite(values: Float32Array): boolean;
}

/** The addon's kernels: the same results as kernels.ts's reference ones to the last bit. */
export function nativeMatchingKernels(): MatchingKernels | null {
  const status = loadAddon();
  if (!status.available || !('rebasinAssignment' in status.addon)) return null;
  const addon = status.addon as unknown as RebasinAddon;
  const kernels: MatchingKernels = {
    packUnits: ({ values, offsets, unitStrides, factors, packed }) => {
      addon.rebasinPack(values, offsets, unitStrides, factors, offsets.length === 0 ? 0 : packed.length / offsets.length, packed);
      return packed;
    },
    similarityMatrix: (reference, draw, size, features, out) => addon.rebasinSimilarity(reference, draw, size, features, out),
    linearSumAssignment: (similarity, size) => {
      validateSimilarity(similarity, size);
      const columnOf = new Int32Array(size);
      const S = similarity instanceof Float64Array ? similarity : Float64Array.from(similarity);
      const bad = addon.rebasinAssignment(S, size, columnOf);
      if (bad >= 0) throw notFinite(S[bad]!, bad, size);
      return columnOf;
    },
    comparison: (reference, size) => nativeComparison(addon, kernels, reference, size),
    relabel: (target, position, aligned, { offset, shape }, permutations, signs) => {
      const sums = new Float64Array(3);
      addon.rebasinRelabel(target, position, aligned, offset, Int32Array.from(shape), permutations, signs, sums);
      return { before: sums[0]!, after: sums[1]!, product: sums[2]! };
    },
    allFinite: (values) => addon.rebasinFinite(values),
  };
  return kernels;
}

/** The addon's where it can be loaded, otherwise the TypeScript ones. */
export function matchingKernels(native = true): MatchingKernels {
  return (native ? nativeMatchingKernels() : null) ?? referenceMatchingKernels;
}
