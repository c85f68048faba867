// Reads compact posteriors: the one place that takes means, standard deviations and factors out of results and bare files.
import { stat } from 'node:fs/promises';
import { readWholeFile } from '../../data/file.js';
import { readTensors } from '../../data/parameters.js';
import { numericTensors } from '../../data/tensor.js';
import { BasinetError } from '../../errors.js';
import { placeOf, type NamedValues } from '../../network/parameters.js';
import type { Posterior } from '../../posterior/posterior.js';
import { positionOfSaved } from '../../posterior/savedModel.js';
import { readSummary } from '../readSummary.js';
import type { ResultsSummary } from '../summarySchema.js';
import { COMPACT_FORMS, FORM_NAMES, type CompactForm, type CompactFormName } from './forms.js';

/** Tensors by their names in summary.safetensors, or in a file of that kind. */
export interface StatisticsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, NamedValues>;
  /** Null for a bare file. */
  readonly summary: ResultsSummary | null;
}

/** Mean and standard deviation of every element, row-major; finite, std ≥ 0. */
export interface GaussianTensor {
  readonly shape: readonly number[];
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

export interface CompactTensor extends GaussianTensor {
  /** One of the tensor's size for each rank; none where weights are independent. */
  readonly factors: readonly Float32Array[];
}

const GIVE = 'Give the path of a results directory that basinet run has written, or of a safetensors file.';
/** What values must be, and what to do about others. */
interface Requirement {
  readonly holds: (value: number) => boolean;
  readonly remedy: string;
}
const FINITE: Requirement = { holds: Number.isFinite, remedy: 'Give means (and factors) that are all finite.' };
const SPREAD: Requirement = {
  holds: (value) => Number.isFinite(value) && value >= 0,
  remedy: 'Give standard deviations that are finite and not negative; of draws, there must be two or more.',
};
const SAVE = 'Save, for every tensor of the state_dict, its mean as mean/<name> and its standard deviation as std/<name>, of one shape.';

/**
 * A results directory of basinet, or a safetensors (or .npz) file.
 *
 * @throws BasinetError RESULTS_INVALID where there is neither or results are incomplete, DATA_INVALID where a file is damaged
 */
export async function readStatistics(path: string): Promise<StatisticsFile> {
  const found = await stat(path).catch((cause: unknown) => {
    throw invalid(path, `there is no results directory and no file at ${path}`, path, GIVE, cause);
  });
  if (!found.isDirectory()) return { path, summary: null, tensors: numericTensors(readTensors(await readWholeFile(path), path)) };
  const { tensors, summary } = await readSummary(path);
  return { path, tensors, summary };
}

/** The forms of which there is a tensor that no other form has. */
export function formsHeld(names: Iterable<string>): CompactFormName[] {
  const all = [...names];
  return COMPACT_FORMS.filter((form) => {
    const { mean, std, factor } = FORM_NAMES[form];
    return [factor ?? mean, std].some((prefix) => all.some((name) => name.startsWith(prefix)));
  });
}

/**
 * A form by the names of the state_dict, each tensor of any number type rounded to float32. Other tensors of the file are
 * passed over.
 *
 * @throws BasinetError RESULTS_INVALID where the form or one of its tensors is missing, shapes contradict each other, or values
 *   are no means, standard deviations or factors
 */
export function compactTensors(file: Pick<StatisticsFile, 'path' | 'tensors'>, form: CompactFormName): Map<string, CompactTensor> {
  const { mean, std, factor } = FORM_NAMES[form];
  const prefixes = factor === null ? [mean, std] : [factor, mean, std];
  const namesOf = (prefix: string) => [...file.tensors.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  if (namesOf(prefixes[0]!).length === 0) throw missingForm(file, form, prefixes[0]!);
  const names = new Set(prefixes.flatMap(namesOf));
  const tensors = new Map<string, CompactTensor>();
  let rank: number | null = null;
  for (const name of names) {
    const { shape, data } = tensorOf(file, mean, name, FINITE);
    const spread = tensorOf(file, std, name, SPREAD);
    if (shape.join() !== spread.shape.join()) {
      throw invalid(file.path, `${file.path}: ${std.slice(0, -1)} of ${name} is ${show(spread.shape)}, its mean ${show(shape)}`, spread.shape, SAVE);
    }
    const factors = factor === null ? null : tensorOf(file, factor, name, FINITE);
    rank ??= factors?.shape[0] ?? 0;
    if (factors !== null && factors.shape.join() !== [rank, ...shape].join()) {
      throw invalid(file.path, `${file.path}: ${factor}${name} is ${show(factors.shape)}, not ${show([rank, ...shape])}`, factors.shape, 'Save the factors of every tensor as [rank, …shape of the tensor], of one rank.');
    }
    const rows = Array.from({ length: rank }, (_, k) => factors!.data.subarray(k * data.length, (k + 1) * data.length));
    tensors.set(name, { shape, mean: data, std: spread.data, factors: rows });
  }
  return tensors;
}

/**
 * A form as positions are laid out. Layers may have names of their own.
 *
 * @throws BasinetError as `compactTensors`; NETWORK_MISMATCH where the tensors are of another network
 */
export function readForm(posterior: Pick<Posterior, 'network' | 'tensors'>, file: Pick<StatisticsFile, 'path' | 'tensors'>, name: CompactFormName): CompactForm {
  const tensors = [...compactTensors(file, name)];
  const flat = (what: string, of: (tensor: CompactTensor) => Float32Array) =>
    positionOfSaved(posterior, new Map(tensors.map(([key, tensor]) => [key, { shape: tensor.shape, data: of(tensor) }])), `${file.path} (${what})`).position;
  const rank = tensors[0]![1].factors.length;
  return {
    name,
    mean: flat('mean', ({ mean }) => mean),
    std: flat('std', ({ std }) => std),
    factors: Array.from({ length: rank }, (_, k) => flat(`factor ${k}`, ({ factors }) => factors[k]!)),
  };
}

/**
 * The means of a form alone, which need no standard deviations: those of a single draw are not numbers.
 *
 * @throws BasinetError as `readForm`
 */
export function readFormMean(posterior: Pick<Posterior, 'network' | 'tensors'>, file: Pick<StatisticsFile, 'path' | 'tensors'>, form: CompactFormName): Float32Array {
  const { mean: prefix } = FORM_NAMES[form];
  const names = [...file.tensors.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  if (names.length === 0) throw missingForm(file, form, prefix);
  return positionOfSaved(posterior, new Map(names.map((name) => [name, tensorOf(file, prefix, name, FINITE)])), `${file.path} (mean)`).position;
}

function tensorOf({ path, tensors }: Pick<StatisticsFile, 'path' | 'tensors'>, prefix: string, name: string, { holds, remedy }: Requirement): { shape: readonly number[]; data: Float32Array } {
  const key = `${prefix}${name}`;
  const found = tensors.get(key);
  if (found === undefined) throw invalid(path, `${path} holds no tensor ${key}`, key, SAVE);
  const data = Float32Array.from(found.data);
  const bad = data.findIndex((value) => !holds(value));
  if (bad < 0) return { shape: found.shape, data };
  throw invalid(path, `${path}: ${key}${placeOf(bad, found.shape)} is ${data[bad]}`, data[bad], remedy);
}

function missingForm({ path, tensors }: Pick<StatisticsFile, 'path' | 'tensors'>, form: CompactFormName, prefix: string): BasinetError {
  const held = formsHeld(tensors.keys()).filter((other) => other !== form);
  const names = [...tensors.keys()];
  const instead = held.length > 0 ? `only ${held.join(', ')}` : names.length === 0 ? 'but nothing' : `but ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  const remedy = held.length > 0 ? `Choose one of ${held.join(', ')}, or sample again with ${FORM_NAMES[form].setting} set in the job.` : SAVE;
  return invalid(path, `${path} holds no tensor ${prefix}<name>, ${instead}`, held.length > 0 ? form : names, remedy);
}

const show = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function invalid(path: string, message: string, value: unknown, remedy: string, cause?: unknown): BasinetError {
  return new BasinetError('RESULTS_INVALID', message, { path, value, remedy, ...(cause === undefined ? {} : { cause }) });
}
