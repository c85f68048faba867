// Chooses the instruction set of the addon's matching and moments, so that tests cover each that runs here.
import { loadAddon } from '../../src/engine/addon.js';
import type { ComparisonAddon } from '../../src/rebasin/nativeComparison.js';

interface Choices extends ComparisonAddon {
  streamKernels(name: string): boolean;
  screeningProducts(name: string): boolean;
  /** As native/integer_products.h says. */
  integerProductsMultiply(rows: Int8Array, blocks: Int8Array, depth: number, columns: number, out: Int32Array): void;
  /** As native/screened_assignment.h says. */
  comparisonBounds(handle: unknown, draw: Float32Array, magnitudes: boolean, lower: Float64Array, upper: Float64Array, estimates: Float64Array, errors: Float64Array): void;
}

function choose(what: 'streamKernels' | 'screeningProducts', name: string): boolean {
  const status = loadAddon();
  return status.available && (status.addon as unknown as Choices)[what](name);
}

/** Uses the named kernels from now on; false where they cannot run here. */
export function chooseStreamKernels(name: string): boolean {
  return choose('streamKernels', name);
}

/** As `chooseStreamKernels`, of the products that screen matches; `none`: does without. */
export function chooseScreeningProducts(name: string): boolean {
  return choose('screeningProducts', name);
}

/** Inner products of 32 rows with columns, of int8 [32, depth] and [columns, depth], by the chosen instructions: int32 [32, columns]. */
export function integerProductsOf(rows: Int8Array, columns: Int8Array, depth: number): Int32Array {
  const count = columns.length / depth;
  const blocks = new Int8Array(columns.length);
  columns.forEach((value, at) => {
    const [c, k] = [Math.floor(at / depth), at % depth];
    blocks[Math.floor(c / 16) * 16 * depth + Math.floor(k / 4) * 64 + (c % 16) * 4 + (k % 4)] = value;
  });
  const out = new Int32Array(32 * count);
  (loadAddon() as unknown as { addon: Choices }).addon.integerProductsMultiply(rows, blocks, depth, count, out);
  return out;
}

/** What screening decides by, [unit of the draw, unit of the reference] each: bounds of similarities, estimates, and what these may err by. */
export interface ScreeningBounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly estimates: Float64Array;
  readonly errors: Float64Array;
}

/** Of units [size, features], by the chosen instructions. Not all units of a side may be 0. */
export function screeningBounds(reference: Float32Array, draw: Float32Array, size: number, magnitudes: boolean): ScreeningBounds {
  const { addon } = loadAddon() as unknown as { addon: Choices };
  const [lower, upper, estimates, errors] = Array.from({ length: 4 }, () => new Float64Array(size * size)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  addon.comparisonBounds(addon.comparisonCreate(reference, size, reference.length / size), draw, magnitudes, lower, upper, estimates, errors);
  return { lower, upper, estimates, errors };
}

/** Names of those that run here, the best last and chosen; empty without the addon. */
export const streamKernelSets: readonly string[] = ['portable', 'neon', 'avx2', 'avx512'].filter(chooseStreamKernels);

/** As `streamKernelSets`. */
export const screeningProductSets: readonly string[] = ['none', 'portable', 'float32', 'vnni', 'amx'].filter(chooseScreeningProducts);
