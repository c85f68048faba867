// A chain's grid of iterations: at which of them it leaves a record. Pure functions of the settings.
//
// With W warmup iterations, a checkpoint every c of them, and N draws every T iterations: warmup checkpoints lie at
// iterations c, 2c, … below W and at W; draws at W + T, W + 2T, …, W + N·T. Where draws come in cycles of D, each cycle
// begins with E iterations of exploration more, so that draw i (from 0) lies at W + (⌊i/D⌋ + 1)·E + (i + 1)·T.
import type { Phase } from './chain.js';
import type { InferenceSettings } from './settings.js';

export interface Grid {
  /** W, at least 0. */
  readonly warmup: number;
  /** c, at least 1. */
  readonly checkpointEvery: number;
  /** N, at least 1. */
  readonly draws: number;
  /** T, at least 1. */
  readonly thin: number;
  /** E, at least 0, and D, a divisor of N; left out, draws come in one cycle without exploration. */
  readonly cycle?: { readonly exploration: number; readonly draws: number };
}

/**
 * What an iteration is depends on the method: a transition of HMC, a step of SGLD and SGHMC; of a fit, an epoch, and after the
 * last epoch one draw of what was fitted.
 *
 * @param checkpointEvery iterations between warmup checkpoints; of SGLD and SGHMC, whose steps are small, this times `thin`
 */
export function gridOf(settings: InferenceSettings, checkpointEvery: number): Grid {
  switch (settings.method) {
    case 'hmc': {
      const { warmup, draws, thin } = settings;
      return { warmup, checkpointEvery, draws, thin };
    }
    case 'sgld':
    case 'sghmc': {
      const { warmup, draws, thin, schedule } = settings;
      const grid = { warmup, checkpointEvery: checkpointEvery * thin, draws, thin };
      if (schedule.kind === 'constant') return grid;
      const drawsPerCycle = draws / schedule.cycles;
      const exploration = Math.round((drawsPerCycle * thin * schedule.exploration) / (1 - schedule.exploration));
      return { ...grid, cycle: { exploration, draws: drawsPerCycle } };
    }
    case 'map':
      return { warmup: settings.epochs, checkpointEvery, draws: 1, thin: 1 };
    case 'vi':
      return { warmup: settings.epochs, checkpointEvery, draws: settings.draws, thin: 1 };
  }
}

/** Warmup and sampling together. */
export function totalIterations(grid: Grid): number {
  return drawIteration(grid, grid.draws - 1);
}

export function phaseOf(grid: Grid, iteration: number): Phase {
  return iteration <= grid.warmup ? 'warmup' : 'sampling';
}

/** Whether `iteration` (the first is 1) leaves a record. */
export function isRecord(grid: Grid, iteration: number): boolean {
  const { warmup, checkpointEvery } = grid;
  if (!Number.isInteger(iteration) || iteration < 1 || iteration > totalIterations(grid)) return false;
  if (iteration <= warmup) return iteration === warmup || iteration % checkpointEvery === 0;
  return drawsAt(grid, iteration) > drawsAt(grid, iteration - 1);
}

/** The first record after `iteration` (0: before the first), or null after the last draw. */
export function nextRecordIteration(grid: Grid, iteration: number): number | null {
  const { warmup, checkpointEvery } = grid;
  if (iteration >= totalIterations(grid)) return null;
  if (iteration < warmup) return Math.min(warmup, (Math.floor(iteration / checkpointEvery) + 1) * checkpointEvery);
  return drawIteration(grid, drawsAt(grid, iteration));
}

/** Iterations of the warmup checkpoints, ascending; none without warmup. */
export function checkpointIterations(grid: Grid): number[] {
  const iterations: number[] = [];
  for (let i = grid.checkpointEvery; i < grid.warmup; i += grid.checkpointEvery) iterations.push(i);
  if (grid.warmup > 0) iterations.push(grid.warmup);
  return iterations;
}

/** Draw `index` (0 is the first) is the state after this iteration. */
export function drawIteration(grid: Grid, index: number): number {
  const { exploration, draws } = cycleOf(grid);
  return grid.warmup + (Math.floor(index / draws) + 1) * exploration + (index + 1) * grid.thin;
}

/** Draws kept up to and including `iteration`. */
export function drawsAt(grid: Grid, iteration: number): number {
  if (iteration <= grid.warmup) return 0;
  const { exploration, draws, length } = cycleOf(grid);
  const sampled = iteration - grid.warmup;
  const cycle = Math.floor(sampled / length);
  return cycle * draws + Math.max(0, Math.floor((sampled - cycle * length - exploration) / grid.thin));
}

/** Iterations of exploration and draws of one cycle, and how many iterations it has in all. */
export function cycleOf({ cycle, draws, thin }: Grid): { readonly exploration: number; readonly draws: number; readonly length: number } {
  if (cycle === undefined) return { exploration: 0, draws, length: draws * thin };
  return { ...cycle, length: cycle.exploration + cycle.draws * thin };
}
