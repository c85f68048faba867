// What chains and partitions say of themselves: the latest value per subject, lossy, never a source of truth.
import { DiscardPolicy, RetentionPolicy, StorageType, type StoredMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { follow, nextMessage, type FollowOptions } from './follow.js';
import { making } from './made.js';
import { chainStatusSubject, jobStatusSubjects, kindStatusSubjects, partitionStatusSubject, STATUS_STREAM } from './names.js';
import { busError } from './natsErrors.js';
import { wire, type basinet } from './wire.js';

export type ChainStatus = basinet.v1.ChainStatus;
export type PartitionStatus = basinet.v1.PartitionStatus;
/** Which of the two, with the message: its fields all have values, 64-bit integers are numbers. */
export type StatusUpdate =
  | { readonly kind: 'chain'; readonly chain: ChainStatus; readonly time: Date }
  | { readonly kind: 'partition'; readonly partition: PartitionStatus; readonly time: Date };

/** By connection; anew after it was lost, as with buckets. */
const ensured = new WeakMap<Bus, { readonly made: Promise<void>; readonly disconnects: number }>();

/** Makes the status stream where it is missing. */
export function ensureStatus(bus: Bus): Promise<void> {
  const known = ensured.get(bus);
  if (known?.disconnects === bus.disconnects) return known.made;
  const add = () =>
    bus.jsm.streams.add({
      name: STATUS_STREAM,
      subjects: ['status.>'],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: 1,
      num_replicas: bus.replicas,
      allow_direct: true,
    });
  const made = making(bus.nc, bus.jsm, STATUS_STREAM, add).then(
    () => undefined,
    (error: unknown) => {
      ensured.delete(bus);
      throw busError(error, 'cannot create the status stream');
    },
  );
  ensured.set(bus, { made, disconnects: bus.disconnects });
  return made;
}

/** Throws BUS_UNAVAILABLE where the server does not confirm it. */
export async function publishChainStatus(bus: Bus, job: string, status: basinet.v1.IChainStatus): Promise<void> {
  await publish(bus, chainStatusSubject(job, status.chain ?? 0, status.epoch ?? 0), wire.ChainStatus.encode(status).finish());
}

/** Throws BUS_UNAVAILABLE where the server does not confirm it. */
export async function publishPartitionStatus(bus: Bus, job: string, status: basinet.v1.IPartitionStatus): Promise<void> {
  await publish(bus, partitionStatusSubject(job, status.partition ?? 0), wire.PartitionStatus.encode(status).finish());
}

async function publish(bus: Bus, subject: string, payload: Uint8Array): Promise<void> {
  await ensureStatus(bus);
  try {
    await bus.js.publish(subject, payload, { timeout: bus.timeoutMs });
  } catch (error) {
    throw busError(error, `cannot publish ${subject}`);
  }
}

/** Whether a status of a chain is of the highest epoch so far: a fenced worker may still speak after its successor. */
class Epochs {
  private readonly highest = new Map<number, number>();

  isLatest({ chain, epoch }: ChainStatus): boolean {
    if (epoch < (this.highest.get(chain) ?? 0)) return false;
    this.highest.set(chain, epoch);
    return true;
  }
}

/** The latest of every chain and partition of a job, then every change, until `signal` aborts. */
export async function* watchStatus(bus: Bus, job: string, { signal, pollMs = 400 }: { signal?: AbortSignal; pollMs?: number } = {}): AsyncGenerator<StatusUpdate, void, undefined> {
  await ensureStatus(bus);
  let epochs = new Epochs();
  let { disconnects } = bus;
  for await (const message of follow(bus, { ...ofJob(job, signal), anew: true }, 1, pollMs)) {
    // As statuses begin anew, so do epochs: a server that lost the log's end lost claims with it.
    if (disconnects !== bus.disconnects) [epochs, disconnects] = [new Epochs(), bus.disconnects];
    const update = decode(message);
    if (update && (update.kind === 'partition' || epochs.isLatest(update.chain))) yield update;
  }
}

export interface JobStatus {
  /** By number. */
  readonly chains: ReadonlyMap<number, ChainStatus>;
  readonly partitions: ReadonlyMap<number, PartitionStatus>;
}

/** What is known now; with `kind`, of chains or of partitions alone. */
export async function latestStatus(bus: Bus, job: string, kind?: StatusUpdate['kind']): Promise<JobStatus> {
  await ensureStatus(bus);
  const chains = new Map<number, ChainStatus>();
  const partitions = new Map<number, PartitionStatus>();
  const epochs = new Epochs();
  const options = { ...ofJob(job), filter: kind === undefined ? jobStatusSubjects(job) : kindStatusSubjects(job, kind) };
  for (let message = await nextMessage(bus, options, 1); message; message = await nextMessage(bus, options, message.seq + 1)) {
    const update = decode(message);
    if (update?.kind === 'chain') {
      if (epochs.isLatest(update.chain)) chains.set(update.chain.chain, update.chain);
    } else if (update?.kind === 'partition') partitions.set(update.partition.partition, update.partition);
  }
  return { chains, partitions };
}

/**
 * Whether readers are known to have refused slots among which the chain's may be: then its end alone says nothing. False where no
 * aggregator has come so far, or none is there.
 */
export async function hasRefusedSlots(bus: Bus, job: string, partition: number, chain: number): Promise<boolean> {
  await ensureStatus(bus);
  const message = await nextMessage(bus, { ...ofJob(job), filter: partitionStatusSubject(job, partition) }, 1);
  const update = message && decode(message);
  if (update?.kind !== 'partition') return false;
  // Slots are counted by partition as they are folded; a chain's first one is named, also where the fold waits for the reference.
  const { slotsQuarantined, chains } = update.partition;
  return slotsQuarantined > 0 || chains.some((progress) => progress.chain === chain && progress.firstQuarantined);
}

/** Forgets a job's statuses, or those of one kind. */
export async function deleteStatus(bus: Bus, job: string, kind?: StatusUpdate['kind']): Promise<void> {
  await ensureStatus(bus);
  await bus.jsm.streams.purge(STATUS_STREAM, { filter: kind === undefined ? jobStatusSubjects(job) : kindStatusSubjects(job, kind) });
}

const ofJob = (job: string, signal?: AbortSignal): FollowOptions => ({
  stream: STATUS_STREAM,
  filter: jobStatusSubjects(job),
  signal,
  gone: () => new BasinetError('BUS_UNAVAILABLE', `stream ${STATUS_STREAM} does not exist`, { remedy: 'Restart the roles of this cluster: the first to connect makes it.' }),
});

/** Null for what is no status: it is passed over. */
function decode(message: StoredMsg): StatusUpdate | null {
  const kind = message.subject.split('.')[2];
  try {
    if (kind === 'chain') return { kind, chain: wire.ChainStatus.decode(message.data), time: message.time };
    if (kind === 'partition') return { kind, partition: wire.PartitionStatus.decode(message.data), time: message.time };
  } catch {
    return null;
  }
  return null;
}
