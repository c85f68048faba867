// The work queue of chain tasks: one message a chain, one durable consumer a class of tasks.
import { RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { Bus } from './connection.js';
import { making, whenMade } from './made.js';
import { jobTaskSubjects, TASK_CLASSES, TASK_STREAM, taskConsumer, taskSubject, type TaskClass } from './names.js';
import { busError, isConsumerGone, isStreamGone, isWritten } from './natsErrors.js';
import { wire } from './wire.js';

export interface ChainTask {
  readonly job: string;
  readonly chain: number;
  readonly partition: number;
}

/** Makes the queue where it is missing. */
export async function ensureTasks(bus: Bus): Promise<void> {
  try {
    await making(bus.nc, bus.jsm, TASK_STREAM, () =>
      bus.jsm.streams.add({
        name: TASK_STREAM,
        subjects: ['tasks.>'],
        storage: StorageType.File,
        retention: RetentionPolicy.Workqueue,
        num_replicas: bus.replicas,
      }),
    );
  } catch (error) {
    throw busError(error, 'cannot create the task queue');
  }
}

/** Adds a chain's task unless one waits or is in hand. Returns whether it added one. */
export async function addTask(bus: Bus, resources: TaskClass, task: ChainTask): Promise<boolean> {
  try {
    await bus.js.publish(taskSubject(resources, task.job, task.chain), wire.ChainTask.encode(task).finish(), {
      expect: { lastSubjectSequence: 0, streamName: TASK_STREAM },
      timeout: bus.timeoutMs,
    });
    return true;
  } catch (error) {
    if (isWritten(error)) return false;
    throw busError(error, `cannot queue chain ${task.chain} of job ${task.job}`);
  }
}

/** Chains of a job whose task waits or is in hand. */
export async function queuedChains(bus: Bus, job: string): Promise<Set<number>> {
  try {
    await whenMade(bus.nc, bus.jsm, TASK_STREAM);
    const { state } = await bus.jsm.streams.info(TASK_STREAM, { subjects_filter: jobTaskSubjects(job) });
    return new Set(Object.keys(state.subjects ?? {}).map((subject) => Number(subject.split('.')[3])));
  } catch (error) {
    throw busError(error, `cannot read the tasks of job ${job}`);
  }
}

/** Takes a job's tasks out of the queue; those in hand are no longer handed out again. */
export async function deleteTasks(bus: Bus, job: string): Promise<void> {
  try {
    await whenMade(bus.nc, bus.jsm, TASK_STREAM);
    await bus.jsm.streams.purge(TASK_STREAM, { filter: jobTaskSubjects(job) });
  } catch (error) {
    throw busError(error, `cannot remove the tasks of job ${job}`);
  }
}

/**
 * Makes every task available at once, also those whose leases have not run out. Only for a cluster without a worker: one
 * that is alive would lose its chains to the next to come.
 */
export async function releaseLeases(bus: Bus): Promise<void> {
  for (const resources of TASK_CLASSES) {
    try {
      await bus.jsm.consumers.delete(TASK_STREAM, taskConsumer(resources));
    } catch (error) {
      if (!isConsumerGone(error) && !isStreamGone(error)) throw busError(error, `cannot release the leases of ${taskConsumer(resources)}`);
    }
  }
}
