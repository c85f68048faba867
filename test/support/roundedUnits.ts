// Units whose elements are rounded as badly as fixed point allows, so that bounds of its errors are met or nearly so.
//
// Every element is followed by its negative, so that the mean is exactly 0, and the first is 127: screening's `high` digits then
// are whole numbers, its `low` ones 128ths (native/unit_codes.h), and ties are rounded to even.
import { shuffled } from './shuffled.js';
import { uniforms } from './uniforms.js';

/** Reference and draw, [size, features] each. */
export interface UnitPair {
  readonly size: number;
  readonly reference: Float32Array;
  readonly draw: Float32Array;
}

/** Random signs, the first of them +1. */
function signsOf(count: number, seed: number): readonly number[] {
  const next = uniforms(seed);
  return Array.from({ length: count }, (_, at) => (at > 0 && next() < 0.5 ? -1 : 1));
}

function unit(values: readonly number[], signs: readonly number[]): number[] {
  return [127, ...values].flatMap((value, at) => [signs[at]! * value, -signs[at]! * value]);
}

/** All elements but the first two are ± `value`, with the same signs in all units but for that of the whole. */
export function alike(size: number, count: number, value: number, seed: number): UnitPair {
  const next = uniforms(seed);
  const signs = signsOf(count + 1, seed + 1);
  const units = (): Float32Array =>
    Float32Array.from(
      Array.from({ length: size }, () => {
        const sign = next() < 0.5 ? -1 : 1;
        return unit(Array.from({ length: count }, () => value), signs).map((x) => sign * x);
      }).flat(),
    );
  return { size, reference: units(), draw: units() };
}

/** What some elements are: of the unit that is nearer to the draw's, of the other, and of the draw's. */
export interface Part {
  readonly count: number;
  readonly near: number;
  readonly far: number;
  readonly draw: number;
}

export interface Couples {
  readonly parts: readonly Part[];
  readonly others?: readonly Part[];
}

/**
 * Couples of units, with signs of their own, that differ in `parts` only: on the first half the reference's one is `near` and the
 * other `far`, where the draw's one is `draw` and its other 0; on the second half the other way round. In a random order. All
 * couples but the first are made of `others`, as long as `parts`.
 */
export function couples(size: number, { parts, others = parts }: Couples, seed: number): UnitPair {
  const reference: number[][] = [];
  const units: number[][] = [];
  for (let couple = 0; couple < size / 2; couple++) {
    const each = (of: (part: Part) => number): number[] => (couple === 0 ? parts : others).flatMap((part) => Array.from({ length: part.count }, () => of(part)));
    const [near, far, draw] = [each((part) => part.near), each((part) => part.far), each((part) => part.draw)];
    const zeros = draw.map(() => 0);
    const signs = signsOf(2 * draw.length + 1, seed + couple);
    reference.push(unit([...near, ...far], signs), unit([...far, ...near], signs));
    units.push(unit([...draw, ...zeros], signs), unit([...zeros, ...draw], signs));
  }
  const order = shuffled(size, seed);
  return { size, reference: Float32Array.from(reference.flat()), draw: Float32Array.from(units.map((_, at) => units[order[at]!]!).flat()) };
}
