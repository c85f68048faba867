// How well a score tells two groups apart: the area under the receiver operating characteristic.

/**
 * Probability that the score of a positive is larger than that of a negative, both drawn at random, equals counted half: the
 * Mann–Whitney statistic over n₊ n₋ (Hanley and McNeil 1982). ½ tells nothing, 1 everything; NaN where a group is empty
 * or a score is NaN.
 *
 * @param negatives, positives - scores in any order
 */
export function auroc(negatives: Float64Array, positives: Float64Array): number {
  const [below, above] = [negatives.slice().sort(), positives.slice().sort()];
  // Typed arrays sort NaN to the end.
  if (below.length === 0 || above.length === 0 || Number.isNaN(below.at(-1)) || Number.isNaN(above.at(-1))) return NaN;
  let wins = 0;
  let less = 0;
  let lessOrEqual = 0;
  for (const score of above) {
    while (less < below.length && below[less]! < score) less++;
    lessOrEqual = Math.max(lessOrEqual, less);
    while (lessOrEqual < below.length && below[lessOrEqual]! <= score) lessOrEqual++;
    wins += (less + lessOrEqual) / 2;
  }
  return wins / (below.length * above.length);
}
