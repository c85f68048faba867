// What variational inference fitted, one file a chain: mean and standard deviation of every weight, as `basinet compare` reads them.
import { join } from 'node:path';
import { readWholeFile } from '../data/file.js';
import { parseSafetensors, writeSafetensors, type Tensor } from '../data/safetensors.js';
import { numericTensors } from '../data/tensor.js';
import { BasinetError } from '../errors.js';
import type { TensorLayout } from '../network/network.js';
import { positionFromTensors } from '../network/parameters.js';
import { makeDirectory, RESULT_FILES, writeFileAtomic } from './files.js';
import { tensorName } from './tensorNames.js';

/** A chain's distribution, in the chain's own labelling. */
export interface FittedDistribution {
  /** [dimension] */
  readonly mean: Float32Array;
  /** [dimension] */
  readonly std: Float32Array;
  /** Mean over the last epoch, in nats. */
  readonly elbo: number;
}

const STATISTICS = ['mean', 'std'] as const;

const fileOf = (chain: number): string => `${RESULT_FILES.fitted}/chain-${chain}.safetensors`;

/** Tensors `mean/<name>` and `std/<name>` as float32. */
export function encodeFitted(tensors: readonly TensorLayout[], fitted: FittedDistribution, metadata: Readonly<Record<string, string>>): Uint8Array {
  const file = new Map<string, Tensor>();
  for (const statistic of STATISTICS) {
    for (const { name, shape, offset, size } of tensors) {
      file.set(tensorName('aligned', statistic, name), { dtype: 'F32', shape: [...shape], data: fitted[statistic].slice(offset, offset + size) });
    }
  }
  return writeSafetensors(file, { ...metadata, elbo: String(fitted.elbo) });
}

/** What the results in `directory` hold of a chain, as it was written. Throws RESULTS_INVALID. */
export async function readFitted(directory: string, tensors: readonly TensorLayout[], chain: number): Promise<FittedDistribution> {
  const path = join(directory, fileOf(chain));
  try {
    const file = parseSafetensors(await readWholeFile(path), path);
    const layout = STATISTICS.flatMap((statistic, k) => tensors.map((tensor) => ({ ...tensor, name: tensorName('aligned', statistic, tensor.name), offset: tensor.offset + k * dimensionOf(tensors) })));
    const values = positionFromTensors(layout, numericTensors(file.tensors), path);
    return { mean: values.slice(0, dimensionOf(tensors)), std: values.slice(dimensionOf(tensors)), elbo: Number(file.metadata['elbo']) };
  } catch (error) {
    if (!(error instanceof BasinetError)) throw error;
    throw new BasinetError('RESULTS_INVALID', error.message, { path, value: error.value, remedy: 'Give results that basinet run wrote to the end, with all that they hold.', cause: error });
  }
}

const dimensionOf = (tensors: readonly TensorLayout[]): number => tensors.reduce((sum, { size }) => sum + size, 0);

export interface FittedOptions {
  readonly outDir: string;
  readonly tensors: readonly TensorLayout[];
  readonly chains: readonly number[];
  readonly fitted: (chain: number) => Promise<FittedDistribution>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Writes every chain's file; returns their paths within `outDir` and contents. Throws OUTPUT_UNWRITABLE, and what `fitted` throws. */
export async function writeFitted({ outDir, tensors, chains, fitted, metadata }: FittedOptions): Promise<{ readonly path: string; readonly content: Uint8Array }[]> {
  await makeDirectory(join(outDir, RESULT_FILES.fitted));
  const files = [];
  for (const chain of chains) {
    const path = fileOf(chain);
    const content = encodeFitted(tensors, await fitted(chain), { ...metadata, chain: String(chain) });
    await writeFileAtomic(join(outDir, path), content);
    files.push({ path, content });
  }
  return files;
}
