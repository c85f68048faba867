// Where references come from: the first kept draw of chain 0, a fit or a file, and after it the mean of draws aligned so far.
import type { Bus } from '../bus/connection.js';
import { sameBytes } from '../bus/hash.js';
import { bytesOf } from '../bus/bytes.js';
import { readPartition, type LogEntry } from '../bus/logReader.js';
import { patiently } from '../bus/patience.js';
import { deleteReferenceParts, getReference, getReferenceParts, publishReference, publishReferencePart, type ReferenceLog } from '../bus/reference.js';
import type { PartitionFold, Reference } from './fold.js';
import { pause } from './lifecycle.js';
import { meanReference } from './meanReference.js';
import type { FoldModel } from './model.js';

/** Chain whose first kept draw is the first reference; its partition's aggregator publishes it. */
export const REFERENCE_CHAIN = 0;
const POLL_MS = 100;

/** What a job's references are made from. */
export interface ReferenceJob {
  readonly model: FoldModel;
  /** Source `map`: the fit; null where the signal aborted first. */
  readonly fitMap: (signal: AbortSignal) => Promise<Float32Array | null>;
}

/** The references of one draw log, as all aggregators of its job must use them. */
export class References {
  constructor(
    private readonly bus: Bus,
    private readonly job: ReferenceJob,
    private readonly log: ReferenceLog,
  ) {}

  /** Of this version; null where there is none yet. */
  async known(version: number): Promise<Reference | null> {
    const { reference, shape } = this.job.model;
    const position = reference.file ?? (await getReference(this.bus, this.log, version, shape.dimension));
    return position && { version, position };
  }

  /** The newest version above `above` that there is; null without any. */
  async newest(above: number): Promise<Reference | null> {
    for (let version = this.job.model.reference.versions; version > above; version--) {
      const reference = await this.known(version);
      if (reference !== null) return reference;
    }
    return null;
  }

  /**
   * Waits for a reference for a fold that has none. Where the fold's partition holds chain 0, it is made here; elsewhere it is
   * that partition's aggregator which publishes it. Null where the signal aborted first.
   *
   * @param entry - what the fold is about to fold
   */
  async first(fold: PartitionFold, entry: LogEntry, signal: AbortSignal): Promise<Reference | null> {
    const published = (): Promise<Reference | null> => patiently(this.bus, () => this.newest(0), signal);
    const known = await published();
    if (known !== null) return known;
    const position = fold.chains.some(({ chain }) => chain === REFERENCE_CHAIN) ? await this.#make(fold, entry, signal) : null;
    if (position !== null) return patiently(this.bus, () => this.#publish({ version: 1, position }), signal);
    while (!signal.aborted) {
      await pause(POLL_MS, signal);
      const reference = await published();
      if (reference !== null) return reference;
    }
    return null;
  }

  /**
   * A version newer than the fold's, where there is one by now. Publishes the fold's part of the next one, and the next one
   * itself where all parts are there: whoever sees them arrives at the same bits.
   */
  async next(fold: PartitionFold): Promise<Reference | null> {
    const { bus, log } = this;
    const { partitions, chains, shape } = this.job.model;
    const known = await this.newest(fold.referenceVersion);
    const part = fold.meanPart();
    if (known !== null || part === null) return known;
    const version = fold.referenceVersion + 1;
    await publishReferencePart(bus, log, version, fold.partition, part);
    const parts = await getReferenceParts(bus, log, version, partitions, shape.dimension);
    if (parts === null) return null;
    const reference = await this.#publish({ version, position: meanReference(parts, chains) });
    await deleteReferenceParts(bus, log, version, partitions);
    return reference;
  }

  /** Puts back a reference that a power failure may have cost the server. False where there is another of its version by now. */
  async restore(reference: Reference): Promise<boolean> {
    if (this.job.model.reference.file !== null) return true;
    const { position } = await this.#publish(reference);
    return sameBytes(bytesOf(position), bytesOf(reference.position));
  }

  async #publish({ version, position }: Reference): Promise<Reference> {
    return { version, position: await publishReference(this.bus, this.log, version, position) };
  }

  #make(fold: PartitionFold, entry: LogEntry, signal: AbortSignal): Promise<Float32Array | null> {
    return this.job.model.reference.source === 'map' ? this.job.fitMap(signal) : this.#firstDraw(fold, entry, signal);
  }

  /** Looked for in the log from `entry` on. Taken from chain 0's own slots, it does not depend on how chains interleave. */
  async #firstDraw(fold: PartitionFold, entry: LogEntry, signal: AbortSignal): Promise<Float32Array | null> {
    const find = fold.firstDrawFinder(REFERENCE_CHAIN);
    let position = find?.(entry) ?? null;
    if (find === null || position !== null) return position;
    for await (const next of readPartition(this.bus, this.log.job, fold.partition, this.job.model.shape, { fromSequence: entry.sequence + 1, signal })) {
      position = find(next);
      if (position !== null) break;
    }
    return position;
  }
}
