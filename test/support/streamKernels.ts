// Chooses the instruction set of the addon's matching and moments, so that tests cover each that runs here.
import { loadAddon } from '../../src/engine/addon.js';

/** Uses the named kernels from now on; false where they cannot run here. */
export function chooseStreamKernels(name: string): boolean {
  const status = loadAddon();
  return status.available && (status.addon as unknown as { streamKernels(name: string): boolean }).streamKernels(name);
}

/** Names of those that run here, the best last and chosen; empty without the addon. */
export const streamKernelSets: readonly string[] = ['portable', 'neon', 'avx2', 'avx512'].filter(chooseStreamKernels);
