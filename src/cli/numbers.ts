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

function integer(option: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
  throw new BasinetError('USAGE', `${option}: ${text} is no whole number of ${range}`, { path: option, value: text, remedy: `give a whole number, ${range}` });
}
