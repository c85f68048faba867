// Builds dense networks: layers, tensors in PyTorch's naming and layout, permutation groups.
import { BasinetError } from '../errors.js';
import type { Activation, DenseLayer, Network, PermutationGroup, TensorLayout } from './network.js';

/** One hidden layer as a job file states it. */
export interface HiddenLayer {
  /** Units. */
  readonly width: number;
  readonly activation: Activation;
  /** PyTorch module name; default `fc<k>`, counted from 1. */
  readonly name?: string | undefined;
}

/** Module names in order, the output layer's (`fc<n>`, n = hidden layers + 1) last. */
export function layerNames(hidden: readonly Pick<HiddenLayer, 'name'>[]): string[] {
  return [...hidden.map((layer, k) => layer.name ?? `fc${k + 1}`), `fc${hidden.length + 1}`];
}

/**
 * A dense network `inputs → hidden… → outputs` with a bias in every layer and an identity output layer.
 * Without hidden layers it is linear (or, with a categorical likelihood, logistic) regression.
 *
 * @throws BasinetError NETWORK_MISMATCH where a width is no positive integer or two layers share a name
 */
export function denseNetwork(inputs: number, hidden: readonly HiddenLayer[], outputs: number): Network {
  const widths = [inputs, ...hidden.map((layer) => layer.width), outputs];
  for (const width of widths) {
    if (!Number.isSafeInteger(width) || width < 1) {
      throw new BasinetError('NETWORK_MISMATCH', `a layer cannot be ${width} wide`, {
        value: width,
        remedy: 'Give every layer a positive whole number of units.',
      });
    }
  }
  const names = layerNames(hidden);
  const repeated = names.find((name, k) => names.indexOf(name) !== k);
  if (repeated !== undefined) {
    throw new BasinetError('NETWORK_MISMATCH', `two layers are called ${repeated}`, {
      value: repeated,
      remedy: 'Name every layer differently.',
    });
  }
  const layers = names.map(
    (name, k): DenseLayer => ({
      name,
      inputs: widths[k]!,
      outputs: widths[k + 1]!,
      activation: hidden[k]?.activation ?? 'identity',
    }),
  );
  const tensors = tensorLayouts(layers);
  const last = tensors[tensors.length - 1]!;
  return { inputs, outputs, layers, tensors, dimension: last.offset + last.size, groups: permutationGroups(layers) };
}

/** `<layer>.weight` [outputs, inputs] and `<layer>.bias` [outputs] of each layer, one after the other. */
function tensorLayouts(layers: readonly DenseLayer[]): TensorLayout[] {
  const tensors: TensorLayout[] = [];
  let offset = 0;
  for (const layer of layers) {
    for (const [name, shape] of [
      ['weight', [layer.outputs, layer.inputs]],
      ['bias', [layer.outputs]],
    ] as const) {
      const size = shape.reduce((product, length) => product * length, 1);
      tensors.push({ name: `${layer.name}.${name}`, shape, offset, size });
      offset += size;
    }
  }
  return tensors;
}

/**
 * The group of each hidden layer, named after it: whatever order its units take, the function is the same if the
 * rows of its weight, its biases, and the columns of the next layer's weight take it together.
 */
export function permutationGroups(layers: readonly DenseLayer[]): PermutationGroup[] {
  return layers.slice(0, -1).map((layer, k) => ({
    name: layer.name,
    size: layer.outputs,
    axes: [
      { tensor: `${layer.name}.weight`, axis: 0 },
      { tensor: `${layer.name}.bias`, axis: 0 },
      { tensor: `${layers[k + 1]!.name}.weight`, axis: 1 },
    ],
  }));
}
