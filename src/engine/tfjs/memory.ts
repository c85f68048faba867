// What a potential takes of the device's memory, for the error where there is not enough.
import { BasinetError } from '../../errors.js';
import type { Posterior } from '../../posterior/posterior.js';
import { bytesPerRow } from './rows.js';

/** What TensorFlow and CUDA say where an allocation fails. */
const SHORTAGE = /\bOOM\b|out of memory|resource ?exhausted/i;
/** Vectors of parameters alive in a trajectory: position, momentum, gradient, before and after a step, and what does not change. */
const VECTORS = 10;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

/** What to throw instead of `error`: where the device ran out of memory, the numbers and a smaller setting; else `error`. */
export function explained(error: unknown, posterior: Posterior, rows: number, perBlock: number, chains: number): unknown {
  if (!(error instanceof Error) || !SHORTAGE.test(error.message)) return error;
  const { dimension, network } = posterior;
  const block = Math.min(rows, perBlock);
  const activations = chains * block * bytesPerRow(posterior);
  const numbers = [
    `${dimension} parameters (${megabytes(4 * VECTORS * chains * dimension)})`,
    `${rows} rows (${megabytes(4 * rows * (network.inputs + network.outputs))})`,
    `activations of ${block} of them at a time (${megabytes(activations)})`,
  ];
  return new BasinetError('ENGINE_UNAVAILABLE', `the device has not enough memory for ${chains === 1 ? 'one chain' : `a stack of ${chains} chains`} of ${numbers.join(', ')}`, {
    path: 'tfjs.activationBytes',
    value: activations,
    remedy: `Set tfjs.activationBytes to ${Math.floor(activations / 2)} or less, ${chains === 1 ? 'give the worker fewer slots' : 'set tfjs.stack to 1'}, or set engine to native.`,
    cause: error,
  });
}
