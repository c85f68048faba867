// Checks that a record can be what a chain of these settings left behind.
import { BasinetError } from '../errors.js';
import type { AdaptationState } from './adaptation/adaptation.js';
import type { ChainRecord } from './chain.js';
import { isRecord, phaseOf, type Grid } from './grid.js';
import { adaptationWindows } from './adaptation/windows.js';
import { allFinite } from './potential.js';
import type { InferenceSettings } from './settings.js';

const REMEDY = 'Resume with the job that the chain was started with.';

function invalid(path: string, value: unknown, message: string): BasinetError {
  return new BasinetError('STATE_INVALID', message, { path, value, remedy: REMEDY });
}

/** Returns the adaptation to go on with. Throws STATE_INVALID, naming the field. */
export function validateRecord(
  record: ChainRecord,
  adaptation: AdaptationState | null,
  settings: InferenceSettings,
  grid: Grid,
  dimension: number,
): AdaptationState {
  const { iteration, phase, position } = record;
  if (!isRecord(grid, iteration)) throw invalid('iteration', iteration, `iteration ${iteration} is not on the chain's grid`);
  if (phase !== phaseOf(grid, iteration)) throw invalid('phase', phase, `iteration ${iteration} does not belong to ${phase}`);
  if (position.length !== dimension) {
    throw invalid('position', position.length, `the position has ${position.length} elements; the posterior has ${dimension}`);
  }
  if (!allFinite(position)) throw invalid('position', null, `the position of iteration ${iteration} is not finite`);
  if (adaptation === null) throw invalid('adaptation', null, `iteration ${iteration} has no adaptation to go on with`);

  const { stepSize, inverseMassMatrix, window } = adaptation;
  if (!(stepSize > 0 && Number.isFinite(stepSize))) {
    throw invalid('adaptation.stepSize', stepSize, `the step size is ${stepSize}`);
  }
  const lengths = { inverseMassMatrix: inverseMassMatrix?.length, windowMean: window?.mean.length, windowSumSquares: window?.sumSquares.length };
  for (const [name, length] of Object.entries(lengths)) {
    if (length !== undefined && length !== dimension) {
      throw invalid(`adaptation.${name}`, length, `${name} has ${length} elements; the posterior has ${dimension}`);
    }
  }
  if (inverseMassMatrix?.some((v) => !(v > 0 && Number.isFinite(v))) === true) {
    throw invalid('adaptation.inverseMassMatrix', null, 'the inverse mass matrix is not positive');
  }
  const gathered = window?.count ?? 0;
  const expected = phase === 'warmup' ? positionsInWindow(settings, iteration) : 0;
  if (gathered !== expected) {
    throw invalid('adaptation.window', gathered, `the window holds ${gathered} positions; at iteration ${iteration} it must hold ${expected}`);
  }
  return adaptation;
}

/** Positions in the open window after transition `iteration`: none once it has closed. */
function positionsInWindow(settings: InferenceSettings, iteration: number): number {
  if (settings.massMatrix === 'identity') return 0;
  const open = adaptationWindows(settings.warmup).find(({ first, last }) => first <= iteration && iteration < last);
  return open === undefined ? 0 : iteration - open.first + 1;
}
