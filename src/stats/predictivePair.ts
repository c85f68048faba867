// Two predictives that can be held against each other are over the same rows.
import { BasinetError } from '../errors.js';

/** Rows of both. Throws ARGUMENT_INVALID where lengths differ or are no whole rows. */
export function requirePair(p: Float64Array, q: Float64Array, columns: number): number {
  if (p.length === q.length && Number.isSafeInteger(columns) && columns > 0 && p.length % columns === 0) return p.length / columns;
  throw new BasinetError('ARGUMENT_INVALID', `${p.length} and ${q.length} values are no two predictives of the same rows of ${columns}`, {
    path: 'q',
    value: q.length,
    remedy: 'Give two row-major arrays over the same rows and columns.',
  });
}
