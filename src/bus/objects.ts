// Large values in JetStream's object stores, checked on the way out.
import type { StoredMsg } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { nextMessage } from './follow.js';
import { sha256, sha256Hex } from './hash.js';
import { busError, isNotFound } from './natsErrors.js';
import { DATA_STORE } from './names.js';

/** Object chunks; large ones save round trips, and must stay below any server's max_payload. */
const CHUNK_BYTES = 512 << 10;

/** Writes an object; one of the same name is replaced. Throws LOG_FULL. */
export async function putObject(bus: Bus, store: string, name: string, bytes: Uint8Array): Promise<void> {
  try {
    const objects = await bus.objects(store);
    await objects.putBlob({ name, options: { max_chunk_size: Math.min(CHUNK_BYTES, bus.maxPayload >>> 1) } }, bytes, { timeout: bus.timeoutMs });
  } catch (error) {
    throw busError(error, `cannot store ${name} (${bytes.length} bytes) in ${store}`);
  }
}

/** Null where there is none, or not the whole of it: a writer was killed, or the server lost a part. */
export async function getObject(bus: Bus, store: string, name: string): Promise<Uint8Array | null> {
  try {
    const objects = await bus.objects(store);
    for (;;) {
      const info = await objects.info(name);
      if (info === null || info.deleted) return null;
      const bytes = await readChunks(bus, store, info);
      // Replaced meanwhile, which removes the chunks of before: look again.
      if (bytes !== null || (await objects.info(name))?.nuid === info.nuid) return bytes;
    }
  } catch (error) {
    throw busError(error, `cannot read ${name} from ${store}`);
  }
}

/** Read one by one: the client's own reader waits for ever for chunks that are gone. Null where they are not what `info` says. */
async function readChunks(bus: Bus, store: string, info: ObjectInfo): Promise<Uint8Array | null> {
  const stream = `OBJ_${store}`;
  const filter = `$O.${store}.C.${info.nuid}`;
  const gone = () => new BasinetError('BUS_UNAVAILABLE', `the object store ${store} does not exist`, { remedy: 'Restart the roles of this cluster.' });
  const chunks: Uint8Array[] = [];
  for (let sequence = 1; chunks.length < info.chunks; ) {
    // A direct read may be served by a replica that lags; then the leader is asked.
    const message = (await nextMessage(bus, { stream, filter, gone }, sequence)) ?? (await fromLeader(bus, stream, filter, sequence));
    if (message === null) return null;
    chunks.push(message.data);
    sequence = message.seq + 1;
  }
  const bytes = Buffer.concat(chunks);
  const digest = `SHA-256=${Buffer.from(sha256(bytes)).toString('base64url')}`;
  return bytes.length === info.size && info.digest.replace(/=+$/, '') === digest ? bytes : null;
}

async function fromLeader(bus: Bus, stream: string, filter: string, sequence: number): Promise<StoredMsg | null> {
  // The client's type does not know the second field; the server does, since 2.9.
  const query = { seq: sequence, next_by_subj: filter };
  try {
    return await bus.jsm.streams.getMessage(stream, query);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export async function hasObject(bus: Bus, store: string, name: string): Promise<boolean> {
  const objects = await bus.objects(store);
  const info = await objects.info(name);
  return info !== null && !info.deleted;
}

/** Whether all chunks of an object are there too: a writer that was cut off can leave its record without them. */
async function isWhole(bus: Bus, store: string, name: string): Promise<boolean> {
  const objects = await bus.objects(store);
  const info = await objects.info(name);
  if (info === null || info.deleted) return false;
  const chunks = `$O.${store}.C.${info.nuid}`;
  const { state } = await bus.jsm.streams.info(`OBJ_${store}`, { subjects_filter: chunks });
  return (state.subjects?.[chunks] ?? 0) === info.chunks;
}

/** Idempotent. */
export async function deleteObject(bus: Bus, store: string, name: string): Promise<void> {
  if (!(await hasObject(bus, store, name))) return;
  const objects = await bus.objects(store);
  await objects.delete(name);
}

/**
 * Names of the objects that begin with `prefix`. From the stream's list of subjects: the client's own listing waits for
 * messages that a writer may remove meanwhile.
 */
export async function listObjects(bus: Bus, store: string, prefix: string): Promise<string[]> {
  await bus.objects(store);
  const subjects = `$O.${store}.M.`;
  const { state } = await bus.jsm.streams.info(`OBJ_${store}`, { subjects_filter: `${subjects}>` });
  const names = Object.keys(state.subjects ?? {}).map((subject) => Buffer.from(subject.slice(subjects.length), 'base64url').toString());
  const found: string[] = [];
  for (const name of names) if (name.startsWith(prefix) && (await hasObject(bus, store, name))) found.push(name);
  return found;
}

/** Uploads a data set under its SHA-256 (hex), once. Returns that name. */
export async function putDataset(bus: Bus, bytes: Uint8Array): Promise<string> {
  const hash = sha256Hex(bytes);
  if (!(await isWhole(bus, DATA_STORE, hash))) await putObject(bus, DATA_STORE, hash, bytes);
  return hash;
}

/** Throws DATA_INVALID where the cluster does not hold it, LOG_CORRUPT where it holds something else. */
export async function getDataset(bus: Bus, hash: string): Promise<Uint8Array> {
  const bytes = await getObject(bus, DATA_STORE, hash);
  if (!bytes) {
    throw new BasinetError('DATA_INVALID', `the data set ${hash} is not in the object store, or not the whole of it`, { path: 'data', value: hash, remedy: 'Submit the job again: that uploads its data.' });
  }
  if (sha256Hex(bytes) !== hash) throw new BasinetError('LOG_CORRUPT', `the object store holds other bytes under the data set's hash ${hash}`, { value: hash });
  return bytes;
}
