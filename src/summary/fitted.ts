// What variational inference fitted, one file a chain: mean and standard deviation of every weight, as `basinet compare` reads them.
import { join } from 'node:path';
import { writeSafetensors, type Tensor } from '../data/safetensors.js';
import { BasinetError } from '../errors.js';
import type { TensorLayout } from '../network/network.js';
import { makeDirectory, RESULT_FILES, writeFileAtomic } from './files.js';
import { tensorName } from './tensorNames.js';

/** A chain's distribution as its last checkpoint holds it: arrays `mean` and `logStd` [dimension], scalar `elbo` in nats. */
export interface FittedRecord {
  readonly scalars: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array>>;
}

/** Tensors `mean/<name>` and `std/<name>` as float32, in the chain's own labelling. Throws LOG_CORRUPT where they are not there. */
export function encodeFitted(tensors: readonly TensorLayout[], { scalars, arrays }: FittedRecord, metadata: Readonly<Record<string, string>>): Uint8Array {
  const { mean, logStd } = arrays;
  if (mean === undefined || logStd === undefined) throw new BasinetError('LOG_CORRUPT', 'the last checkpoint of a variational fit holds no mean and standard deviation');
  const file = new Map<string, Tensor>();
  for (const [statistic, values] of [['mean', mean], ['std', logStd.map(Math.exp)]] as const) {
    for (const { name, shape, offset, size } of tensors) {
      file.set(tensorName('aligned', statistic, name), { dtype: 'F32', shape: [...shape], data: Float32Array.from(values.subarray(offset, offset + size)) });
    }
  }
  return writeSafetensors(file, { ...metadata, elbo: String(scalars.elbo) });
}

export interface FittedOptions {
  readonly outDir: string;
  readonly tensors: readonly TensorLayout[];
  readonly chains: readonly number[];
  readonly fitted: (chain: number) => Promise<FittedRecord>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Writes every chain's file; returns their paths within `outDir` and contents. Throws OUTPUT_UNWRITABLE, LOG_CORRUPT. */
export async function writeFitted({ outDir, tensors, chains, fitted, metadata }: FittedOptions): Promise<{ readonly path: string; readonly content: Uint8Array }[]> {
  await makeDirectory(join(outDir, RESULT_FILES.fitted));
  const files = [];
  for (const chain of chains) {
    const path = `${RESULT_FILES.fitted}/chain-${chain}.safetensors`;
    const content = encodeFitted(tensors, await fitted(chain), { ...metadata, chain: String(chain) });
    await writeFileAtomic(join(outDir, path), content);
    files.push({ path, content });
  }
  return files;
}
