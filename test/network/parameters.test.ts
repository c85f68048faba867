// A position and its named tensors.
import { expect, test } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { positionFromTensors, stateDictOf } from '../../src/network/parameters.js';

const { tensors, dimension } = denseNetwork(2, [{ width: 3, activation: 'tanh', name: 'body' }], 1);
const position = Float32Array.from({ length: dimension }, (_, i) => i + 0.5);

test('named tensors of a position are copies with PyTorch names and shapes', () => {
  const state = stateDictOf(tensors, position);
  expect([...state].map(([name, { shape }]) => [name, shape])).toEqual([
    ['body.weight', [3, 2]],
    ['body.bias', [3]],
    ['fc2.weight', [1, 3]],
    ['fc2.bias', [1]],
  ]);
  state.get('body.weight')!.data[0] = 99;
  expect(position[0]).toBe(0.5);
});

test('and make the position again, in any order, from any numbers', () => {
  expect(positionFromTensors(tensors, stateDictOf(tensors, position))).toEqual(position);
  const reversed = new Map([...stateDictOf(tensors, position)].reverse().map(([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]));
  expect(positionFromTensors(tensors, reversed)).toEqual(position);
});

test('an empty layout takes no tensors', () => {
  expect(positionFromTensors([], new Map())).toHaveLength(0);
  expect(() => positionFromTensors([], new Map([['a', { shape: [1], data: [1] }]]))).toThrow('unexpected: a [1]');
});
