// A data set on the device, uploaded once, in blocks of rows whose activations fit into a given memory.
import type { Posterior } from '../../posterior/posterior.js';
import type { Dataset } from '../engine.js';
import type { Tensor2D, Tensor3D, Tf } from './runtime.js';

/** Rows of the data, after which there may be some that do not count: inputs and targets of all chains [1, rows, …], or of each [chains, rows, …]. */
export interface RowBlock {
  readonly inputs: Tensor3D;
  /** Class labels are one-hot. */
  readonly targets: Tensor3D;
  /** Rows that count: the first ones. */
  readonly count: number;
  /** [1, 1, rows]: 1 where a row counts, else 0. */
  readonly counted: Tensor3D;
}

/** Some rows of the data set, in blocks that are made when they are asked for; whoever asks disposes of them. */
export interface DeviceRows {
  readonly count: number;
  readonly blocks: readonly (() => RowBlock)[];
}

export interface DeviceData {
  readonly all: DeviceRows;
  /** Those of a mini-batch of every chain, in its order; all of one length. */
  batches(batches: readonly Int32Array[]): DeviceRows;
  dispose(): void;
}

/**
 * Where chains are stacked, rows are filled up to a multiple of this. TensorFlow computes exponentials and the like a vector at a
 * time, and what is left at the end of a tensor one by one, which rounds otherwise: so no chain may be at that end, nor share a
 * vector with its neighbour. The longest vectors are AVX-512's.
 */
const LANES = 16;

/** Tensors of [rows, units] that are alive at once for each unit of a layer: what is kept for the way back, and operands. */
const LIVE_PER_UNIT = 5;

/** Memory that a row's activations and their derivatives take, and the row itself in a block. */
export function bytesPerRow({ network }: Posterior): number {
  const units = network.layers.reduce((sum, layer) => sum + layer.outputs, 0);
  return 4 * (LIVE_PER_UNIT * units + network.inputs);
}

/**
 * Rows whose activations and their derivatives of all `chains` take at most `maxBytes`, at least one, or what rows of stacks are
 * filled up to. A function of network and
 * settings alone: the cut into blocks decides how sums round.
 */
export function rowsPerBlock(posterior: Posterior, maxBytes: number, chains = 1): number {
  const most = Math.floor(maxBytes / (chains * bytesPerRow(posterior)));
  return chains === 1 ? Math.max(1, most) : LANES * Math.max(1, Math.floor(most / LANES));
}

/** [start, end) of each block of `count` rows: as few blocks as `perBlock` allows, as even as they can be. */
export function cutRows(count: number, perBlock: number): [start: number, end: number][] {
  const blocks = Math.ceil(count / perBlock);
  return Array.from({ length: blocks }, (_, b) => [Math.floor((b * count) / blocks), Math.floor(((b + 1) * count) / blocks)]);
}

/** Uploads `data`, whose arrays must not change while they are used, for stacks of so many chains. */
export function uploadData(tf: Tf, posterior: Posterior, data: Dataset, perBlock: number, chains: number): DeviceData {
  const { rows, features } = data;
  const width = posterior.network.outputs;
  const filled = (count: number): number => (chains === 1 ? count : LANES * Math.ceil(count / LANES));
  const cuts = cutRows(rows, perBlock);
  // What follows a block of rows fills it up; after the last one the last row is repeated.
  const held = Math.max(0, ...cuts.map(([start, end]) => start + filled(end - start)));
  const upload = (values: Float32Array, columns: number) => tf.tensor2d(repeatLast(values, rows, columns, held), [held, columns], 'float32');
  const inputs = upload(data.inputs, features);
  const targets = upload(targetsOf(data, width), width);
  const countedOf = (count: number): Tensor3D => tf.tensor3d(new Float32Array(filled(count)).fill(1, 0, count), [1, 1, filled(count)]);

  const counted = new Map([...new Set(cuts.map(([start, end]) => end - start))].map((count) => [count, countedOf(count)]));
  const part = (tensor: Tensor2D, start: number, count: number, columns: number): Tensor3D =>
    tf.reshape(start === 0 && count === held ? tensor : tf.slice(tensor, [start, 0], [count, columns]), [1, count, columns]);
  const copy = (start: number, end: number): RowBlock => {
    const count = end - start;
    return { inputs: part(inputs, start, filled(count), features), targets: part(targets, start, filled(count), width), count, counted: counted.get(count)! };
  };
  const gather = (batches: readonly Int32Array[], start: number, end: number): RowBlock => {
    const count = end - start;
    const index = new Int32Array(batches.length * filled(count));
    // Filled up with rows of its own: what those give that do not count is multiplied by 0, and must be finite for it.
    batches.forEach((batch, k) => index.fill(batch[end - 1]!, k * filled(count), (k + 1) * filled(count)).set(batch.subarray(start, end), k * filled(count)));
    const indices = tf.tensor1d(index, 'int32');
    const of = (tensor: Tensor2D, columns: number): Tensor3D => tf.reshape(tf.gather(tensor, indices), [batches.length, filled(count), columns]);
    return { inputs: of(inputs, features), targets: of(targets, width), count, counted: countedOf(count) };
  };
  return {
    all: { count: rows, blocks: cuts.map(([start, end]) => () => copy(start, end)) },
    batches: (batches) => {
      const { length } = batches[0]!;
      return { count: length, blocks: cutRows(length, perBlock).map(([start, end]) => () => gather(batches, start, end)) };
    },
    dispose: () => tf.dispose([inputs, targets, ...counted.values()]),
  };
}

/** `values` [rows, columns] with the last row repeated until there are `wanted`. */
function repeatLast(values: Float32Array, rows: number, columns: number, wanted: number): Float32Array {
  if (rows === wanted) return values;
  const longer = new Float32Array(wanted * columns);
  longer.set(values.subarray(0, rows * columns));
  for (let row = rows; row < wanted; row++) longer.copyWithin(row * columns, (rows - 1) * columns, rows * columns);
  return longer;
}

/** Reals as they are; labels as rows of zeros with a one. */
function targetsOf({ rows, targets }: Dataset, width: number): Float32Array {
  if (targets instanceof Float32Array) return targets;
  const oneHot = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) oneHot[row * width + targets[row]!] = 1;
  return oneHot;
}
