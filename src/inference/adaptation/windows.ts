// The schedule of the warmup: in which transitions variances are gathered, and after which they become the metric.
// A pure function of the length of the warmup.
//
// Stan Reference Manual, "HMC algorithm parameters: automatic parameter tuning": a first interval for finding the
// typical set, windows that double in length, a last interval for the step size alone.

const INITIAL = 75;
const BASE = 25;
const TERMINAL = 50;
const SHORTEST = 20;

/** Transitions first, first + 1, …, last (the first of the warmup is 1). */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/**
 * Windows of a warmup of `warmup` transitions, adjacent and ascending. None below 20 transitions; where 75 + 25 + 50
 * don't fit, 15% before one window and 10% after it. A window whose successor would not fit is stretched to the end.
 */
export function adaptationWindows(warmup: number): Window[] {
  if (warmup < SHORTEST) return [];
  let initial = INITIAL;
  let terminal = TERMINAL;
  let size = BASE;
  if (INITIAL + BASE + TERMINAL > warmup) {
    initial = Math.floor(0.15 * warmup);
    terminal = Math.floor(0.1 * warmup);
    size = warmup - initial - terminal;
  }
  const end = warmup - terminal;
  const windows: Window[] = [];
  let first = initial + 1;
  while (first <= end) {
    // The next window is twice as long; what is too short for that belongs to this one.
    const last = first - 1 + size + 2 * size > end ? end : first - 1 + size;
    windows.push({ first, last });
    first = last + 1;
    size *= 2;
  }
  return windows;
}
