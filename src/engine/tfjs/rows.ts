// A data set on the device, uploaded once, in blocks of rows whose activations fit into a given memory.
import type { Posterior } from '../../posterior/posterior.js';
import type { Dataset } from '../engine.js';
import type { Tensor1D, Tensor2D, Tf } from './runtime.js';

/** Rows of the data, [rows, features] and [rows, outputs]: class labels are one-hot. */
export interface RowBlock {
  readonly inputs: Tensor2D;
  readonly targets: Tensor2D;
}

/** Some rows of the data set, in blocks that are made when they are asked for; whoever asks disposes of them. */
export interface DeviceRows {
  readonly count: number;
  readonly blocks: readonly (() => RowBlock)[];
}

export interface DeviceData {
  readonly all: DeviceRows;
  /** Those of a mini-batch, in its order. */
  batch(rows: Int32Array): DeviceRows;
  dispose(): void;
}

/** Tensors of [rows, units] that are alive at once for each unit of a layer: what is kept for the way back, and operands. */
const LIVE_PER_UNIT = 5;

/** Memory that a row's activations and their derivatives take, and the row itself in a block. */
export function bytesPerRow({ network }: Posterior): number {
  const units = network.layers.reduce((sum, layer) => sum + layer.outputs, 0);
  return 4 * (LIVE_PER_UNIT * units + network.inputs);
}

/**
 * Rows whose activations and their derivatives take at most `maxBytes`, at least one. A function of network and setting alone:
 * the cut into blocks decides how sums round.
 */
export function rowsPerBlock(posterior: Posterior, maxBytes: number): number {
  return Math.max(1, Math.floor(maxBytes / bytesPerRow(posterior)));
}

/** [start, end) of each block of `count` rows: as few blocks as `perBlock` allows, as even as they can be. */
export function cutRows(count: number, perBlock: number): [start: number, end: number][] {
  const blocks = Math.ceil(count / perBlock);
  return Array.from({ length: blocks }, (_, b) => [Math.floor((b * count) / blocks), Math.floor(((b + 1) * count) / blocks)]);
}

/** Uploads `data`, whose arrays must not change while they are used. */
export function uploadData(tf: Tf, posterior: Posterior, data: Dataset, perBlock: number): DeviceData {
  const { rows } = data;
  const width = posterior.network.outputs;
  const inputs = tf.tensor2d(data.inputs, [rows, data.features], 'float32');
  const targets = tf.tensor2d(targetsOf(data, width), [rows, width], 'float32');
  const whole: RowBlock = { inputs, targets };

  const copy = (start: number, end: number): RowBlock => ({
    inputs: tf.slice(inputs, [start, 0], [end - start, data.features]),
    targets: tf.slice(targets, [start, 0], [end - start, width]),
  });
  const gather = (indices: Int32Array): RowBlock => {
    const index: Tensor1D = tf.tensor1d(indices, 'int32');
    return { inputs: tf.gather(inputs, index), targets: tf.gather(targets, index) };
  };
  const cuts = cutRows(rows, perBlock);
  return {
    all: { count: rows, blocks: cuts.length === 1 ? [() => whole] : cuts.map(([start, end]) => () => copy(start, end)) },
    batch: (indices) => ({
      count: indices.length,
      blocks: cutRows(indices.length, perBlock).map(([start, end]) => () => gather(indices.subarray(start, end))),
    }),
    dispose: () => tf.dispose([inputs, targets]),
  };
}

/** Reals as they are; labels as rows of zeros with a one. */
function targetsOf({ rows, targets }: Dataset, width: number): Float32Array {
  if (targets instanceof Float32Array) return targets;
  const oneHot = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) oneHot[row * width + targets[row]!] = 1;
  return oneHot;
}
