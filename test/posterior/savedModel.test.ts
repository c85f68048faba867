// Saved tensors for a posterior: under its own names, under others, and none that fit.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { stateDictOf } from '../../src/network/parameters.js';
import { LOG_NOISE_TENSOR } from '../../src/posterior/build.js';
import { positionOfSaved } from '../../src/posterior/savedModel.js';
import { normals } from '../support/tinyJob.js';

const hidden = ['zeta', 'alpha'].map((name) => ({ width: 3, activation: 'tanh' as const, name }));
const network = denseNetwork(3, hidden, 3);
const tensors = [...network.tensors, { name: LOG_NOISE_TENSOR, shape: [1], offset: network.dimension, size: 1 }];
const position = normals(1, network.dimension + 1);
const renamed = (from: (name: string) => string) => new Map([...stateDictOf(tensors, position)].map(([name, tensor]) => [from(name), tensor]));

describe('positionOfSaved', () => {
  it('goes by names where they are the posterior’s, even where their order is not the natural one', () => {
    const { position: found, names } = positionOfSaved({ network, tensors }, renamed((name) => name), 'file');
    expect(found).toEqual(position);
    expect(names.get('zeta.weight')).toBe('zeta.weight');
  });

  it('goes by the order of the layers where names are others', () => {
    const sequential: Record<string, string> = { zeta: '0', alpha: '2', fc3: '10' };
    const { position: found, names } = positionOfSaved({ network, tensors }, renamed((name) => name.replace(/^(zeta|alpha|fc3)/, (own) => sequential[own]!)), 'file');
    expect(found).toEqual(position);
    expect(names.get('fc3.bias')).toBe('10.bias');
    expect(names.get(LOG_NOISE_TENSOR)).toBe(LOG_NOISE_TENSOR);
  });

  it('refuses what is not finite, by the name in the file', () => {
    const infinite = renamed((name) => name.replace('zeta', 'z'));
    infinite.get('z.weight')!.data[5] = -Infinity;
    expect(() => positionOfSaved({ network, tensors }, infinite, 'file')).toThrowError(/file: .*\[1, 2\] is -Infinity/);
  });

  it('names what is missing and what is of another shape', () => {
    const lacking = renamed((name) => name);
    lacking.delete(LOG_NOISE_TENSOR);
    expect(() => positionOfSaved({ network, tensors }, lacking, 'file')).toThrowError(/missing: likelihood\.log_noise_std \[1\]/);
    // In the file's own names, where its layers are as many.
    const sequential: Record<string, string> = { zeta: '0', alpha: '2', fc3: '4' };
    const inOrder = renamed((name) => name.replace(/^(zeta|alpha|fc3)/, (own) => sequential[own]!));
    inOrder.delete('4.bias');
    inOrder.set('0.weight', { dtype: 'F32', shape: [3, 5], data: new Float32Array(15) });
    expect(() => positionOfSaved({ network, tensors }, inOrder, 'file')).toThrowError(/\n {2}wrong shape: 0\.weight is \[3, 5\], not \[3, 3\]\n {2}missing: 4\.bias \[3\]$/);
    const wider = denseNetwork(3, [{ width: 4, activation: 'tanh' }], 3);
    const other = stateDictOf(wider.tensors, normals(2, wider.dimension));
    expect(() => positionOfSaved({ network, tensors }, other, 'file')).toThrowError(
      expect.objectContaining({ code: 'NETWORK_MISMATCH', path: 'file', message: expect.stringContaining('missing: zeta.weight [3, 3]') as string }),
    );
  });
});
