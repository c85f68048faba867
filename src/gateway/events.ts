// Server-sent events of a job: its state, its chains and its partitions, the latest first and then every change.
import type { FastifyReply } from 'fastify';
import type { Bus } from '../bus/connection.js';
import { isEnded, watchJobs } from '../bus/jobStore.js';
import { latestStatus, watchStatus } from '../bus/status.js';
import { chainView, jobView, partitionView } from './views.js';

/** A comment so often, so that proxies keep a quiet stream open. */
const HEARTBEAT_MS = 15_000;

/** A reader that lags by so many bytes is cut off, and finds the latest of everything when it connects again. */
const MAX_BUFFERED_BYTES = 1 << 20;

/** The open event streams of a gateway. */
export class EventStreams {
  readonly #open = new Set<AbortController>();

  constructor(
    private readonly bus: Bus,
    private readonly changed: (open: number) => void,
  ) {}

  /**
   * Answers with `text/event-stream`: events `job`, `chain` and `partition`, whose data are JSON as /v1/jobs/:id shows
   * them. After the job has ended, or was deleted, the last statuses and an event `end` close the stream.
   */
  open(reply: FastifyReply, job: string): void {
    const stop = new AbortController();
    const response = reply.hijack().raw;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    response.on('close', () => stop.abort());
    response.on('error', () => stop.abort());
    this.#open.add(stop);
    this.changed(this.#open.size);

    const send = (event: string, data: object): void => {
      if (stop.signal.aborted) return;
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (response.writableLength <= MAX_BUFFERED_BYTES) return;
      stop.abort();
      response.destroy();
    };
    // A stream that can't follow the statuses ends: the client connects again.
    const statuses = this.#statuses(job, send, stop.signal).catch(() => stop.abort());
    this.#states(job, send, stop.signal)
      .then(async (ended) => {
        if (!ended) return;
        // The statuses' own loop may be a poll behind.
        const { chains, partitions } = await latestStatus(this.bus, job);
        for (const chain of chains.values()) send('chain', chainView(chain));
        for (const partition of partitions.values()) send('partition', partitionView(partition));
        send('end', {});
      })
      .catch(() => undefined)
      .finally(async () => {
        stop.abort();
        clearInterval(heartbeat);
        await statuses;
        response.end();
        this.#open.delete(stop);
        this.changed(this.#open.size);
      })
      .catch(() => undefined);
  }

  closeAll(): void {
    for (const stop of this.#open) stop.abort();
  }

  /** Resolves to true when the job has ended, to false when the stream was closed. */
  async #states(job: string, send: (event: string, data: object) => void, signal: AbortSignal): Promise<boolean> {
    for await (const { job: stored } of watchJobs(this.bus, { id: job, signal })) {
      if (stored === null) return true;
      send('job', jobView(stored.record));
      if (isEnded(stored.record.state)) return true;
    }
    return false;
  }

  async #statuses(job: string, send: (event: string, data: object) => void, signal: AbortSignal): Promise<void> {
    for await (const update of watchStatus(this.bus, job, { signal })) {
      if (update.kind === 'chain') send('chain', chainView(update.chain));
      else send('partition', partitionView(update.partition));
    }
  }
}
