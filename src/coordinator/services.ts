// What the coordinator does to the cluster, as an interface: NATS here, a fake in tests.
import { clearFailures, listFailures, type ChainFailures } from '../bus/failures.js';
import { createDrawLog } from '../bus/drawLog.js';
import { readTail } from '../bus/chainTail.js';
import type { Bus } from '../bus/connection.js';
import { updateJob, type JobRecord } from '../bus/jobStore.js';
import { chainSubjects, RESULT_STORE, resultObject, type TaskClass } from '../bus/names.js';
import { getDataset, hasObject } from '../bus/objects.js';
import type { RecordShape } from '../bus/outline.js';
import { lastMessage } from '../bus/slots.js';
import { deleteStatus, hasRefusedSlots, latestStatus } from '../bus/status.js';
import { addTask, deleteTasks, queuedChains, type ChainTask } from '../bus/tasks.js';
import { unpackJobData } from '../data/container.js';
import type { DataShape } from '../data/dataset.js';
import type { Job } from '../job/schema.js';

/** Where a chain ends in the log. */
export interface ChainEnd {
  /** Of its last record that counts; 0 where it has none. */
  readonly iteration: number;
  /** Stream sequence of its last message; 0 where it has none. */
  readonly sequence: number;
}

/** What a partition's aggregator says. */
export interface PartitionView {
  /** It is folded to the end, and its statistics are there. */
  readonly finished: boolean;
  /** By number; empty before the first status. */
  readonly chains: ReadonlyMap<number, ChainVerdict>;
}

export interface ChainVerdict {
  /** Every draw is folded. */
  readonly finished: boolean;
  /** Stream sequence up to which its slots were judged. */
  readonly judgedSequence: number;
  /** Of the last record that was accepted up to there; 0 where none was. */
  readonly judgedIteration: number;
  readonly firstQuarantined: { readonly subject: string; readonly reason: string } | null;
}

/** Every method is idempotent, so that two coordinators at once are harmless. */
export interface Services {
  /** Compare-and-set; returns the record as it then stands. */
  update(job: string, change: (record: JobRecord) => JobRecord | null): Promise<JobRecord>;
  shapeOf(record: JobRecord, job: Job): Promise<DataShape>;
  createLog(job: string, maxBytes: number): Promise<void>;
  addTask(resources: TaskClass, task: ChainTask): Promise<boolean>;
  deleteTasks(job: string): Promise<void>;
  queuedChains(job: string): Promise<Set<number>>;
  chainEnd(task: ChainTask, shape: RecordShape): Promise<ChainEnd>;
  failures(job: string): Promise<Map<number, ChainFailures>>;
  /** Forgets failures and statuses of an earlier run. */
  forget(job: string): Promise<void>;
  partition(job: string, partition: number): Promise<PartitionView>;
  /** How often the connection was lost: what was in the log before may be gone, after a power failure of the server. */
  disconnects(): number;
  nowMs(): number;
}

export function natsServices(bus: Bus): Services {
  return {
    update: async (job, change) => (await updateJob(bus, job, change)).record,
    shapeOf: async (record, job) => unpackJobData(await getDataset(bus, record.dataHash), job).shape,
    createLog: (job, maxBytes) => createDrawLog(bus, { job, maxBytes }),
    addTask: (resources, task) => addTask(bus, resources, task),
    deleteTasks: (job) => deleteTasks(bus, job),
    queuedChains: (job) => queuedChains(bus, job),
    chainEnd: async (task, shape) => {
      const whole = await hasRefusedSlots(bus, task.job, task.partition, task.chain);
      const { resume } = await readTail(bus, task, shape, { whole });
      // Read after the record: what is written in between makes the sequence later, and then more has to be judged, never less.
      const last = await lastMessage(bus, task.job, chainSubjects(task.job, task.partition, task.chain));
      return { iteration: resume?.record.iteration ?? 0, sequence: last?.seq ?? 0 };
    },
    failures: (job) => listFailures(bus, job),
    forget: async (job) => {
      await clearFailures(bus, job);
      // Not the chains': those that are done are not leased again, and nobody would say so a second time.
      await deleteStatus(bus, job, 'partition');
    },
    partition: async (job, partition) => {
      const status = (await latestStatus(bus, job, 'partition')).partitions.get(partition);
      const finished = status?.finished === true && (await hasObject(bus, RESULT_STORE, resultObject(job, partition)));
      const chains = (status?.chains ?? []).map(({ chain, finished, judgedSequence, judgedIteration, firstQuarantined: first }) => {
        const firstQuarantined = first ? { subject: first.subject ?? '', reason: first.reason ?? '' } : null;
        return [chain ?? 0, { finished: finished === true, judgedSequence: judgedSequence ?? 0, judgedIteration: judgedIteration ?? 0, firstQuarantined }] as const;
      });
      return { finished, chains: new Map(chains) };
    },
    disconnects: () => bus.disconnects,
    nowMs: Date.now,
  };
}
