// Between a flat position and named tensors, as a PyTorch state_dict holds them.
import { BasinetError } from '../errors.js';
import type { TensorLayout } from './network.js';

/** Values of any number type with their shape. */
export interface NamedValues {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: ArrayLike<number>;
}

/** A float32 tensor as safetensors holds it. */
export interface StateDictTensor {
  readonly dtype: 'F32';
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The position [dimension] that has these tensors, rounded to float32.
 *
 * @param layout where each tensor lies, e.g. `posterior.tensors`
 * @param source names the file or object in errors
 * @throws BasinetError NETWORK_MISMATCH that lists every missing, unexpected and wrongly shaped tensor
 */
export function positionFromTensors(
  layout: readonly TensorLayout[],
  given: ReadonlyMap<string, NamedValues>,
  source = 'the parameters',
): Float32Array {
  const problems: string[] = [];
  for (const { name, shape } of layout) {
    const values = given.get(name);
    if (!values) problems.push(`missing: ${name} [${shape.join(', ')}]`);
    else if (!sameShape(values.shape, shape)) problems.push(`wrong shape: ${name} is [${values.shape.join(', ')}], not [${shape.join(', ')}]`);
  }
  const known = new Set(layout.map((tensor) => tensor.name));
  for (const [name, { shape }] of given) {
    if (!known.has(name)) problems.push(`unexpected: ${name} [${shape.join(', ')}]`);
  }
  if (problems.length > 0) {
    throw new BasinetError('NETWORK_MISMATCH', `${source} does not fit the network:\n${problems.map((line) => `  ${line}`).join('\n')}`, {
      path: source,
      value: [...given.keys()],
      remedy: `Give exactly the tensors ${layout.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ')}.`,
    });
  }
  const last = layout[layout.length - 1];
  const position = new Float32Array(last ? last.offset + last.size : 0);
  for (const { name, offset } of layout) position.set(given.get(name)!.data, offset);
  return position;
}

/** Returns the position. Throws NETWORK_MISMATCH that names the first element which is NaN or infinite, and its tensor. */
export function requireFinite(layout: readonly TensorLayout[], position: Float32Array, source: string): Float32Array {
  const bad = position.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return position;
  const { name, shape, offset } = layout.find((tensor) => bad >= tensor.offset && bad < tensor.offset + tensor.size)!;
  throw new BasinetError('NETWORK_MISMATCH', `${source}: ${name}${placeOf(bad - offset, shape)} is ${position[bad]}`, { path: source, value: position[bad], remedy: 'Give a network whose parameters are all finite.' });
}

/** `[1, 0]`: where the row-major element `flat` lies along every axis; nothing for a scalar. */
export function placeOf(flat: number, shape: readonly number[]): string {
  if (shape.length === 0) return '';
  const index: number[] = [];
  let rest = flat;
  for (const extent of [...shape].reverse()) {
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `[${index.join(', ')}]`;
}

/** The named tensors of a position, as copies, in the order of the layout. */
export function stateDictOf(layout: readonly TensorLayout[], position: Float32Array): Map<string, StateDictTensor> {
  return new Map(
    layout.map(({ name, shape, offset, size }) => [name, { dtype: 'F32', shape, data: position.slice(offset, offset + size) }]),
  );
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((extent, axis) => extent === b[axis]);
