// What a worker takes tasks from: its class's queue and the one for all, as leases that say only that it lives.
import { AckPolicy, DeliverPolicy, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import { strictly } from './codec.js';
import type { Bus } from './connection.js';
import { TASK_STREAM, taskConsumer, taskSubjects, type ResourceClass, type TaskClass } from './names.js';
import { apiCode, busError, isConsumerGone } from './natsErrors.js';
import { ensureTasks, type ChainTask } from './tasks.js';
import { wire } from './wire.js';

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

export interface TaskQueue {
  /**
   * The next task, or null when `stop` was called. Waits for as long as it takes; survives restarts of the server. One call at a
   * time.
   */
  next(): Promise<LeasedTask | null>;
  /** Ends a waiting `next`; a task that arrives too late goes back at once. */
  stop(): void;
  readonly leaseMs: number;
}

const DEFAULT_LEASE_MS = 30_000;
const NANOS_PER_MS = 1_000_000;
const WAIT_MS = 5_000;
const RETRY_MS = 500;
const CONSUMER_EXISTS = [10013, 10148, 10105];

/**
 * The tasks of one resource class, and those for any. `leaseMs` is how long a silent worker keeps its tasks; the first to
 * open a queue sets it for all, and every lease is kept up three times within it.
 */
export async function openTasks(bus: Bus, resources: ResourceClass, leaseMs = DEFAULT_LEASE_MS): Promise<TaskQueue> {
  await ensureTasks(bus);
  const queue = new Queue(bus);
  for (const name of [resources, 'any'] as const) queue.add(await openSource(bus, name, leaseMs, (message, lease) => queue.take(message, lease)));
  return queue;
}

async function openSource(bus: Bus, name: TaskClass, wantedLeaseMs: number, take: Take): Promise<Source> {
  const consumer = await ensureConsumer(bus, name, wantedLeaseMs);
  const { config } = await consumer.info(true);
  return new Source(bus, name, consumer, (config.ack_wait ?? wantedLeaseMs * NANOS_PER_MS) / NANOS_PER_MS, take);
}

async function ensureConsumer(bus: Bus, resources: TaskClass, leaseMs: number): Promise<Consumer> {
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

/** Is given every message; says whether it wants it. */
type Take = (message: JsMsg, leaseMs: number) => boolean;

/** Fetches from one consumer while somebody waits. */
class Source {
  private fetching: ConsumerMessages | null = null;
  private running = false;

  constructor(
    private readonly bus: Bus,
    private readonly name: TaskClass,
    private consumer: Consumer,
    readonly leaseMs: number,
    private readonly take: Take,
  ) {}

  /** Fetches until `wanted` says no; a fetch that was under way when nobody waited serves the next who does. Throws where the connection is gone for good. */
  async run(wanted: () => boolean): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (wanted()) {
        try {
          await this.fetchOne(wanted);
        } catch (error) {
          await this.recover(error, wanted);
        }
      }
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    this.fetching?.stop();
  }

  private async fetchOne(wanted: () => boolean): Promise<void> {
    const messages = await this.consumer.fetch({ max_messages: 1, expires: WAIT_MS });
    this.fetching = messages;
    if (!wanted()) messages.stop();
    try {
      for await (const message of messages) if (!this.take(message, this.leaseMs)) message.nak();
    } finally {
      this.fetching = null;
    }
  }

  /** The server restarts, or somebody deleted the consumer. */
  private async recover(error: unknown, wanted: () => boolean): Promise<void> {
    if (this.bus.nc.isClosed()) throw busError(error, 'cannot fetch tasks');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (!wanted()) return;
    try {
      await ensureTasks(this.bus);
      this.consumer = await ensureConsumer(this.bus, this.name, this.leaseMs);
    } catch (cause) {
      if (this.bus.nc.isClosed()) throw busError(cause, 'cannot fetch tasks');
    }
  }
}

class Queue implements TaskQueue {
  private readonly sources: Source[] = [];
  private stopped = false;
  /** Of the `next` that waits. */
  private waiting: { readonly resolve: (task: LeasedTask | null) => void; readonly reject: (error: unknown) => void } | null = null;

  constructor(private readonly bus: Bus) {}

  get leaseMs(): number {
    return this.sources[0]!.leaseMs;
  }

  add(source: Source): void {
    this.sources.push(source);
  }

  stop(): void {
    this.stopped = true;
    this.waiting?.resolve(null);
    this.waiting = null;
    for (const source of this.sources) source.stop();
  }

  next(): Promise<LeasedTask | null> {
    if (this.stopped) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      for (const source of this.sources) source.run(() => this.waiting !== null).catch((error: unknown) => this.fail(error));
    });
  }

  /** Both queues may have one at the same moment: the second goes back. */
  take(message: JsMsg, leaseMs: number): boolean {
    if (this.waiting === null) return false;
    const task = lease(this.bus, message, leaseMs);
    if (task !== null) {
      this.waiting.resolve(task);
      this.waiting = null;
    }
    return true;
  }

  private fail(error: unknown): void {
    this.waiting?.reject(error);
    this.waiting = null;
  }
}

/** Null for what is no task: it is taken out of the queue. */
function lease(bus: Bus, message: JsMsg, leaseMs: number): LeasedTask | null {
  let task: ChainTask;
  try {
    const decoded = strictly('task', () => wire.ChainTask.decode(message.data));
    task = { job: decoded.job, chain: decoded.chain, partition: decoded.partition };
  } catch (error) {
    if (!(error instanceof BasinetError)) throw error;
    message.term();
    return null;
  }
  const beat = setInterval(() => message.working(), leaseMs / 3);
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
      await message.ackAck({ timeout: bus.timeoutMs }).catch(() => false);
    },
    giveBack: (delayMs = 0) => settle(() => message.nak(delayMs)),
    letGo: () => settle(() => undefined),
  };
}
