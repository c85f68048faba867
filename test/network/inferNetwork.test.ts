// Dense networks recognised from saved names and shapes.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { inferDenseNetwork, type NamedShape } from '../../src/network/inferNetwork.js';

describe('inferDenseNetwork', () => {
  it('finds what denseNetwork lays out, whatever the order of the tensors', () => {
    const hidden = Array.from({ length: 10 }, (_, i) => ({ width: 3 + i, activation: 'relu' as const }));
    const network = denseNetwork(7, hidden, 2);
    const saved = [...network.tensors].reverse();
    expect(inferDenseNetwork(saved, 'a.safetensors')).toEqual(network);
  });

  it('takes torch.nn.Sequential’s names, and layers without bias', () => {
    const network = inferDenseNetwork([{ name: '0.weight', shape: [5, 4] }, { name: '2.weight', shape: [3, 5] }, { name: '2.bias', shape: [3] }], 'seq');
    expect(network.tensors.map((t) => t.name)).toEqual(['0.weight', '2.weight', '2.bias']);
    expect(network.groups).toEqual([{ name: '0', size: 5, axes: [{ tensor: '0.weight', axis: 0 }, { tensor: '2.weight', axis: 1 }] }]);
  });

  it('orders layers by shape where their names do not say', () => {
    const network = inferDenseNetwork([{ name: 'head.weight', shape: [2, 6] }, { name: 'stem.weight', shape: [8, 4] }, { name: 'middle.weight', shape: [6, 8] }], 'n');
    expect(network.layers.map((l) => l.name)).toEqual(['stem', 'middle', 'head']);
  });

  it.each<[string, NamedShape[], RegExp]>([
    ['convolutions', [{ name: 'conv1.weight', shape: [8, 1, 3, 3] }], /cannot place conv1.weight \[8, 1, 3, 3\]/],
    ['a bias of another width', [{ name: 'a.weight', shape: [5, 4] }, { name: 'a.bias', shape: [4] }], /cannot place a.bias/],
    ['nothing', [], /no weight matrix/],
    ['layers that do not chain', [{ name: 'a.weight', shape: [5, 4] }, { name: 'b.weight', shape: [3, 6] }], /do not follow one another/],
    ['ambiguous orders', [{ name: 'z.weight', shape: [4, 5] }, { name: 'b.weight', shape: [4, 4] }, { name: 'c.weight', shape: [4, 4] }], /several orders/],
  ])('refuses %s', (_, saved, message) => {
    expect(() => inferDenseNetwork(saved, 'file')).toThrowError(expect.objectContaining({ code: 'NETWORK_MISMATCH', message: expect.stringMatching(message) as string }) as Error);
  });
});
