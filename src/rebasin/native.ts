// The addon's matching kernels (native/rebasin.cc), and the choice between them and the TypeScript ones.
import { loadAddon } from '../engine/addon.js';
import { notFinite, validateSimilarity } from './assignment.js';
import { referenceMatchingKernels, type MatchingKernels } from './kernels.js';

/** Functions of native/rebasin.cc. Lengths are checked here; the addon trusts them. */
interface RebasinAddon {
  rebasinPack(values: Float32Array, size: number, offsets: Int32Array, unitStrides: Int32Array, out: Float32Array): void;
  rebasinSimilarity(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void;
  /** Returns −1, or the index of the first entry that is not finite. */
  rebasinAssignment(similarity: Float64Array, size: number, columnOf: Int32Array): number;
}

/** The addon's kernels: the same results as kernels.ts's reference ones to the last bit. */
export function nativeMatchingKernels(): MatchingKernels | null {
  const status = loadAddon();
  if (!status.available || !('rebasinAssignment' in status.addon)) return null;
  const addon = status.addon as unknown as RebasinAddon;
  return {
    packFeatures: (values, group, offsets, out) => addon.rebasinPack(values, group.size, offsets, group.unitStrides, out),
    similarityMatrix: (reference, draw, size, features, out) => addon.rebasinSimilarity(reference, draw, size, features, out),
    linearSumAssignment: (similarity, size) => {
      validateSimilarity(similarity, size);
      const columnOf = new Int32Array(size);
      const S = similarity instanceof Float64Array ? similarity : Float64Array.from(similarity);
      const bad = addon.rebasinAssignment(S, size, columnOf);
      if (bad >= 0) throw notFinite(S[bad]!, bad, size);
      return columnOf;
    },
  };
}

/** The addon's where it can be loaded, otherwise the TypeScript ones. */
export function matchingKernels(native = true): MatchingKernels {
  return (native ? nativeMatchingKernels() : null) ?? referenceMatchingKernels;
}
