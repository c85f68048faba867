// An order for units that any match of theirs would suit as well: those that are similar to none.
import type { Similarities } from './similarities.js';

/** Entries that are looked at, at most, per unit of the group. */
const MOST_ENTRIES = 16;

/**
 * Puts the columns of the rows with similarity 0 in ascending order, where all similarities between these rows and these columns
 * are 0: activations of units that put out 0 on every row, say, or of two that never put out anything on the same one. What is
 * maximised stays the same. Without it the order would be an accident of how the assignment was found.
 *
 * @param values - S[i][columnOf[i]]
 */
export function orderExchangeable(similarities: Similarities, columnOf: Int32Array, values: Float64Array): void {
  const rows: number[] = [];
  values.forEach((value, row) => {
    if (value === 0) rows.push(row);
  });
  if (rows.length < 2 || rows.length ** 2 > MOST_ENTRIES * columnOf.length) return;
  const columns = rows.map((row) => columnOf[row]!).sort((a, b) => a - b);
  const every = similarities.entries(
    Int32Array.from(rows.flatMap((row) => columns.map(() => row))),
    Int32Array.from(rows.flatMap(() => columns)),
  );
  if (every.some((value) => value !== 0)) return;
  rows.forEach((row, k) => (columnOf[row] = columns[k]!));
}
