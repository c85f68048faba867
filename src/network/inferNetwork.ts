// Recognises a dense network in the names and shapes of a saved state_dict.
import { BasinetError } from '../errors.js';
import type { Activation, DenseLayer, Network, PermutationGroup, TensorLayout } from './network.js';

/** Name and shape of a saved tensor. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

interface Found {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly hasBias: boolean;
}

/**
 * The dense network whose layers are `<name>.weight` [out, in] with or without `<name>.bias` [out], each layer's outputs
 * being the next one's inputs. Layers are taken in the natural order of their names (fc2 before fc10), or in the only
 * order in which their shapes chain.
 *
 * @param path - the file, for messages
 * @param activation - of the hidden layers, which a state_dict does not save; alignment only asks whether it is odd
 * @throws NETWORK_MISMATCH naming the tensors that fit no dense network
 */
export function inferDenseNetwork(saved: readonly NamedShape[], path: string, activation: Activation = 'relu'): Network {
  const layers = inOrder(denseLayersOf(saved, path), path);
  const tensors: TensorLayout[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[]): void => {
    const size = shape.reduce((product, n) => product * n, 1);
    tensors.push({ name, shape, offset, size });
    offset += size;
  };
  for (const { name, inputs, outputs, hasBias } of layers) {
    add(`${name}.weight`, [outputs, inputs]);
    if (hasBias) add(`${name}.bias`, [outputs]);
  }
  return {
    inputs: layers[0]!.inputs,
    outputs: layers.at(-1)!.outputs,
    layers: layers.map((layer, i): DenseLayer => ({ name: layer.name, inputs: layer.inputs, outputs: layer.outputs, activation: i + 1 < layers.length ? activation : 'identity' })),
    tensors,
    dimension: offset,
    groups: layers.slice(0, -1).map((layer, i): PermutationGroup => ({
      name: layer.name,
      size: layer.outputs,
      axes: [
        { tensor: `${layer.name}.weight`, axis: 0 },
        ...(layer.hasBias ? [{ tensor: `${layer.name}.bias`, axis: 0 }] : []),
        { tensor: `${layers[i + 1]!.name}.weight`, axis: 1 },
      ],
    })),
  };
}

function denseLayersOf(saved: readonly NamedShape[], path: string): Found[] {
  const shapes = new Map(saved.map(({ name, shape }) => [name, shape]));
  const layers: Found[] = [];
  const strange: string[] = [];
  for (const { name, shape } of saved) {
    const show = `${name} [${shape.join(', ')}]`;
    if (name.endsWith('.weight') && shape.length === 2) {
      const layer = name.slice(0, -'.weight'.length);
      layers.push({ name: layer, inputs: shape[1]!, outputs: shape[0]!, hasBias: shapes.has(`${layer}.bias`) });
    } else if (name.endsWith('.bias') && shape.length === 1) {
      const weight = shapes.get(`${name.slice(0, -'.bias'.length)}.weight`);
      if (weight?.length !== 2 || weight[0] !== shape[0]) strange.push(show);
    } else {
      strange.push(show);
    }
  }
  if (strange.length > 0 || layers.length === 0) {
    throw new BasinetError('NETWORK_MISMATCH', `${path} holds no dense network: ${strange.length > 0 ? `cannot place ${strange.join(', ')}` : 'it has no weight matrix'}`, {
      path,
      value: strange,
      remedy: 'save the state_dict of a network of dense layers: <name>.weight [out, in] and <name>.bias [out] each',
    });
  }
  return layers;
}

function inOrder(layers: readonly Found[], path: string): Found[] {
  const natural = [...layers].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  if (chains(natural)) return natural;
  const orders = chainsFrom([], natural);
  if (orders.length === 1) return orders[0]!;
  throw new BasinetError('NETWORK_MISMATCH', `the layers of ${path} ${orders.length === 0 ? 'do not follow one another' : 'can follow one another in several orders'}: ${natural.map((l) => `${l.name} ${l.inputs}→${l.outputs}`).join(', ')}`, {
    path,
    remedy: 'name the layers so that their natural order is the order of the computation: fc1, fc2, …',
  });
}

function chains(layers: readonly Found[]): boolean {
  return layers.every((layer, i) => i === 0 || layers[i - 1]!.outputs === layer.inputs);
}

/** Every order of `rest` that goes on from `done`; stops looking at two. */
function chainsFrom(done: readonly Found[], rest: readonly Found[]): Found[][] {
  if (rest.length === 0) return [[...done]];
  const orders: Found[][] = [];
  for (const next of rest) {
    if (done.length > 0 && done.at(-1)!.outputs !== next.inputs) continue;
    orders.push(...chainsFrom([...done, next], rest.filter((layer) => layer !== next)));
    if (orders.length > 1) break;
  }
  return orders;
}
