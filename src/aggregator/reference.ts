// Where the reference comes from: the first kept draw of chain 0, published once by whoever meets it first.
import { bytesOf, float32Of } from '../bus/bytes.js';
import type { Bus } from '../bus/connection.js';
import { readPartition, type LogEntry } from '../bus/logReader.js';
import { getReference, publishReference } from '../bus/reference.js';
import { BasinetError } from '../errors.js';
import type { PartitionFold, Reference } from './fold.js';
import { pause } from './lifecycle.js';

/** As results carry it. The only rule there is yet; another rule for the same job would be a new version. */
const REFERENCE_VERSION = 1;
/** Chain whose first kept draw is the reference. */
const REFERENCE_CHAIN = 0;
const POLL_MS = 100;

/** The log whose reference it is: one made anew under the same name has a reference of its own. */
export interface ReferenceKey {
  readonly job: string;
  /** Creation time of the draw log. */
  readonly createdAtMs: number;
}

/** A published reference, checked; null where there is none yet. Throws LOG_CORRUPT for one of another size. */
export async function knownReference(bus: Bus, key: ReferenceKey, dimension: number): Promise<Reference | null> {
  const bytes = await getReference(bus, key.job, key.createdAtMs);
  return bytes && decode(bytes, dimension);
}

/**
 * Waits for the reference. Where the fold's partition holds chain 0, it is looked for in the log from `entry` on, which
 * the fold is about to fold; elsewhere it is that partition's aggregator which publishes it. Taken from chain 0's own
 * slots, it does not depend on how chains interleave. Null where the signal aborted first.
 */
export async function awaitReference(bus: Bus, key: ReferenceKey, fold: PartitionFold, entry: LogEntry, signal: AbortSignal): Promise<Reference | null> {
  const { dimension } = fold.model.shape;
  const known = await knownReference(bus, key, dimension);
  if (known !== null) return known;

  const find = fold.firstDrawFinder(REFERENCE_CHAIN);
  if (find !== null) {
    let position = find(entry);
    if (position === null) {
      for await (const next of readPartition(bus, key.job, fold.partition, { fromSequence: entry.sequence + 1, signal })) {
        position = find(next);
        if (position !== null) break;
      }
    }
    return position && decode(await publishReference(bus, key.job, key.createdAtMs, bytesOf(position)), dimension);
  }
  while (!signal.aborted) {
    await pause(POLL_MS, signal);
    const published = await knownReference(bus, key, dimension);
    if (published !== null) return published;
  }
  return null;
}

function decode(bytes: Uint8Array, dimension: number): Reference {
  const position = float32Of(bytes, 'reference');
  if (position.length !== dimension) {
    throw new BasinetError('LOG_CORRUPT', `the reference has ${position.length} parameters, the job ${dimension}`, {
      path: 'reference',
      value: position.length,
      remedy: 'It belongs to another job of the same name: delete this job and submit it under another name.',
    });
  }
  return { version: REFERENCE_VERSION, position };
}
