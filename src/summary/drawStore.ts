// The draws of all chains as a Zarr store in the InferenceData layout, written chain by chain in blocks of draws.
import { rename, rm } from 'node:fs/promises';
import type { DrawRecord } from '../bus/records.js';
import type { TensorLayout } from '../network/network.js';
import { writeDrawAlignment, type DrawAlignment } from './drawAlignment.js';
import { discard, outputError, temporaryName } from './files.js';
import type { MethodName } from './methods.js';
import { ZarrStore, ZARR_ITEM_BYTES, type ZarrType } from './zarr.js';

/** What results need of a record of the draw log. */
export type ResultDraw = Pick<DrawRecord, 'iteration' | 'position' | 'info'>;

export interface DrawStoreSpec {
  /** The layout of a position. */
  readonly tensors: readonly TensorLayout[];
  /** Chain numbers, in the order of the `chain` dimension. */
  readonly chains: readonly number[];
  /** Length of the `draw` dimension; a chain with fewer ends in NaN. */
  readonly draws: number;
  /** Decides which sampler statistics there are. */
  readonly method: MethodName;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** How draws were relabelled; null where they were not. */
  readonly alignment?: DrawAlignment | null;
  /** A chunk holds as many draws as fit into so many bytes, at least one: what a chain keeps in memory. Default 16 MiB. */
  readonly blockBytes?: number;
}

interface Statistic {
  readonly name: string;
  readonly type: ZarrType;
  readonly about: string;
  readonly of: (draw: ResultDraw) => number;
  /** Methods that have it; left out, all. */
  readonly methods?: readonly MethodName[];
}

const TESTED: readonly MethodName[] = ['hmc'];
const MOVING: readonly MethodName[] = ['hmc', 'sgld', 'sghmc'];
const WITH_MOMENTUM: readonly MethodName[] = ['hmc', 'sghmc'];

/** Names and meanings follow the InferenceData schema; what it has no name for keeps ours. */
const SAMPLE_STATISTICS: readonly Statistic[] = [
  { name: 'lp', type: '<f8', about: 'log posterior density: minus the potential energy, nats', of: (d) => -d.info.potentialEnergy },
  { name: 'energy', type: '<f8', about: 'Hamiltonian: potential plus kinetic energy, nats', of: (d) => d.info.potentialEnergy + d.info.kineticEnergy, methods: TESTED },
  { name: 'potential_energy', type: '<f8', about: 'minus the log posterior density, nats', of: (d) => d.info.potentialEnergy },
  { name: 'kinetic_energy', type: '<f8', about: 'nats', of: (d) => d.info.kineticEnergy, methods: WITH_MOMENTUM },
  { name: 'energy_error', type: '<f8', about: 'Hamiltonian at the proposal minus at the start, nats', of: (d) => d.info.energyError, methods: TESTED },
  { name: 'acceptance_rate', type: '<f8', about: 'Metropolis acceptance probability of the transition', of: (d) => d.info.acceptanceRate, methods: TESTED },
  { name: 'step_size', type: '<f8', about: 'step size', of: (d) => d.info.stepSize, methods: MOVING },
  { name: 'n_steps', type: '<i8', about: 'leapfrog steps of the transition', of: (d) => d.info.leapfrogSteps, methods: TESTED },
  { name: 'iteration', type: '<i8', about: 'transitions of the chain so far, warmup included', of: (d) => d.iteration },
  { name: 'accepted', type: '|b1', about: 'whether the proposal was accepted', of: (d) => Number(d.info.accepted), methods: TESTED },
  { name: 'diverging', type: '|b1', about: 'whether the trajectory diverged', of: (d) => Number(d.info.divergent), methods: TESTED },
];

const statisticsOf = (method: MethodName): readonly Statistic[] => SAMPLE_STATISTICS.filter(({ methods }) => methods?.includes(method) ?? true);

/**
 * Writes beside `directory` and renames on `finish`, so that a store is whole or absent. Chains may be written one
 * after another only; each in the order of its draws.
 */
export class DrawStoreWriter {
  readonly #directory: string;
  readonly #partial: string;
  readonly #spec: DrawStoreSpec;
  readonly #store: ZarrStore;
  readonly #blockDraws: number;

  private constructor(directory: string, partial: string, spec: DrawStoreSpec, store: ZarrStore) {
    this.#directory = directory;
    this.#partial = partial;
    this.#spec = spec;
    this.#store = store;
    this.#blockDraws = blockLength(spec);
  }

  static async create(directory: string, spec: DrawStoreSpec): Promise<DrawStoreWriter> {
    const partial = temporaryName(directory);
    try {
      await rm(partial, { recursive: true, force: true });
      const store = await ZarrStore.create(partial, spec.attributes);
      const writer = new DrawStoreWriter(directory, partial, spec, store);
      await writer.#declare();
      return writer;
    } catch (error) {
      await discard(partial);
      throw outputError(error, directory);
    }
  }

  /** The chain at place `index` of `chains`: call `append` per draw and `close` at its end. */
  chain(index: number): ChainDraws {
    return new ChainDraws(this.#store, this.#spec, index, this.#blockDraws);
  }

  /** Adds how draws were relabelled, consolidates the metadata and puts the store into place, over an older one. */
  async finish(): Promise<void> {
    await this.#writeAlignment();
    await this.#store.finish();
    try {
      await rm(this.#directory, { recursive: true, force: true });
      await rename(this.#partial, this.#directory);
    } catch (error) {
      throw outputError(error, this.#directory);
    }
  }

  /** Removes what was written so far. */
  async abort(): Promise<void> {
    await discard(this.#partial);
  }

  async #declare(): Promise<void> {
    const { tensors, chains, draws, attributes, method } = this.#spec;
    await this.#store.group('posterior', attributes);
    await this.#coordinates('posterior');
    for (const tensor of tensors) {
      const dimensions = tensor.shape.map((_, axis) => `${tensor.name}_dim_${axis}`);
      for (const [axis, name] of dimensions.entries()) await this.#coordinate('posterior', name, range(tensor.shape[axis]!));
      await this.#store.array({
        path: `posterior/${tensor.name}`,
        type: '<f4',
        shape: [chains.length, draws, ...tensor.shape],
        chunks: [1, this.#blockDraws, ...tensor.shape],
        dimensions: ['chain', 'draw', ...dimensions],
        fill: 'NaN',
      });
    }
    await this.#store.group('sample_stats', attributes);
    await this.#coordinates('sample_stats');
    for (const { name, type, about } of statisticsOf(method)) {
      await this.#store.array({
        path: `sample_stats/${name}`,
        type,
        shape: [chains.length, draws],
        chunks: [1, Math.max(1, draws)],
        dimensions: ['chain', 'draw'],
        // A fill value of false or 0 would make xarray read every such value as missing.
        fill: type === '<f8' ? 'NaN' : null,
        attributes: { long_name: about },
      });
    }
  }

  async #writeAlignment(): Promise<void> {
    const { alignment = null, attributes, draws } = this.#spec;
    if (alignment === null) return;
    await this.#store.group('alignment', attributes);
    await this.#coordinates('alignment');
    for (const { name, size } of alignment.groups) await this.#coordinate('alignment', `${name}_unit`, range(size));
    await writeDrawAlignment(this.#store, alignment, { draws, blockDraws: this.#blockDraws });
  }

  async #coordinates(group: string): Promise<void> {
    await this.#coordinate(group, 'chain', this.#spec.chains);
    await this.#coordinate(group, 'draw', range(this.#spec.draws));
  }

  async #coordinate(group: string, name: string, values: readonly number[]): Promise<void> {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    await this.#store.writeWhole({ path: `${group}/${name}`, type: '<i8', shape: [values.length], dimensions: [name], fill: null }, bytes);
  }
}

/** One chain's draws on their way into the store. */
export class ChainDraws {
  readonly #store: ZarrStore;
  readonly #spec: DrawStoreSpec;
  readonly #chain: number;
  readonly #blockDraws: number;
  readonly #blocks: readonly Float32Array[];
  readonly #statistics: readonly (Statistic & { readonly bytes: Uint8Array; readonly view: DataView })[];
  #count = 0;

  constructor(store: ZarrStore, spec: DrawStoreSpec, chain: number, blockDraws: number) {
    this.#store = store;
    this.#spec = spec;
    this.#chain = chain;
    this.#blockDraws = blockDraws;
    this.#blocks = spec.tensors.map((tensor) => new Float32Array(blockDraws * tensor.size).fill(NaN));
    this.#statistics = statisticsOf(spec.method).map((statistic) => {
      const bytes = new Uint8Array(Math.max(1, spec.draws) * ZARR_ITEM_BYTES[statistic.type]);
      if (statistic.type === '<f8') new Float64Array(bytes.buffer).fill(NaN);
      return { ...statistic, bytes, view: new DataView(bytes.buffer) };
    });
  }

  get count(): number {
    return this.#count;
  }

  async append(draw: ResultDraw): Promise<void> {
    const inBlock = this.#count % this.#blockDraws;
    for (const [i, tensor] of this.#spec.tensors.entries()) {
      this.#blocks[i]!.set(draw.position.subarray(tensor.offset, tensor.offset + tensor.size), inBlock * tensor.size);
    }
    for (const { type, view, of } of this.#statistics) {
      const value = of(draw);
      if (type === '<f8') view.setFloat64(this.#count * 8, value, true);
      else if (type === '<i8') view.setBigInt64(this.#count * 8, BigInt(value), true);
      else view.setUint8(this.#count, value);
    }
    this.#count++;
    if (inBlock === this.#blockDraws - 1) await this.#flush();
  }

  async close(): Promise<void> {
    if (this.#count % this.#blockDraws !== 0) await this.#flush();
    for (const { name, bytes } of this.#statistics) await this.#store.writeChunk(`sample_stats/${name}`, [this.#chain, 0], bytes);
  }

  async #flush(): Promise<void> {
    const block = Math.floor((this.#count - 1) / this.#blockDraws);
    for (const [i, tensor] of this.#spec.tensors.entries()) {
      const values = this.#blocks[i]!;
      const index = [this.#chain, block, ...tensor.shape.map(() => 0)];
      await this.#store.writeChunk(`posterior/${tensor.name}`, index, new Uint8Array(values.buffer));
      values.fill(NaN);
    }
  }
}

function blockLength({ tensors, draws, blockBytes = 16 << 20 }: DrawStoreSpec): number {
  const bytesPerDraw = tensors.reduce((sum, { size }) => sum + 4 * size, 0);
  return Math.max(1, Math.min(draws, Math.floor(blockBytes / bytesPerDraw)));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
