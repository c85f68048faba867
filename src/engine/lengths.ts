// Checks of the arrays that an engine is given with a position.
import { BasinetError } from '../errors.js';
import type { Network } from '../network/network.js';

/** Units of each hidden layer. */
export function hiddenWidths({ layers }: Network): number[] {
  return layers.slice(0, -1).map((layer) => layer.outputs);
}

/**
 * Whether `inputs` holds `rows` rows, and there is an array of `rows` rows for each of `widths`. Longer arrays are allowed.
 *
 * @throws BasinetError NETWORK_MISMATCH
 */
export function checkRows(network: Network, inputs: Float32Array, rows: number, outputs: readonly Float32Array[], widths: readonly number[]): void {
  if (inputs.length < rows * network.inputs) throw wrongLength('inputs array', inputs.length, rows * network.inputs);
  if (outputs.length !== widths.length) {
    throw new BasinetError('NETWORK_MISMATCH', `${outputs.length} arrays were given for the outputs of ${widths.length} hidden layers`, {
      path: 'outputs',
      value: outputs.length,
      remedy: `Give ${widths.length} arrays.`,
    });
  }
  widths.forEach((width, k) => {
    if (outputs[k]!.length < rows * width) throw wrongLength('outputs array', outputs[k]!.length, rows * width);
  });
}

export function wrongLength(name: string, actual: number, needed: number): BasinetError {
  return new BasinetError('NETWORK_MISMATCH', `the ${name} has ${actual} values where ${needed} are needed`, {
    path: name,
    value: actual,
    remedy: `Give ${needed} values.`,
  });
}
