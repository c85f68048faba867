// Checks that a record can be what a chain of these settings left behind.
import { BasinetError } from '../errors.js';
import type { AdaptationState } from './adaptation/adaptation.js';
import type { CarriedState, ChainRecord, KernelState } from './chain.js';
import { isRecord, phaseOf, type Grid } from './grid.js';
import { adaptationWindows } from './adaptation/windows.js';
import { allFinite } from './potential.js';
import type { HmcSettings } from './settings.js';

const REMEDY = 'Resume with the job that the chain was started with.';

function invalid(path: string, value: unknown, message: string): BasinetError {
  return new BasinetError('STATE_INVALID', message, { path, value, remedy: REMEDY });
}

/** Whether the record is one of the chain's grid, with a position of its posterior. Throws STATE_INVALID, naming the field. */
export function validateRecord(record: ChainRecord, grid: Grid, dimension: number): void {
  const { iteration, phase, position } = record;
  if (!isRecord(grid, iteration)) throw invalid('iteration', iteration, `iteration ${iteration} is not on the chain's grid`);
  if (phase !== phaseOf(grid, iteration)) throw invalid('phase', phase, `iteration ${iteration} does not belong to ${phase}`);
  if (position.length !== dimension) {
    throw invalid('position', position.length, `the position has ${position.length} elements; the posterior has ${dimension}`);
  }
  if (!allFinite(position)) throw invalid('position', null, `the position of iteration ${iteration} is not finite`);
}

/** Between device classes energies differ in their last bits; more than that is another posterior or other data. */
const ENERGY_TOLERANCE = 1e-3;

/** Throws STATE_INVALID where the record's potential energy is not `energy`, which its position has here. */
export function validateEnergy(record: ChainRecord, energy: number): void {
  const recorded = record.info.potentialEnergy;
  if (Math.abs(energy - recorded) <= ENERGY_TOLERANCE * Math.max(1, Math.abs(recorded))) return;
  throw new BasinetError('STATE_INVALID', `the potential energy of record ${record.iteration} is ${energy}, but ${recorded} was recorded`, {
    path: 'info.potentialEnergy',
    value: recorded,
    remedy: 'Resume with the job and the data that the chain was started with.',
  });
}

/** Returns the adaptation that an HMC chain goes on with from a record. Throws STATE_INVALID, naming the field. */
export function validateAdaptation(
  { iteration, phase }: ChainRecord,
  carried: CarriedState | null,
  settings: HmcSettings,
  dimension: number,
): AdaptationState {
  if (carried === null || 'arrays' in carried) throw invalid('adaptation', null, `iteration ${iteration} has no adaptation to go on with`);

  const { stepSize, inverseMassMatrix, window } = carried;
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
  return carried;
}

/** Positions in the open window after transition `iteration`: none once it has closed. */
function positionsInWindow(settings: HmcSettings, iteration: number): number {
  if (settings.massMatrix === 'identity') return 0;
  const open = adaptationWindows(settings.warmup).find(({ first, last }) => first <= iteration && iteration < last);
  return open === undefined ? 0 : iteration - open.first + 1;
}

/** The arrays of a kernel's state that a method goes on with, by their names, each [dimension]; and its scalars. */
export interface ValidKernelState {
  /** Throws STATE_INVALID unless it is there, a float32 array of the dimension. */
  float32(name: string): Float32Array;
  /** As `float32`, of float64. */
  float64(name: string): Float64Array;
  /** Throws STATE_INVALID unless it is there and finite. */
  scalar(name: string): number;
  has(name: string): boolean;
}

/** Reads what a record carries as the state of a kernel; arrays are copies. Throws STATE_INVALID where it carries none. */
export function validateKernel({ iteration }: ChainRecord, carried: CarriedState | null, dimension: number): ValidKernelState {
  if (carried === null || !('arrays' in carried)) throw invalid('kernel', null, `iteration ${iteration} has no state of its method to go on with`);
  const { arrays, scalars }: KernelState = carried;
  function array<T extends Float32Array | Float64Array>(name: string, type: new (length: number) => T): T {
    const found = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    if (!(found instanceof type)) throw invalid(`kernel.${name}`, null, `iteration ${iteration} has no ${name} to go on with`);
    if (found.length !== dimension) throw invalid(`kernel.${name}`, found.length, `${name} has ${found.length} elements; the posterior has ${dimension}`);
    return found.slice() as T;
  }
  return {
    float32: (name) => array(name, Float32Array),
    float64: (name) => array(name, Float64Array),
    scalar(name) {
      const value = Object.hasOwn(scalars, name) ? scalars[name] : undefined;
      if (value === undefined || !Number.isFinite(value)) throw invalid(`kernel.${name}`, value, `${name} of iteration ${iteration} is ${value}`);
      return value;
    },
    has: (name) => Object.hasOwn(arrays, name) || Object.hasOwn(scalars, name),
  };
}
