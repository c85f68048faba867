// A chain's grid of iterations: at which transitions it leaves a record. Pure functions of the settings.
//
// With W warmup transitions, a checkpoint every c of them, and N draws every T transitions: warmup checkpoints lie at
// iterations c, 2c, … below W and at W; draws at W + T, W + 2T, …, W + N·T.
import type { Phase } from './chain.js';

export interface Grid {
  /** W, at least 0. */
  readonly warmup: number;
  /** c, at least 1. */
  readonly checkpointEvery: number;
  /** N, at least 1. */
  readonly draws: number;
  /** T, at least 1. */
  readonly thin: number;
}

/** Warmup and sampling together. */
export function totalIterations(grid: Grid): number {
  return grid.warmup + grid.draws * grid.thin;
}

export function phaseOf(grid: Grid, iteration: number): Phase {
  return iteration <= grid.warmup ? 'warmup' : 'sampling';
}

/** Whether transition `iteration` (the first is 1) leaves a record. */
export function isRecord(grid: Grid, iteration: number): boolean {
  const { warmup, checkpointEvery, thin } = grid;
  if (!Number.isInteger(iteration) || iteration < 1 || iteration > totalIterations(grid)) return false;
  if (iteration <= warmup) return iteration === warmup || iteration % checkpointEvery === 0;
  return (iteration - warmup) % thin === 0;
}

/** The first record after `iteration` (0: before the first transition), or null after the last draw. */
export function nextRecordIteration(grid: Grid, iteration: number): number | null {
  const { warmup, checkpointEvery, thin } = grid;
  if (iteration >= totalIterations(grid)) return null;
  if (iteration < warmup) return Math.min(warmup, (Math.floor(iteration / checkpointEvery) + 1) * checkpointEvery);
  return warmup + (Math.floor((iteration - warmup) / thin) + 1) * thin;
}

/** Iterations of the warmup checkpoints, ascending; none without warmup. */
export function checkpointIterations(grid: Grid): number[] {
  const iterations: number[] = [];
  for (let i = grid.checkpointEvery; i < grid.warmup; i += grid.checkpointEvery) iterations.push(i);
  if (grid.warmup > 0) iterations.push(grid.warmup);
  return iterations;
}

/** Draw `index` (0 is the first) is the state after this transition. */
export function drawIteration(grid: Grid, index: number): number {
  return grid.warmup + (index + 1) * grid.thin;
}

/** Draws kept up to and including transition `iteration`. */
export function drawsAt(grid: Grid, iteration: number): number {
  return iteration <= grid.warmup ? 0 : Math.floor((iteration - grid.warmup) / grid.thin);
}
