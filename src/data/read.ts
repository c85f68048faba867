// Reads a job's data: files to checked raw tensors with their scaling, and those to normalised rows.
import { resolve } from 'node:path';
import type { Dataset } from '../engine/engine.js';
import { checkJobAgainstData, modelOf } from '../job/plan.js';
import type { InputSource, Job } from '../job/schema.js';
import type { DataShape, JobData, NamedInputs, Scaling } from './dataset.js';
import { invalidData } from './file.js';
import { readFittingNetwork } from './fittingNetwork.js';
import { countClasses, labelsOf } from './labels.js';
import { IDENTITY_SCALING, applyScaling, constantScaling, standardization } from './scaling.js';
import { readInputSource, readSource, type RawInputs, type RawSplit } from './source.js';
import type { NumericTensor } from './tensor.js';

export type { DataShape, JobData, Scaling } from './dataset.js';

/** Rows as their files hold them: [rows, features], and labels I32 [rows, 1] or reals [rows, outputs]. */
export interface RawRows {
  readonly inputs: NumericTensor;
  readonly targets: NumericTensor;
}

export interface RawNamedInputs {
  readonly name: string;
  readonly inputs: NumericTensor;
}

/** A job's data as they travel: element types as in the files, scaling beside them, everything checked. */
export interface RawData {
  readonly train: RawRows;
  readonly test: RawRows | null;
  /** [rows, features] each. */
  readonly outOfDistribution: readonly RawNamedInputs[];
  readonly targetKind: 'class' | 'real';
  /** Classes, or target columns. */
  readonly outputs: number;
  readonly inputScaling: Scaling;
  readonly targetScaling: Scaling;
  /** The position in the file that the job's draws are aligned to; absent where they are aligned to something else. */
  readonly reference?: Float32Array;
  readonly notes: readonly string[];
}

/**
 * Reads, checks and normalises.
 *
 * @param baseDir directory of the job file, from which relative paths start
 * @throws BasinetError DATA_INVALID with file, row and column
 */
export async function readJobData(job: Job, baseDir: string): Promise<JobData> {
  return normalizeData(await readRawData(job, baseDir));
}

/** Reads and checks; `packJobData` makes it into what is uploaded. Throws as `readJobData`. */
export async function readRawData(job: Job, baseDir: string): Promise<RawData> {
  const train = await readSource(job.data.train, baseDir);
  const test = job.data.test ? await readSource(job.data.test, baseDir) : null;
  if (test) checkSameColumns(train, test);
  const kind = job.likelihood.kind === 'categorical' ? 'class' : 'real';
  const notes: string[] = [];
  const inputScaling = scalingOf(train.inputs, job.data.inputs, (n) => notes.push(`${n} of ${train.inputs.shape[1]} inputs do not vary in the training rows; they become 0`));
  let outputs = train.targets.shape[1]!;
  let rows: [RawRows, RawRows | null] = [train, test];
  if (kind === 'class') {
    const declared = job.data.targets.classes ?? null;
    const labels = labelsOf(train, declared);
    outputs = declared ?? countClasses(train, labels);
    rows = [withLabels(train, labels), test && withLabels(test, labelsOf(test, outputs))];
  }
  const targetScaling = kind === 'class' ? IDENTITY_SCALING : scalingOf(train.targets, job.data.targets, (n) => notes.push(`${n} of ${outputs} targets do not vary in the training rows`));
  for (const [split, { inputs, targets }] of [[train, rows[0]], ...(test ? [[test, rows[1]!] as const] : [])] as const) {
    checkFinite(inputs, inputScaling, split, split.inputsFile);
    checkFinite(targets, targetScaling, null, split.targetsFile);
  }
  const outOfDistribution: RawNamedInputs[] = [];
  for (const source of job.data.outOfDistribution) outOfDistribution.push(await readRawInputs(source, baseDir, { job, scaling: inputScaling, train }));
  const raw: RawData = { train: plain(rows[0]), test: rows[1] && plain(rows[1]), outOfDistribution, targetKind: kind, outputs, inputScaling, targetScaling, notes };
  checkJobAgainstData(job, shapeOf(raw));
  const { reference } = job.rebasin;
  if (typeof reference === 'string') return raw;
  const { position } = await readFittingNetwork(modelOf(job, shapeOf(raw)).posterior, resolve(baseDir, reference.file));
  return { ...raw, reference: position };
}

interface TrainingInputs {
  readonly job: Pick<Job, 'data'>;
  readonly scaling: Scaling;
  readonly train: Pick<RawInputs, 'inputs' | 'inputNames'>;
}

async function readRawInputs(source: InputSource, baseDir: string, { job, scaling, train }: TrainingInputs): Promise<RawNamedInputs> {
  const found = await readInputSource(source, baseDir, job.data.train, train.inputs.shape[1]!);
  checkSameInputs(train, found);
  checkFinite(found.inputs, scaling, found, found.inputsFile);
  return { name: source.name, inputs: found.inputs };
}

/**
 * Inputs from any file, scaled as the job's training rows.
 *
 * @param baseDir directory that relative paths start from
 * @throws BasinetError DATA_INVALID where the file cannot be read as what `source` says, has other columns than the training
 *   rows, or values that are not finite
 */
export async function readInputs(source: InputSource, baseDir: string, job: Pick<Job, 'data'>, { shape, inputScaling }: Pick<JobData, 'shape' | 'inputScaling'>): Promise<NamedInputs> {
  const train = { inputs: { dtype: 'F32', shape: [0, shape.features], data: new Float32Array() } as const, inputNames: null };
  return scaledInputs(await readRawInputs(source, baseDir, { job, scaling: inputScaling, train }), inputScaling, false);
}

function scaledInputs({ name, inputs }: RawNamedInputs, scaling: Scaling, shared: boolean): NamedInputs {
  const scaled = floats(inputs.data.length, shared);
  applyScaling(inputs, scaling, scaled);
  return { name, rows: inputs.shape[0]!, inputs: scaled };
}

/** What a network must know of these data. */
export function shapeOf({ train, test, targetKind, outputs }: RawData): DataShape {
  const [trainRows, features] = train.inputs.shape as [number, number];
  return { features, outputs, trainRows, testRows: test?.inputs.shape[0] ?? 0, targetKind };
}

const plain = ({ inputs, targets }: RawRows): RawRows => ({ inputs, targets });

function withLabels({ inputs }: RawSplit, labels: Int32Array): RawRows {
  return { inputs, targets: { dtype: 'I32', shape: [labels.length, 1], data: labels } };
}

function scalingOf(
  tensor: NumericTensor,
  settings: { readonly scale?: number | undefined; readonly standardize: boolean },
  onConstant: (count: number) => void,
): Scaling {
  if (settings.scale !== undefined) return constantScaling(tensor.shape[1]!, settings.scale);
  if (!settings.standardize) return IDENTITY_SCALING;
  const { scaling, constant } = standardization(tensor);
  if (constant.length > 0) onConstant(constant.length);
  return scaling;
}

function checkSameColumns(train: RawSplit, test: RawSplit): void {
  checkColumnCount('inputs', train.inputs, test.inputs, test.inputsFile);
  checkColumnCount('targets', train.targets, test.targets, test.targetsFile);
  checkSameInputs(train, test);
}

function checkColumnCount(what: 'inputs' | 'targets', train: NumericTensor, other: NumericTensor, file: string): void {
  const [expected, found] = [train.shape[1], other.shape[1]];
  if (expected === found) return;
  invalidData(file, `has ${found} ${what} per row and the training data have ${expected}`, { value: found, remedy: 'Give rows of the columns that the training rows have.' });
}

function checkSameInputs(train: Pick<RawInputs, 'inputs' | 'inputNames'>, test: RawInputs): void {
  checkColumnCount('inputs', train.inputs, test.inputs, test.inputsFile);
  const names = train.inputNames;
  const column = test.inputNames && names ? names.findIndex((name, i) => name !== test.inputNames![i]) : -1;
  if (column >= 0) {
    invalidData(test.inputsFile, `its input column ${column} is ${test.inputNames![column]}, in the training data ${names![column]}`, {
      value: test.inputNames![column],
      remedy: 'Give both files the same columns in the same order.',
    });
  }
}

/** NaN and infinities, also those that only arise in float32. */
function checkFinite(tensor: NumericTensor, { mean, std }: Scaling, split: RawInputs | null, file: string): void {
  // Integers of at most 32 bits are finite, and a standardised one cannot leave float32; a small scale can.
  const floats = tensor.dtype === 'F32' || tensor.dtype === 'F64';
  if (!floats && (std === null || std.every((value) => value >= 1e-20))) return;
  const columns = tensor.shape[1]!;
  for (let i = 0; i < tensor.data.length; i++) {
    const value = tensor.data[i]!;
    const column = i % columns;
    const scaled = (value - (mean ? mean[column]! : 0)) / (std ? std[column]! : 1);
    if (Number.isFinite(Math.fround(scaled))) continue;
    const name = split?.inputNames?.[column];
    invalidData(file, Number.isFinite(value) ? `${value} is too large for float32 after scaling` : `${value} is not a finite number`, {
      place: { row: Math.floor(i / columns), column: name === undefined ? column : `${column} (${name})` },
      value,
      remedy: 'Replace or remove the value.',
    });
  }
}

/**
 * Rows ready for an engine: inputs (and real targets) scaled in float64 and rounded to float32 once.
 *
 * @param options shared: put them on SharedArrayBuffers, so that worker threads share one copy
 */
export function normalizeData(raw: RawData, options: { readonly shared?: boolean } = {}): JobData {
  const shared = options.shared ?? false;
  const dataset = ({ inputs, targets }: RawRows): Dataset => {
    const [rows, features] = inputs.shape as [number, number];
    const scaled = floats(inputs.data.length, shared);
    applyScaling(inputs, raw.inputScaling, scaled);
    if (raw.targetKind === 'class') {
      const labels = new Int32Array(shared ? new SharedArrayBuffer(4 * rows) : new ArrayBuffer(4 * rows));
      labels.set(targets.data);
      return { rows, features, inputs: scaled, targets: labels };
    }
    const reals = floats(targets.data.length, shared);
    applyScaling(targets, raw.targetScaling, reals);
    return { rows, features, inputs: scaled, targets: reals };
  };
  const train = dataset(raw.train);
  const test = raw.test && dataset(raw.test);
  return {
    train,
    test,
    outOfDistribution: raw.outOfDistribution.map((inputs) => scaledInputs(inputs, raw.inputScaling, shared)),
    shape: shapeOf(raw),
    inputScaling: raw.inputScaling,
    targetScaling: raw.targetScaling,
    ...(raw.reference && { reference: raw.reference }),
    notes: raw.notes,
  };
}

function floats(length: number, shared: boolean): Float32Array {
  return shared ? new Float32Array(new SharedArrayBuffer(4 * length)) : new Float32Array(length);
}
