// Predictions of classes: softmax, and how good and how calibrated probabilities are. All in float64.
import { BasinetError } from '../errors.js';

/** Bins of the calibration error. */
export const CALIBRATION_BINS = 15;

/** One bin of a reliability diagram: confidence (the largest probability) in (lower, upper]. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
  /** Mean confidence and share of right predictions in the bin; NaN where it is empty. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface ClassificationMetrics {
  readonly rows: number;
  /** Share of rows whose most probable class (the lowest among equals) is the target. */
  readonly accuracy: number;
  /** Mean of −ln p(target), in nats. */
  readonly nll: number;
  /** Mean of Σ_c (p_c − [c = target])², between 0 and 2. */
  readonly brier: number;
  /** Expected calibration error: Σ_bins share · |accuracy − confidence|, over CALIBRATION_BINS bins of equal width. */
  readonly calibrationError: number;
  /** Mean entropy of the probabilities, in nats. */
  readonly entropy: number;
  readonly reliability: readonly ReliabilityBin[];
}

/**
 * Probabilities from logits, row by row: exp(z − max z) / Σ.
 *
 * @param logits - [rows, classes]
 * @param out - [rows, classes]; a new array by default
 */
export function softmax(logits: Float32Array | Float64Array, classes: number, out = new Float64Array(logits.length)): Float64Array {
  const rows = requireRows(logits.length, classes, 'logits');
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[from + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const e = Math.exp(logits[from + c]! - largest);
      out[from + c] = e;
      sum += e;
    }
    for (let c = 0; c < classes; c++) out[from + c]! /= sum;
  }
  return out;
}

/**
 * Mean −ln p(target) of one draw, in nats, from its logits: ln Σ exp(z) − z_target, finite where p underflows.
 *
 * @param logits - [rows, classes]
 * @param targets - [rows], class indices
 */
export function logitsNll(logits: Float32Array | Float64Array, targets: Int32Array, classes: number): number {
  const rows = requireTargets(logits.length, targets, classes, 'logits');
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[from + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[from + c]! - largest);
    total += Math.log(sum) + largest - logits[from + targets[row]!]!;
  }
  return total / rows;
}

/**
 * Everything about probabilities against known classes.
 *
 * @param probabilities - [rows, classes]: of one draw, or their mean over draws (the predictive)
 * @param targets - [rows], class indices
 * @throws BasinetError ARGUMENT_INVALID where lengths differ or a target is no class
 */
export function classificationMetrics(probabilities: Float64Array, targets: Int32Array, classes: number): ClassificationMetrics {
  const rows = requireTargets(probabilities.length, targets, classes, 'probabilities');
  const binRows = new Float64Array(CALIBRATION_BINS);
  const binConfidence = new Float64Array(CALIBRATION_BINS);
  const binRight = new Float64Array(CALIBRATION_BINS);
  let right = 0;
  let nll = 0;
  let brier = 0;
  let totalEntropy = 0;
  for (let row = 0; row < rows; row++) {
    const p = probabilities.subarray(row * classes, (row + 1) * classes);
    const target = targets[row]!;
    const predicted = mostProbable(p);
    const confidence = p[predicted]!;
    const bin = Math.min(CALIBRATION_BINS - 1, Math.max(0, Math.ceil(confidence * CALIBRATION_BINS) - 1));
    binRows[bin]!++;
    binConfidence[bin]! += confidence;
    if (predicted === target) {
      right++;
      binRight[bin]!++;
    }
    nll -= Math.log(p[target]!);
    for (let c = 0; c < classes; c++) brier += (p[c]! - (c === target ? 1 : 0)) ** 2;
    totalEntropy += entropy(p);
  }
  let calibrationError = 0;
  for (let bin = 0; bin < CALIBRATION_BINS; bin++) calibrationError += Math.abs(binRight[bin]! - binConfidence[bin]!) / rows;
  const reliability = Array.from(binRows, (count, bin): ReliabilityBin => ({
    lower: bin / CALIBRATION_BINS,
    upper: (bin + 1) / CALIBRATION_BINS,
    rows: count,
    confidence: binConfidence[bin]! / count,
    accuracy: binRight[bin]! / count,
  }));
  return {
    rows,
    accuracy: right / rows,
    nll: nll / rows,
    brier: brier / rows,
    calibrationError: rows === 0 ? NaN : calibrationError,
    entropy: totalEntropy / rows,
    reliability,
  };
}

/** Class of the largest probability, the lowest among equals. */
export function mostProbable(probabilities: Float64Array | Float32Array): number {
  let best = 0;
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
  return best;
}

/** −Σ p ln p in nats, with 0 ln 0 = 0. */
export function entropy(probabilities: Float64Array): number {
  let sum = 0;
  for (const p of probabilities) if (p !== 0) sum -= p * Math.log(p);
  return sum;
}

function requireRows(length: number, classes: number, path: string): number {
  if (Number.isSafeInteger(classes) && classes > 0 && length % classes === 0) return length / classes;
  throw new BasinetError('ARGUMENT_INVALID', `${length} values are not whole rows of ${classes} classes`, {
    path,
    value: length,
    remedy: 'Give a row-major [rows, classes] array.',
  });
}

function requireTargets(length: number, targets: Int32Array, classes: number, path: string): number {
  const rows = requireRows(length, classes, path);
  if (targets.length !== rows) {
    throw new BasinetError('ARGUMENT_INVALID', `${rows} rows need as many targets, not ${targets.length}`, {
      path: 'targets',
      value: targets.length,
      remedy: 'Give one class per row.',
    });
  }
  const bad = targets.findIndex((target) => target < 0 || target >= classes);
  if (bad < 0) return rows;
  throw new BasinetError('ARGUMENT_INVALID', `target ${bad} is ${targets[bad]}, which is none of ${classes} classes`, {
    path: `targets[${bad}]`,
    value: targets[bad],
    remedy: `Give classes from 0 to ${classes - 1}.`,
  });
}
