// The work queue of chain tasks: one message a chain, one durable consumer a resource class, leases for liveness only.
import { AckPolicy, DeliverPolicy, RetentionPolicy, StorageType, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import { strictly } from './codec.js';
import type { Bus } from './connection.js';
import { jobTaskSubjects, TASK_STREAM, taskConsumer, taskSubject, taskSubjects, type ResourceClass } from './names.js';
import { apiCode, busError, isConsumerGone, isStreamGone, isWritten } from './natsErrors.js';
import { wire } from './wire.js';

export interface ChainTask {
  readonly job: string;
  readonly chain: number;
  readonly partition: number;
}

/** A task in hand. Its lease is kept up by itself until it is settled. Settling twice does nothing. */
export interface LeasedTask {
  readonly task: ChainTask;
  /** How often it was handed out, this time included. Lost leases count, so this says nothing of failures. */
  readonly deliveries: number;
  /** Finished: the task is gone for good once this resolves. */
  done(): Promise<void>;
  /** Back to the queue, to be handed out again after so many milliseconds. */
  giveBack(delayMs?: number): void;
  /** Stops keeping the lease up and says nothing: for those who lost the chain to another worker. */
  letGo(): void;
}

const DEFAULT_LEASE_MS = 30_000;
const NANOS_PER_MS = 1_000_000;
const WAIT_MS = 5_000;
const CONSUMER_EXISTS = [10013, 10148, 10105];

/** Makes the queue where it is missing. */
export async function ensureTasks(bus: Bus): Promise<void> {
  try {
    await bus.jsm.streams.add({
      name: TASK_STREAM,
      subjects: ['tasks.>'],
      storage: StorageType.File,
      retention: RetentionPolicy.Workqueue,
      num_replicas: bus.replicas,
    });
  } catch (error) {
    throw busError(error, 'cannot create the task queue');
  }
}

/** Adds a chain's task unless one waits or is in hand. Returns whether it added one. */
export async function addTask(bus: Bus, resources: ResourceClass, task: ChainTask): Promise<boolean> {
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
    const { state } = await bus.jsm.streams.info(TASK_STREAM, { subjects_filter: jobTaskSubjects(job) });
    return new Set(Object.keys(state.subjects ?? {}).map((subject) => Number(subject.split('.')[3])));
  } catch (error) {
    throw busError(error, `cannot read the tasks of job ${job}`);
  }
}

/** Takes a job's tasks out of the queue; those in hand are no longer handed out again. */
export async function deleteTasks(bus: Bus, job: string): Promise<void> {
  try {
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
  for (const resources of ['cpu', 'gpu'] as const) {
    try {
      await bus.jsm.consumers.delete(TASK_STREAM, taskConsumer(resources));
    } catch (error) {
      if (!isConsumerGone(error) && !isStreamGone(error)) throw busError(error, `cannot release the leases of ${taskConsumer(resources)}`);
    }
  }
}

export interface TaskQueue {
  /** The next task, or null when `stop` was called. Waits for as long as it takes; survives restarts of the server. */
  next(): Promise<LeasedTask | null>;
  /** Ends a waiting `next`; a task that arrives too late goes back at once. */
  stop(): void;
  readonly leaseMs: number;
}

/**
 * The queue of one resource class. `leaseMs` is how long a silent worker keeps its tasks; the first to open the queue sets
 * it for the class, and every lease is kept up three times within it.
 */
export async function openTasks(bus: Bus, resources: ResourceClass, leaseMs = DEFAULT_LEASE_MS): Promise<TaskQueue> {
  await ensureTasks(bus);
  const consumer = await ensureConsumer(bus, resources, leaseMs);
  const { config } = await consumer.info(true);
  return new Queue(bus, resources, consumer, (config.ack_wait ?? leaseMs * NANOS_PER_MS) / NANOS_PER_MS);
}

async function ensureConsumer(bus: Bus, resources: ResourceClass, leaseMs: number): Promise<Consumer> {
  const name = taskConsumer(resources);
  try {
    await bus.jsm.consumers.info(TASK_STREAM, name);
  } catch (error) {
    if (!isConsumerGone(error)) throw busError(error, `cannot open the task queue ${name}`);
    try {
      await bus.jsm.consumers.add(TASK_STREAM, {
        durable_name: name,
        filter_subject: taskSubjects(resources),
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: leaseMs * NANOS_PER_MS,
        max_deliver: -1,
        max_ack_pending: 1 << 20,
        max_waiting: 1 << 14,
      });
    } catch (cause) {
      // Another worker made it meanwhile, perhaps with another lease: its stands.
      if (!CONSUMER_EXISTS.includes(apiCode(cause))) throw busError(cause, `cannot create the task queue ${name}`);
    }
  }
  return bus.js.consumers.get(TASK_STREAM, name);
}

class Queue implements TaskQueue {
  private stopped = false;
  private fetching: ConsumerMessages | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly resources: ResourceClass,
    private consumer: Consumer,
    readonly leaseMs: number,
  ) {}

  stop(): void {
    this.stopped = true;
    this.fetching?.stop();
  }

  async next(): Promise<LeasedTask | null> {
    while (!this.stopped) {
      try {
        const message = await this.fetchOne();
        if (!message) continue;
        if (this.stopped) {
          message.nak();
          return null;
        }
        const task = this.lease(message);
        if (task) return task;
      } catch (error) {
        await this.recover(error);
      }
    }
    return null;
  }

  private async fetchOne(): Promise<JsMsg | null> {
    const messages = await this.consumer.fetch({ max_messages: 1, expires: WAIT_MS });
    this.fetching = messages;
    if (this.stopped) messages.stop();
    try {
      for await (const message of messages) return message;
      return null;
    } finally {
      this.fetching = null;
    }
  }

  /** The server restarts, or somebody deleted the consumer. */
  private async recover(error: unknown): Promise<void> {
    if (this.bus.nc.isClosed()) throw busError(error, 'cannot fetch tasks');
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (this.stopped) return;
    try {
      await ensureTasks(this.bus);
      this.consumer = await ensureConsumer(this.bus, this.resources, this.leaseMs);
    } catch (cause) {
      if (this.bus.nc.isClosed()) throw busError(cause, 'cannot fetch tasks');
    }
  }

  /** Null for what is no task: it is taken out of the queue. */
  private lease(message: JsMsg): LeasedTask | null {
    let task: ChainTask;
    try {
      const decoded = strictly('task', () => wire.ChainTask.decode(message.data));
      task = { job: decoded.job, chain: decoded.chain, partition: decoded.partition };
    } catch (error) {
      if (!(error instanceof BasinetError)) throw error;
      message.term();
      return null;
    }
    const beat = setInterval(() => message.working(), this.leaseMs / 3);
    let settled = false;
    const settle = (how: () => void) => {
      if (settled) return;
      settled = true;
      clearInterval(beat);
      how();
    };
    return {
      task,
      deliveries: message.info.deliveryCount,
      done: async () => {
        if (settled) return;
        settle(() => undefined);
        // Where the answer is lost the task is handed out once more, and found finished.
        await message.ackAck({ timeout: this.bus.timeoutMs }).catch(() => false);
      },
      giveBack: (delayMs = 0) => settle(() => message.nak(delayMs)),
      letGo: () => settle(() => undefined),
    };
  }
}
