// All permutations of a few units, for brute force.

export function everyPermutation(n: number): Int32Array[] {
  if (n === 0) return [new Int32Array(0)];
  return everyPermutation(n - 1).flatMap((p) => Array.from({ length: n }, (_, at) => Int32Array.of(...p.slice(0, at), n - 1, ...p.slice(at))));
}
