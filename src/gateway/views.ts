// Jobs and statuses as the gateway's JSON shows them. Numbers that are not finite become null, as JSON has none.
import type { JobRecord } from '../bus/jobStore.js';
import type { ChainStatus, JobStatus, PartitionStatus } from '../bus/status.js';
import type { WorkerAnnouncement } from '../bus/workers.js';
import type { basinet } from '../bus/wire.js';

/** One line of the list of jobs; times are milliseconds since the Unix epoch. */
export function jobView({ id, state, dataHash, submittedAtMs, startedAtMs, endedAtMs, failure }: JobRecord): object {
  return { id, state, dataHash, submittedAtMs, startedAtMs, endedAtMs, failure };
}

/** A job with all that is known of it now. */
export function jobDetails(record: JobRecord, { chains, partitions }: JobStatus): object {
  return {
    ...jobView(record),
    job: JSON.parse(record.jobJson) as unknown,
    chains: [...chains.values()].sort((a, b) => a.chain - b.chain).map(chainView),
    partitions: [...partitions.values()].sort((a, b) => a.partition - b.partition).map(partitionView),
  };
}

export function chainView(status: ChainStatus): object {
  return { ...plain(status), failure: status.failure ? failureView(status.failure) : null };
}

export function partitionView(status: PartitionStatus): object {
  return { ...plain(status), chains: status.chains.map(plain) };
}

export function workerView(worker: WorkerAnnouncement): object {
  return { ...plain(worker), gpus: worker.gpus.map(plain) };
}

function failureView({ code, message, path, remedy, chain }: basinet.v1.IFailure): object {
  return { code, message, path: path || null, remedy: remedy || null, chain: chain ?? null };
}

/** Every field of a message: protobufjs keeps the defaults on the prototype, where copying by spread does not see them. */
function plain(message: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name in message) {
    const value: unknown = message[name as keyof typeof message];
    if (typeof value !== 'function' && !name.startsWith('$')) fields[name] = value;
  }
  return fields;
}
