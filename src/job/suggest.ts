// "Did you mean": the candidate nearest to a misspelt word.

/**
 * The candidate within a third of the word's length (at least 2 edits; a change of case or of `_` and `-` costs
 * nothing), or undefined. Ties go to the first.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const plain = normalise(word);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(plain.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(plain, normalise(candidate));
    if (distance < bestDistance && distance < Math.max(plain.length, 1)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const normalise = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforePrevious[j - 2]! + 1);
      }
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
