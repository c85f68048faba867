// Numbers given on the command line.
import { BasinetError } from '../errors.js';

/** A positive integer, or USAGE. */
export function positiveInteger(option: string, text: string): number {
  return integerFrom(option, text, 1);
}

/** A whole number of `minimum` or more, or USAGE. */
export function integerFrom(option: string, text: string, minimum: number): number {
  return integer(option, text, minimum, Number.MAX_SAFE_INTEGER);
}

/** A TCP port, 0 for any. */
export function port(option: string, text: string): number {
  return integer(option, text, 0, 65535);
}

/** A seed: a whole number below 2³². */
export function seed(option: string, text: string): number {
  return integer(option, text, 0, 2 ** 32 - 1);
}

/** A number from 0 to 1, or USAGE. */
export function fraction(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new BasinetError('USAGE', `${option}: ${text} is no fraction from 0 to 1`, { path: option, value: text, remedy: 'give a number from 0 to 1, e.g. 0.1 for a tenth' });
}

function integer(option: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
  throw new BasinetError('USAGE', `${option}: ${text} is no whole number of ${range}`, { path: option, value: text, remedy: `give a whole number, ${range}` });
}
