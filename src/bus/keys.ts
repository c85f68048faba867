// The keys of a KV bucket.
import type { Bus } from './connection.js';
import { busError } from './natsErrors.js';

/**
 * Keys that match `filter` (NATS wildcards), deleted ones included: read each to know. Not `kv.keys()`, whose consumer waits
 * for messages that are gone where keys change while it lists.
 */
export async function keysOf(bus: Bus, bucket: string, filter = '>'): Promise<string[]> {
  await bus.kv(bucket);
  const prefix = `$KV.${bucket}.`;
  try {
    const { state } = await bus.jsm.streams.info(`KV_${bucket}`, { subjects_filter: `${prefix}${filter}` });
    return Object.keys(state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
  } catch (error) {
    throw busError(error, `cannot list ${bucket}`);
  }
}
