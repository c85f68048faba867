// Random networks and random relabellings of them, for tests of alignment.
import { denseNetwork } from '../../src/network/dense.js';
import type { Activation, Network } from '../../src/network/network.js';
import type { Relabelling } from '../../src/rebasin/index.js';
import { shuffled } from './shuffled.js';
import { normals, uniforms } from './uniforms.js';

export function networkOf(inputs: number, widths: readonly number[], outputs: number, activation: Activation = 'tanh'): Network {
  return denseNetwork(inputs, widths.map((width) => ({ width, activation })), outputs);
}

export function randomPosition(network: Pick<Network, 'dimension'>, seed: number): Float32Array {
  return Float32Array.from({ length: network.dimension }, normals(seed));
}

export function randomSigns(size: number, seed: number): Int8Array {
  const next = uniforms(seed);
  return Int8Array.from({ length: size }, () => (next() < 0.5 ? -1 : 1));
}

/** A random order of every group, and random signs. */
export function randomRelabelling({ groups }: Network, seed: number): Relabelling {
  return {
    permutations: groups.map(({ size }, g) => shuffled(size, 100 * seed + g)),
    signs: groups.map(({ size }, g) => randomSigns(size, 100 * seed + 50 + g)),
  };
}
