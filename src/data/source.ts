// Reads one split of a job's data, whatever its format: inputs and targets as their files hold them.
import { isAbsolute, resolve } from 'node:path';
import type { InputSource, Job } from '../job/schema.js';
import { readCsv, type CsvTable } from './csv.js';
import { invalidData, readWholeFile, withFile } from './file.js';
import { readIdx, type PartialTensor } from './idx.js';
import { parseNpy, readNpy } from './npy.js';
import { parseSafetensors } from './safetensors.js';
import { elementCount, firstRows, toNumeric, type NumericTensor } from './tensor.js';
import { openZip } from './zip.js';

type Source = Job['data']['train'];

/** Inputs with the name of their file for messages. */
export interface RawInputs {
  /** [rows, features]. */
  readonly inputs: NumericTensor;
  readonly inputsFile: string;
  /** Names of the inputs, where the format has them. */
  readonly inputNames: readonly string[] | null;
}

/** Inputs and targets of one split. */
export interface RawSplit extends RawInputs {
  /** [rows, columns]. */
  readonly targets: NumericTensor;
  readonly targetsFile: string;
}

/**
 * @param baseDir directory that relative paths start from
 * @throws BasinetError DATA_INVALID where files cannot be read as what the job says, or inputs and targets differ in rows
 */
export async function readSource(source: Source, baseDir: string): Promise<RawSplit> {
  if (source.format === 'csv') {
    const file = locate(source.file, baseDir);
    const table = await readCsv(file, source);
    return { inputs: table.inputs, targets: table.targets, inputsFile: file, targetsFile: file, inputNames: table.inputNames };
  }
  const read = READERS[source.format];
  const inputsFile = locate(source.inputs, baseDir);
  const targetsFile = locate(source.targets, baseDir);
  const inputs = await read(inputsFile, source.limit);
  const targets = await read(targetsFile, source.limit);
  if (inputs.tensor.shape.length === 0 || targets.tensor.shape.length === 0) {
    const file = inputs.tensor.shape.length === 0 ? inputsFile : targetsFile;
    invalidData(file, 'holds a single number, without rows', { remedy: 'Give an array whose first axis counts rows.' });
  }
  if (inputs.totalRows !== targets.totalRows) {
    invalidData(targetsFile, `has ${targets.totalRows} rows and ${inputsFile} has ${inputs.totalRows}`, {
      value: targets.totalRows,
      remedy: 'Give inputs and targets of the same rows.',
    });
  }
  if (inputs.totalRows === 0) invalidData(inputsFile, 'has no rows', { remedy: 'Give a file with rows in it.' });
  return { inputs: toMatrix(inputs, inputsFile), targets: toMatrix(targets, targetsFile), inputsFile, targetsFile, inputNames: null };
}

/**
 * Inputs without targets.
 *
 * @param train - the training rows' source: in a CSV file, columns that are targets there are passed over
 * @param features - inputs of a training row
 * @throws BasinetError DATA_INVALID where the file cannot be read as what `source` says
 */
export async function readInputSource(source: InputSource, baseDir: string, train: Source, features: number): Promise<RawInputs> {
  if (source.format === 'csv') {
    const inputsFile = locate(source.file, baseDir);
    const table = await readCsv(inputsFile, { ...source, targets: [] });
    return { ...(train.format === 'csv' ? withoutTargets(table, train.targets, features) : table), inputsFile };
  }
  const inputsFile = locate(source.inputs, baseDir);
  const inputs = await READERS[source.format](inputsFile, source.limit);
  if (inputs.tensor.shape.length === 0) invalidData(inputsFile, 'holds a single number, without rows', { remedy: 'Give an array whose first axis counts rows.' });
  if (inputs.totalRows === 0) invalidData(inputsFile, 'has no rows', { remedy: 'Give a file with rows in it.' });
  return { inputs: toMatrix(inputs, inputsFile), inputsFile, inputNames: null };
}

/** As it is, where the table does not have the training file's columns, targets among them. */
function withoutTargets({ inputs, inputNames }: CsvTable, targets: readonly (string | number)[], features: number): Pick<RawInputs, 'inputs' | 'inputNames'> {
  const [rows, columns] = inputs.shape as [number, number];
  const dropped = targets.map((target) => (typeof target === 'number' ? (target + columns) % columns : (inputNames ?? []).indexOf(target)));
  if (columns !== features + targets.length || dropped.includes(-1)) return { inputs, inputNames };
  const kept = Array.from({ length: columns }, (_, column) => column).filter((column) => !dropped.includes(column));
  const data = Float64Array.from({ length: rows * kept.length }, (_, i) => inputs.data[Math.floor(i / kept.length) * columns + kept[i % kept.length]!]!);
  return { inputs: { dtype: 'F64', shape: [rows, kept.length], data }, inputNames: inputNames && kept.map((column) => inputNames[column]!) };
}

function locate(file: string, baseDir: string): string {
  return isAbsolute(file) ? file : resolve(baseDir, file);
}

/** [rows, everything else]. */
function toMatrix({ tensor }: PartialTensor, file: string): NumericTensor {
  const columns = elementCount(tensor.shape.slice(1));
  if (columns === 0) invalidData(file, `has shape [${tensor.shape.join(', ')}]: rows without values`, { remedy: 'Give an array with columns.' });
  return { ...toNumeric(tensor), shape: [tensor.shape[0]!, columns] };
}

/** FILE.npy, or FILE.npz#KEY. An archive is told by its first bytes. */
async function readNumpy(path: string, limit = Infinity): Promise<PartialTensor> {
  const { file: name, key } = splitKey(path);
  const bytes = await withFile(name, async (file) => {
    const magic = await file.read(0, 2);
    return magic[0] === 0x50 && magic[1] === 0x4b ? file.read(0, file.size) : null;
  });
  if (bytes === null) {
    if (key !== null) invalidData(name, 'is no .npz archive, so it has no keys', { value: key, remedy: `Leave out #${key}.` });
    return withFile(name, (file) => readNpy(file, limit));
  }
  const archive = openZip(bytes, name);
  const keys = archive.names.filter((entry) => entry.endsWith('.npy')).map((entry) => entry.slice(0, -'.npy'.length));
  if (key === null || !keys.includes(key)) {
    invalidData(name, key === null ? 'is an archive: the key is missing' : `has no array ${key}`, {
      value: key ?? undefined,
      remedy: `Append #KEY with one of ${keys.join(', ')}.`,
    });
  }
  return parseNpy(archive.read(`${key}.npy`), `${name}#${key}`, limit);
}

async function readTensor(path: string, limit = Infinity): Promise<PartialTensor> {
  const { file, key } = splitKey(path);
  const { tensors } = parseSafetensors(await readWholeFile(file), file);
  const tensor = key === null ? undefined : tensors.get(key);
  if (tensor === undefined) {
    invalidData(file, key === null ? 'the name of the tensor is missing' : `has no tensor ${key}`, {
      value: key ?? undefined,
      remedy: `Append #TENSOR with one of ${[...tensors.keys()].join(', ')}.`,
    });
  }
  return { tensor: firstRows(tensor, limit), totalRows: tensor.shape[0] ?? 1 };
}

/** Splits at the last #, so that directories may have one. */
function splitKey(path: string): { file: string; key: string | null } {
  const at = path.lastIndexOf('#');
  return at < 0 ? { file: path, key: null } : { file: path.slice(0, at), key: path.slice(at + 1) };
}

const READERS = { idx: readIdx, npy: readNumpy, safetensors: readTensor } as const;
