// What the coordinator does to the cluster, as an interface: NATS here, a fake in tests.
import { clearFailures, listFailures, type ChainFailures } from '../bus/failures.js';
import { createDrawLog } from '../bus/drawLog.js';
import { readTail } from '../bus/chainTail.js';
import type { Bus } from '../bus/connection.js';
import { updateJob, type JobRecord } from '../bus/jobStore.js';
import { RESULT_STORE, resultObject, type ResourceClass } from '../bus/names.js';
import { getDataset, hasObject } from '../bus/objects.js';
import { deleteStatus, latestStatus } from '../bus/status.js';
import { addTask, deleteTasks, queuedChains, type ChainTask } from '../bus/tasks.js';
import { unpackJobData } from '../data/container.js';
import type { DataShape } from '../data/dataset.js';
import type { Job } from '../job/schema.js';

/** Every method is idempotent, so that two coordinators at once are harmless. */
export interface Services {
  /** Compare-and-set; returns the record as it then stands. */
  update(job: string, change: (record: JobRecord) => JobRecord | null): Promise<JobRecord>;
  shapeOf(record: JobRecord, job: Job): Promise<DataShape>;
  createLog(job: string, maxBytes: number): Promise<void>;
  addTask(resources: ResourceClass, task: ChainTask): Promise<boolean>;
  deleteTasks(job: string): Promise<void>;
  queuedChains(job: string): Promise<Set<number>>;
  /** Iteration of a chain's last record; 0 where it has none. */
  iterationOf(task: ChainTask): Promise<number>;
  failures(job: string): Promise<Map<number, ChainFailures>>;
  /** Forgets failures and statuses of an earlier run. */
  forget(job: string): Promise<void>;
  /** Whether a partition says that it is folded to the end, and its statistics are there; and how many chains it has finished. */
  partition(job: string, partition: number): Promise<{ readonly finished: boolean; readonly chainsFinished: number }>;
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
    iterationOf: async (task) => (await readTail(bus, task)).resume?.record.iteration ?? 0,
    failures: (job) => listFailures(bus, job),
    forget: async (job) => {
      await clearFailures(bus, job);
      await deleteStatus(bus, job);
    },
    partition: async (job, partition) => {
      const status = (await latestStatus(bus, job, 'partition')).partitions.get(partition);
      const finished = status?.finished === true && (await hasObject(bus, RESULT_STORE, resultObject(job, partition)));
      return { finished, chainsFinished: status?.chains.filter((chain) => chain.finished === true).length ?? 0 };
    },
    nowMs: Date.now,
  };
}
