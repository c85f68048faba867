// The one writer of a chain: claims it, batches its draws into slots, stops when another has taken over.
import { randomBytes } from 'node:crypto';
import { BasinetError } from '../errors.js';
import { readTail, stepTail, type ChainKey, type ChainTail, type ResumePoint } from './chainTail.js';
import { encodeDraws, encodeSlot } from './codec.js';
import type { Bus } from './connection.js';
import { sameBytes, sha256, toHex } from './hash.js';
import { chunkSubject, slotSubject } from './names.js';
import type { RecordShape } from './outline.js';
import { arraysOf, carriedOf, type Claim, type DrawRecord, type Draws, type Manifest } from './records.js';
import { lastMessage, writeOnce } from './slots.js';

export interface ChainOptions extends ChainKey {
  /** Unique to this process. */
  readonly worker: string;
  readonly deviceClass: string;
  /** What the chain's records look like, by which the log's end is judged. */
  readonly shape: RecordShape;
  /** Go on with draws that another device class computed; results then agree to a tolerance only. */
  readonly allowDeviceClassChange?: boolean;
  /** A slot is published when its draws pass this many bytes … */
  readonly slotBytes: number;
  /** … or this age in seconds. */
  readonly slotSeconds: number;
  /** Where the caller has read it already. */
  readonly tail?: ChainTail;
  /** As of `readTail`. */
  readonly whole?: boolean;
  /** Gives up waiting for NATS. */
  readonly signal?: AbortSignal;
  readonly observer?: ChainObserver;
}

/** Told what the writer does, for metrics. */
export interface ChainObserver {
  /** A slot is in the log, chunks included. */
  onPublished?(published: { readonly draws: number; readonly bytes: number; readonly seconds: number }): void;
  /** A publish had no clear answer and is settled by reading back. */
  onAmbiguous?(): void;
}

export interface OpenChain {
  readonly writer: ChainWriter;
  /** Null where the chain has no records yet. */
  readonly resume: ResumePoint | null;
}

/**
 * Claims a chain with the next epoch. Throws LOG_FENCED where another worker claims it at the same time,
 * STATE_INVALID where its records come from another device class, LOG_FULL, JOB_CONFLICT where the log is gone.
 */
export async function openChain(bus: Bus, options: ChainOptions): Promise<OpenChain> {
  const { worker, deviceClass, shape, signal } = options;
  let tail = options.tail ?? (await readTail(bus, options, shape, options));
  for (;;) {
    checkDeviceClass(tail, options);
    const claim: Claim = { kind: 'claim', worker, deviceClass, nonce: randomBytes(16) };
    const epoch = tail.epoch + 1;
    const payload = encodeSlot({ epoch, previousHash: tail.lastHash, claimSlot: tail.nextSlot, body: claim });
    try {
      await writeOnce(bus, options.job, slotSubject(options.job, options.partition, options.chain, tail.nextSlot), payload, { signal });
    } catch (error) {
      if (!(error instanceof BasinetError && error.code === 'LOG_FENCED')) throw error;
      const step = await stepTail(bus, options, tail, shape, signal);
      // Another claim won: the chain is its. The last owner's draws, or garbage, are stepped over.
      if (!step || step.slot?.body.kind === 'claim') throw error;
      tail = step.slot ? await readTail(bus, options, shape, options) : step.tail;
      continue;
    }
    const claimed = { ...tail, epoch, nextSlot: tail.nextSlot + 1, lastHash: sha256(payload) };
    return { writer: new ChainWriter(bus, options, claimed), resume: tail.resume };
  }
}

function checkDeviceClass({ resume }: ChainTail, { deviceClass, allowDeviceClassChange }: ChainOptions): void {
  if (resume && resume.deviceClass !== deviceClass && !allowDeviceClassChange) throw otherDeviceClass(resume.deviceClass, deviceClass);
}

/** STATE_INVALID: a chain must not go on as another device class than it was computed on. */
export const otherDeviceClass = (recorded: string, own: string): BasinetError =>
  new BasinetError('STATE_INVALID', `the chain was computed on ${recorded}; this worker has ${own}`, {
    path: 'resources.allowDeviceClassChange',
    value: own,
    remedy: `Run a worker of device class ${recorded}, or let the job change it with resources.allowDeviceClassChange (then the draws agree to a tolerance, not to the bit).`,
  });

/** What waits unpublished before `append` makes its caller wait. */
const BUFFER_BYTES = 8 << 20;
/** Left free below the server's max_payload, for headers. */
const HEADROOM_BYTES = 16 << 10;

interface Pending {
  readonly draw: DrawRecord;
  readonly bytes: number;
}

export class ChainWriter {
  /** Resolves, with the reason, when this writer must not write any more; then every call rejects with it. Never rejects. */
  readonly fenced: Promise<BasinetError>;
  readonly epoch: number;
  /** Draws and checkpoints published by this writer, and slots. */
  published = 0;
  slots = 0;

  private readonly pending: Pending[] = [];
  private pendingBytes = 0;
  private nextSlot: number;
  private lastHash: Uint8Array;
  private adaptationSlot: number | null;
  private readonly claimSlot: number;
  private readonly halt = new AbortController();
  private failure: BasinetError | null = null;
  private announce!: (error: BasinetError) => void;
  private pumping: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private drainAll = false;
  private waiters: (() => void)[] = [];
  /** `bus.disconnects` when the last slot was known to be in the log. */
  private disconnects: number;

  /** Use `openChain`. */
  constructor(
    private readonly bus: Bus,
    private readonly options: ChainOptions,
    tail: ChainTail,
  ) {
    this.epoch = tail.epoch;
    this.nextSlot = tail.nextSlot;
    this.claimSlot = tail.nextSlot - 1;
    this.lastHash = tail.lastHash;
    this.disconnects = bus.disconnects;
    this.adaptationSlot = tail.resume?.adaptationSlot ?? null;
    this.fenced = new Promise((resolve) => (this.announce = resolve));
  }

  /** Draws that are not in the log yet. */
  get waiting(): number {
    return this.pending.length;
  }

  /** Takes a draw over; resolves when there is room for the next. The order of calls is the order in the log. */
  async append(draw: DrawRecord): Promise<void> {
    if (this.failure) throw this.failure;
    const bytes = sizeOf(draw);
    this.pending.push({ draw, bytes });
    this.pendingBytes += bytes;
    if (this.pendingBytes >= this.batchBytes) this.pump();
    else this.timer ??= setTimeout(() => this.flushByAge(), this.options.slotSeconds * 1000);
    while (this.pendingBytes > Math.max(BUFFER_BYTES, 2 * this.options.slotBytes)) {
      await new Promise<void>((resolve) => this.waiters.push(resolve));
      this.throwIfFailed();
    }
  }

  /** Resolves when every draw taken over is in the log. */
  async flush(): Promise<void> {
    while (this.pending.length > 0 || this.pumping) {
      this.throwIfFailed();
      this.drainAll = true;
      this.pump();
      await this.pumping;
    }
    this.throwIfFailed();
  }

  /** Flushes and stops. */
  async close(): Promise<void> {
    await this.flush();
    this.abandon();
  }

  /** Stops at once; what is not in the log is dropped (a successor computes it again, to the same bits). Idempotent. */
  abandon(reason = new BasinetError('INTERRUPTED', 'the writer of this chain was closed')): void {
    if (this.failure) return;
    this.failure = reason;
    if (this.timer) clearTimeout(this.timer);
    this.halt.abort();
    this.wake();
    this.announce(reason);
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure;
  }

  /** Draws of a slot pass this, or lie in chunks. */
  private get batchBytes(): number {
    return Math.min(this.options.slotBytes, this.payloadBytes);
  }

  private get payloadBytes(): number {
    return this.bus.maxPayload - Math.min(HEADROOM_BYTES, this.bus.maxPayload >>> 2);
  }

  private flushByAge(): void {
    this.timer = null;
    this.drainAll = true;
    this.pump();
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }

  /** One publish in flight: a single loop empties the buffer. */
  private pump(): void {
    if (this.pumping || this.failure) return;
    this.pumping = this.publishPending()
      .catch((error: unknown) => this.abandon(error instanceof BasinetError ? error : new BasinetError('INTERNAL', `a slot could not be written: ${String(error)}`, { cause: error })))
      .finally(() => {
        this.pumping = null;
        this.wake();
      });
  }

  private async publishPending(): Promise<void> {
    while (!this.failure && this.pending.length > 0 && (this.drainAll || this.pendingBytes >= this.batchBytes)) {
      const batch = this.takeBatch();
      const began = performance.now();
      const bytes = await this.publish(batch.map(({ draw }) => draw));
      this.published += batch.length;
      this.slots++;
      this.options.observer?.onPublished?.({ draws: batch.length, bytes, seconds: (performance.now() - began) / 1000 });
      this.wake();
    }
    this.drainAll = false;
    if (this.pending.length === 0 && this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
    } else if (this.pending.length > 0 && !this.failure) {
      this.timer ??= setTimeout(() => this.flushByAge(), this.options.slotSeconds * 1000);
    }
  }

  private takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    for (const next of this.pending) {
      if (count > 0 && bytes + next.bytes > this.batchBytes) break;
      bytes += next.bytes;
      count++;
    }
    this.pendingBytes -= bytes;
    return this.pending.splice(0, count);
  }

  /** Returns the bytes written. */
  private async publish(draws: DrawRecord[]): Promise<number> {
    const { job, partition, chain } = this.options;
    const slot = this.nextSlot;
    const { disconnects } = this.bus;
    if (draws.some((draw) => carriedOf(draw) !== null)) this.adaptationSlot = slot;
    if (this.adaptationSlot === null) throw new BasinetError('INTERNAL', `chain ${chain}: its first record carries neither adaptation nor kernel state`);
    const body: Draws = { kind: 'draws', draws, adaptationSlot: this.adaptationSlot };
    const head = { epoch: this.epoch, previousHash: this.lastHash, claimSlot: this.claimSlot };
    let payload = encodeSlot({ ...head, body });
    let bytes = payload.length;
    if (payload.length > this.payloadBytes) {
      const manifest = await this.publishChunks(body);
      payload = encodeSlot({ ...head, body: manifest });
      bytes = manifest.size + payload.length;
    }
    await this.write(slotSubject(job, partition, chain, slot), payload);
    this.disconnects = disconnects;
    this.nextSlot = slot + 1;
    this.lastHash = sha256(payload);
    return bytes;
  }

  private async write(subject: string, payload: Uint8Array): Promise<void> {
    const { job, observer } = this.options;
    await this.checkLastSlot();
    const onAmbiguous = () => {
      observer?.onAmbiguous?.();
      return this.checkLastSlot();
    };
    await writeOnce(this.bus, job, subject, payload, { signal: this.halt.signal, onAmbiguous });
  }

  /** After a lost connection: a server that had a power failure may have lost the last slots, and what follows a gap counts for nobody. */
  private async checkLastSlot(): Promise<void> {
    const { job, partition, chain } = this.options;
    const { disconnects } = this.bus;
    if (disconnects === this.disconnects) return;
    const subject = slotSubject(job, partition, chain, this.nextSlot - 1);
    const message = await lastMessage(this.bus, job, subject, this.halt.signal);
    if (message === null || !sameBytes(sha256(message.data), this.lastHash)) {
      throw new BasinetError('BUS_UNAVAILABLE', `${subject} was confirmed and is no longer in the log`, { path: subject, remedy: 'Nothing: the chain goes on from what is there. Set sync_interval: always where a power failure must lose nothing.' });
    }
    this.disconnects = disconnects;
  }

  private async publishChunks(body: Draws): Promise<Manifest> {
    const { job, partition, chain } = this.options;
    const bytes = encodeDraws(body);
    const { disconnects } = this.bus;
    const chunks: Uint8Array[] = [];
    for (let offset = 0; offset < bytes.length; offset += this.payloadBytes) {
      const chunk = bytes.subarray(offset, offset + this.payloadBytes);
      const hash = sha256(chunk);
      // A predecessor may have written the same chunk: the name says what is in it, and `writeOnce` compares.
      await this.write(chunkSubject(job, partition, chain, toHex(hash)), chunk);
      chunks.push(hash);
    }
    // A manifest must not list what a power failure took meanwhile; what is still there is only compared.
    if (disconnects !== this.bus.disconnects) return this.publishChunks(body);
    return { kind: 'manifest', chunks, size: bytes.length };
  }
}

/** Bytes of a draw in a slot, a little above what it will be. */
function sizeOf(draw: DrawRecord): number {
  return arraysOf(draw).reduce((sum, array) => sum + array.byteLength, 384);
}
