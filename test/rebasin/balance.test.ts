// ReLU rescaling: the function stays, the norms agree, and scales that were planted are gone.
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference.js';
import type { Network } from '../../src/network/network.js';
import { buildPosterior } from '../../src/posterior/build.js';
import { balanceUnits } from '../../src/rebasin/index.js';
import { networkOf, randomPosition } from '../support/relabelled.js';
import { normals } from '../support/uniforms.js';

const DEPTHS: readonly number[][] = [[9], [9, 7], [9, 7, 8]];
const posteriorOf = (network: Network) => buildPosterior(network, { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 });
const balance = (network: Network, position: Float32Array) => balanceUnits(network, network.tensors, position);
const squaredNorm = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);

/** Multiplies what comes into each unit of layer k by its factor and divides what goes out by it. */
function rescaled(network: Network, position: Float32Array, seed: number): Float32Array {
  const out = position.slice();
  const next = normals(seed);
  network.layers.slice(0, -1).forEach(({ inputs, outputs: units }, k) => {
    const [weight, bias, after] = [network.tensors[2 * k]!, network.tensors[2 * k + 1]!, network.tensors[2 * k + 2]!];
    for (let unit = 0; unit < units; unit++) {
      const factor = Math.exp(next());
      for (let i = 0; i < inputs; i++) out[weight.offset + unit * inputs + i]! *= factor;
      out[bias.offset + unit]! *= factor;
      for (let o = 0; o < after.shape[0]!; o++) out[after.offset + o * units + unit]! /= factor;
    }
  });
  return out;
}

describe.each(DEPTHS.map((widths) => ({ widths })))('balanceUnits, hidden layers $widths', ({ widths }) => {
  const network = networkOf(5, widths, 3, 'relu');
  const position = randomPosition(network, 1);
  const balanced = balance(network, position);

  it('leaves the function, and makes the weights shorter', () => {
    const inputs = Float32Array.from({ length: 50 }, normals(3));
    const potential = referenceEngine().potential(posteriorOf(network), { rows: 10, features: 5, inputs, targets: new Int32Array(10) }, { threads: 1 });
    const [before, after] = [position, balanced].map((values) => {
      const outputs = new Float32Array(30);
      potential.predict(values, inputs, 10, outputs);
      return outputs;
    });
    expect(after!).toBeAllclose(before!, { rtol: 1e-5, atol: 1e-5 });
    expect(squaredNorm(balanced)).toBeLessThan(squaredNorm(position));
    // Which is why it is no symmetry of a posterior with a Gaussian prior: the potential energy falls.
    const energy = (values: Float32Array) => potential.valueAndGradient(values, new Float32Array(network.dimension));
    expect(energy(balanced)).toBeLessThan(energy(position) - 1);
  });

  it('makes incoming and outgoing weights of every unit equally long', () => {
    network.layers.slice(0, -1).forEach(({ inputs, outputs: units }, k) => {
      const [weight, bias, after] = [network.tensors[2 * k]!, network.tensors[2 * k + 1]!, network.tensors[2 * k + 2]!];
      for (let unit = 0; unit < units; unit++) {
        const row = balanced.subarray(weight.offset + unit * inputs, weight.offset + (unit + 1) * inputs);
        const incoming = squaredNorm(row) + balanced[bias.offset + unit]! ** 2;
        const outgoing = Array.from({ length: after.shape[0]! }, (_, o) => balanced[after.offset + o * units + unit]! ** 2).reduce((a, b) => a + b, 0);
        expect(outgoing / incoming).toBeCloseTo(1, 5);
      }
    });
  });

  it('undoes any scales of the units', () => {
    for (let seed = 2; seed < 5; seed++) expect(balance(network, rescaled(network, position, seed))).toBeAllclose(balanced, { rtol: 1e-5, atol: 1e-6 });
  });
});

describe('balanceUnits', () => {
  it('leaves a unit alone that nothing comes into, or nothing goes out of', () => {
    const network = networkOf(1, [2], 1, 'relu');
    expect(balance(network, Float32Array.of(0, 3, 0, 0, 5, 0, 7))).toEqual(Float32Array.of(0, 3, 0, 0, 5, 0, 7));
  });

  it('refuses activations that scales do not pass through, and positions of another network', () => {
    const network = networkOf(2, [3], 1, 'tanh');
    expect(() => balance(network, randomPosition(network, 1))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', value: 'tanh', remedy: expect.any(String) as string }));
    const relu = networkOf(2, [3], 1, 'relu');
    expect(() => balance(relu, new Float32Array(3))).toThrow(expect.objectContaining({ code: 'NETWORK_MISMATCH' }));
  });
});
