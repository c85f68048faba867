// Chooses the instruction set of the addon's matching and moments, so that tests cover each that runs here.
import { loadAddon } from '../../src/engine/addon.js';

interface Choices {
  streamKernels(name: string): boolean;
  integerProducts(name: string): boolean;
}

function choose(what: keyof Choices, name: string): boolean {
  const status = loadAddon();
  return status.available && (status.addon as unknown as Choices)[what](name);
}

/** Uses the named kernels from now on; false where they cannot run here. */
export function chooseStreamKernels(name: string): boolean {
  return choose('streamKernels', name);
}

/** As `chooseStreamKernels`, of the products that screen matches; `none`: does without. */
export function chooseIntegerProducts(name: string): boolean {
  return choose('integerProducts', name);
}

/** Names of those that run here, the best last and chosen; empty without the addon. */
export const streamKernelSets: readonly string[] = ['portable', 'neon', 'avx2', 'avx512'].filter(chooseStreamKernels);

/** As `streamKernelSets`. */
export const integerProductSets: readonly string[] = ['none', 'vnni', 'amx'].filter(chooseIntegerProducts);
