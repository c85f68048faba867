// Layout, names and permutation groups of dense networks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referencePotential64 } from '../../src/engine/reference.js';
import { denseNetwork } from '../../src/network/dense.js';
import { ACTIVATIONS, type Network } from '../../src/network/network.js';
import { buildPosterior } from '../../src/posterior/build.js';

test('tensors are named and laid out as PyTorch does', () => {
  const network = denseNetwork(784, [{ width: 50, activation: 'relu' }, { width: 20, activation: 'tanh', name: 'neck' }], 10);
  expect(network.tensors).toEqual([
    { name: 'fc1.weight', shape: [50, 784], offset: 0, size: 39200 },
    { name: 'fc1.bias', shape: [50], offset: 39200, size: 50 },
    { name: 'neck.weight', shape: [20, 50], offset: 39250, size: 1000 },
    { name: 'neck.bias', shape: [20], offset: 40250, size: 20 },
    { name: 'fc3.weight', shape: [10, 20], offset: 40270, size: 200 },
    { name: 'fc3.bias', shape: [10], offset: 40470, size: 10 },
  ]);
  expect(network.dimension).toBe(40480);
  expect(network.layers.map((layer) => layer.activation)).toEqual(['relu', 'tanh', 'identity']);
  expect(network.groups).toEqual([
    {
      name: 'fc1',
      size: 50,
      axes: [
        { tensor: 'fc1.weight', axis: 0 },
        { tensor: 'fc1.bias', axis: 0 },
        { tensor: 'neck.weight', axis: 1 },
      ],
    },
    {
      name: 'neck',
      size: 20,
      axes: [
        { tensor: 'neck.weight', axis: 0 },
        { tensor: 'neck.bias', axis: 0 },
        { tensor: 'fc3.weight', axis: 1 },
      ],
    },
  ]);
});

test('no hidden layers: one layer, no groups', () => {
  const network = denseNetwork(4, [], 3);
  expect(network.tensors.map((tensor) => tensor.name)).toEqual(['fc1.weight', 'fc1.bias']);
  expect(network.groups).toEqual([]);
});

test('widths and names that make no network are refused', () => {
  expect(() => denseNetwork(4, [{ width: 0, activation: 'relu' }], 3)).toThrow('0 wide');
  expect(() => denseNetwork(4, [{ width: 2.5, activation: 'relu' }], 3)).toThrow('2.5 wide');
  expect(() => denseNetwork(4, [{ width: 2, activation: 'relu', name: 'fc2' }], 3)).toThrow('called fc2');
});

/** Reorders the axes of one group of a position, by the group's declaration alone. */
function permute(network: Network, group: number, order: readonly number[], position: Float64Array): Float64Array {
  const permuted = position.slice();
  for (const { tensor: name, axis } of network.groups[group]!.axes) {
    const tensor = network.tensors.find((candidate) => candidate.name === name)!;
    const inner = tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const extent = tensor.shape[axis]!;
    for (let i = 0; i < tensor.size; i++) {
      const unit = Math.floor(i / inner) % extent;
      permuted[tensor.offset + i] = position[tensor.offset + i + (order[unit]! - unit) * inner]!;
    }
  }
  return permuted;
}

test('permuting by a group leaves the function unchanged', () => {
  const width = fc.integer({ min: 1, max: 6 });
  const layer = fc.record({ width, activation: fc.constantFrom(...ACTIVATIONS) });
  const cases = fc.record({ hidden: fc.array(layer, { minLength: 1, maxLength: 4 }), seed: fc.integer({ min: 1, max: 1000 }) });
  fc.assert(
    fc.property(cases, ({ hidden, seed }) => {
      const network = denseNetwork(3, hidden, 2);
      const posterior = buildPosterior(network, { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 });
      const data = { rows: 0, features: 3, inputs: new Float32Array(0), targets: new Int32Array(0) };
      const potential = referencePotential64(posterior, data);
      const position = Float64Array.from({ length: network.dimension }, (_, i) => Math.sin(seed * (i + 1)));
      const inputs = Float32Array.of(0.3, -1, 2, 1, 0.5, -0.25);
      const before = new Float64Array(4);
      potential.predict(position, inputs, 2, before);
      network.groups.forEach(({ size }, group) => {
        const order = Array.from({ length: size }, (_, i) => i).sort((a, b) => Math.sin(seed * a) - Math.sin(seed * b));
        const after = new Float64Array(4);
        potential.predict(permute(network, group, order, position), inputs, 2, after);
        expect(after).toBeAllclose(before, { rtol: 1e-12, atol: 1e-12 });
      });
    }),
    { numRuns: 60 },
  );
});
