// Every subject, stream, bucket and consumer name, and how subjects are read back.
import { BasinetError } from '../errors.js';

export const TASK_STREAM = 'basinet-tasks';
export const STATUS_STREAM = 'basinet-status';

export const JOB_BUCKET = 'basinet-jobs';
export const FAILURE_BUCKET = 'basinet-failures';
/** Pointers to snapshots, key `<job>.<partition>`. */
export const SNAPSHOT_BUCKET = 'basinet-snapshots';
/** Pointers to references, key `<job>.<creation time of the log>-<version>`, and to parts of them, `…-<version>-<partition>`. */
export const REFERENCE_BUCKET = 'basinet-references';
/** Who folds which partition, key `<job>.<partition>`. */
export const LEASE_BUCKET = 'basinet-leases';

/** What each worker has, key its name. Entries go by themselves when a worker no longer renews them. */
export const WORKER_BUCKET = 'basinet-workers';
export const WORKER_TTL_MS = 15_000;

/** Object stores. Data sets under their SHA-256; results under `<job>/partition-<n>`; the other two are private to the bus. */
export const DATA_STORE = 'basinet-data';
export const RESULT_STORE = 'basinet-results';
export const SNAPSHOT_STORE = 'basinet-snapshot-objects';
export const REFERENCE_STORE = 'basinet-reference-objects';

const JOB_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NATURAL = /^(0|[1-9][0-9]{0,14})$/;

/** Returns `job` where it can stand in a subject; throws JOB_INVALID. */
export function checkJobName(job: string): string {
  if (JOB_NAME.test(job)) return job;
  throw new BasinetError('JOB_INVALID', `"${job}" cannot name a job on a cluster`, {
    path: 'name',
    value: job,
    remedy: 'Use lower-case letters, digits and hyphens, at most 63, beginning and ending with a letter or digit.',
  });
}

export const drawStream = (job: string): string => `basinet-draws-${checkJobName(job)}`;
export const drawStreamSubjects = (job: string): string[] => [`draws.${checkJobName(job)}.>`, `chunks.${job}.>`];
export const partitionSubjects = (job: string, partition: number): string => `draws.${job}.${partition}.>`;
export const chainSubjects = (job: string, partition: number, chain: number): string => `draws.${job}.${partition}.${chain}.>`;
export const slotSubject = (job: string, partition: number, chain: number, slot: number): string => `draws.${job}.${partition}.${chain}.${slot}`;
export const chunkSubject = (job: string, partition: number, chain: number, hash: string): string => `chunks.${job}.${partition}.${chain}.${hash}`;

export const ballastSubject = (job: string, number: number): string => `chunks.${checkJobName(job)}.ballast.${number}`;

/** Chain and slot of a subject of the draw log; -1 for what is no natural number. */
export function parseSlotSubject(subject: string): { chain: number; slot: number } {
  const [, , , chain = '', slot = '', ...rest] = subject.split('.');
  const read = (token: string) => (NATURAL.test(token) ? Number(token) : -1);
  return { chain: read(chain), slot: rest.length === 0 ? read(slot) : -1 };
}

/** The subject of the chunks that a slot's manifest lists, from the slot's own subject. */
export function chunkSubjectOf(slot: string, hash: string): string {
  const [, job = '', partition = '', chain = ''] = slot.split('.');
  return `chunks.${job}.${partition}.${chain}.${hash}`;
}

/** What a worker is there for. */
export const RESOURCE_CLASSES = ['cpu', 'gpu'] as const;
export type ResourceClass = (typeof RESOURCE_CLASSES)[number];
/** The queues of chain tasks: one a resource class, and one that workers of every class serve. */
export type TaskClass = ResourceClass | 'any';
export const TASK_CLASSES: readonly TaskClass[] = [...RESOURCE_CLASSES, 'any'];
export const taskSubject = (resources: TaskClass, job: string, chain: number): string => `tasks.${resources}.${checkJobName(job)}.${chain}`;
export const taskSubjects = (resources: TaskClass): string => `tasks.${resources}.>`;
export const jobTaskSubjects = (job: string): string => `tasks.*.${checkJobName(job)}.*`;
export const taskConsumer = (resources: TaskClass): string => `workers-${resources}`;

/** One an epoch, so that what a fenced worker still says takes nothing back that its successor said. */
export const chainStatusSubject = (job: string, chain: number, epoch: number): string => `status.${checkJobName(job)}.chain.${chain}.${epoch}`;
export const partitionStatusSubject = (job: string, partition: number): string => `status.${checkJobName(job)}.partition.${partition}`;
export const jobStatusSubjects = (job: string): string => `status.${checkJobName(job)}.>`;
export const kindStatusSubjects = (job: string, kind: 'chain' | 'partition'): string => `status.${checkJobName(job)}.${kind}.>`;

export const failureKey = (job: string, chain: number): string => `${checkJobName(job)}.${chain}`;
export const snapshotKey = (job: string, partition: number): string => `${checkJobName(job)}.${partition}`;
export const leaseKey = (job: string, partition: number): string => `${checkJobName(job)}.${partition}`;
export const referenceKey = ({ job, createdAtMs }: { readonly job: string; readonly createdAtMs: number }, version: number): string => `${checkJobName(job)}.${createdAtMs}-${version}`;
export const referencePartKey = (log: { readonly job: string; readonly createdAtMs: number }, version: number, partition: number): string => `${referenceKey(log, version)}-${partition}`;
/** Object of a partition's statistics in `RESULT_STORE`. */
export const resultObject = (job: string, partition: number): string => `${checkJobName(job)}/partition-${partition}`;
