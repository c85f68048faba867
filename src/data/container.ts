// The data set as it travels: one canonical safetensors file, named by its hash.
import { createHash } from 'node:crypto';
import { BasinetError } from '../errors.js';
import type { Job } from '../job/schema.js';
import type { JobData, Scaling } from './dataset.js';
import { normalizeData, type RawData, type RawNamedInputs, type RawRows } from './read.js';
import { parseSafetensors, writeSafetensors } from './safetensors.js';
import { toNumeric, type NumericTensor, type Tensor } from './tensor.js';

/** Changes when bytes of the same data would change. */
const FORMAT = 'basinet-data/1';

export interface PackedData {
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, hexadecimal. Equal data under equal settings have equal hashes. */
  readonly hash: string;
}

/**
 * Tensors `train.inputs`, `train.targets`, `test.…`, `outOfDistribution.<number>.<name>`, with the element types of the files
 * (images stay uint8), and the scaling `inputs.mean`, `inputs.std`, `targets.…` in float64; `reference` where draws are aligned
 * to a file.
 */
export function packJobData(raw: RawData): PackedData {
  const tensors = new Map<string, Tensor>();
  for (const [split, rows] of [['train', raw.train], ['test', raw.test]] as const) {
    if (!rows) continue;
    tensors.set(`${split}.inputs`, rows.inputs);
    tensors.set(`${split}.targets`, rows.targets);
  }
  for (const [i, { name, inputs }] of raw.outOfDistribution.entries()) tensors.set(`outOfDistribution.${i}.${name}`, inputs);
  for (const [name, scaling] of [['inputs', raw.inputScaling], ['targets', raw.targetScaling]] as const) {
    for (const part of ['mean', 'std'] as const) {
      const data = scaling[part];
      if (data) tensors.set(`${name}.${part}`, { dtype: 'F64', shape: [data.length], data });
    }
  }
  if (raw.reference) tensors.set('reference', { dtype: 'F32', shape: [raw.reference.length], data: raw.reference });
  const bytes = writeSafetensors(tensors, {
    format: FORMAT,
    targetKind: raw.targetKind,
    outputs: String(raw.outputs),
    notes: raw.notes.join('\n'),
  });
  return { bytes, hash: hashOf(bytes) };
}

/** SHA-256, hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The job's data out of a container, bit-identical to what `readJobData` gave where it was packed.
 *
 * @param options shared: put rows on SharedArrayBuffers
 * @throws BasinetError DATA_INVALID where the bytes are no container of this format, or not of this job
 */
export function unpackJobData(bytes: Uint8Array, job: Pick<Job, 'likelihood'>, options: { readonly shared?: boolean } = {}): JobData {
  const raw = unpackRaw(bytes);
  const wanted = job.likelihood.kind === 'categorical' ? 'class' : 'real';
  if (raw.targetKind !== wanted) {
    invalid(`its targets are of kind ${raw.targetKind}; a ${job.likelihood.kind} likelihood needs ${wanted}`);
  }
  return normalizeData(raw, options);
}

function unpackRaw(bytes: Uint8Array): RawData {
  const { tensors, metadata } = parseSafetensors(bytes, 'data container');
  const { format, targetKind } = metadata;
  if (format !== FORMAT) invalid(`its format is ${String(format)}; this version reads ${FORMAT}`);
  if (targetKind !== 'class' && targetKind !== 'real') invalid('it does not say what its targets are');
  const outputs = Number(metadata.outputs);
  if (!Number.isSafeInteger(outputs) || outputs < 1) invalid('it does not say how many outputs there are');
  const scaling = (name: string): Scaling => {
    const part = (which: string) => {
      const tensor = tensors.get(`${name}.${which}`);
      return tensor?.dtype === 'F64' ? tensor.data : null;
    };
    return { mean: part('mean'), std: part('std') };
  };
  const reference = tensors.get('reference');
  return {
    train: rowsOf(tensors, 'train') ?? invalid('it has no training rows'),
    test: rowsOf(tensors, 'test'),
    outOfDistribution: elsewhere(tensors),
    targetKind,
    outputs,
    inputScaling: scaling('inputs'),
    targetScaling: scaling('targets'),
    ...(reference?.dtype === 'F32' && { reference: reference.data }),
    notes: (metadata.notes ?? '').split('\n').filter((note) => note !== ''),
  };
}

function rowsOf(tensors: ReadonlyMap<string, Tensor>, split: string): RawRows | null {
  const inputs = matrix(tensors.get(`${split}.inputs`));
  const targets = matrix(tensors.get(`${split}.targets`));
  return inputs && targets && inputs.shape[0] === targets.shape[0] ? { inputs, targets } : null;
}

/** In the order of the job file. */
function elsewhere(tensors: ReadonlyMap<string, Tensor>): RawNamedInputs[] {
  const found: RawNamedInputs[] = [];
  for (const [key, tensor] of tensors) {
    const [, number, name] = /^outOfDistribution\.(\d+)\.(.+)$/.exec(key) ?? [];
    if (number !== undefined) found[Number(number)] = { name: name!, inputs: matrix(tensor) ?? invalid(`${key} is no matrix`) };
  }
  return found;
}

const matrix = (tensor: Tensor | undefined): NumericTensor | null => (tensor?.shape.length === 2 ? toNumeric(tensor) : null);

function invalid(message: string): never {
  throw new BasinetError('DATA_INVALID', `the data container cannot be used: ${message}`, {
    remedy: 'Submit the job again with this version of basinet.',
  });
}
