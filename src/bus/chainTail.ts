// Where a chain stands in the log: its last slot, its epoch, and the record from which to go on.
import { corrupt } from './bytes.js';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { sameBytes, sha256 } from './hash.js';
import { chainSubjects, parseSlotSubject, slotSubject } from './names.js';
import { carriedOf, type CarriedState, type DecodedSlot, type DrawRecord } from './records.js';
import { lastMessage, resolveSlot } from './slots.js';

export interface ChainKey {
  readonly job: string;
  readonly partition: number;
  readonly chain: number;
}

/** From where a successor goes on bit-identically. */
export interface ResumePoint {
  readonly record: DrawRecord;
  /** The chain's latest adaptation or kernel state as of `record`: the frozen one in sampling. */
  readonly carried: CarriedState;
  /** Slot in which `carried` lies. */
  readonly adaptationSlot: number;
  /** Device class of the worker that computed it. */
  readonly deviceClass: string;
}

export interface ChainTail {
  readonly nextSlot: number;
  /** Hash of the last slot; empty where there is none. */
  readonly lastHash: Uint8Array;
  /** Highest epoch so far; 0 where nobody claimed the chain yet. */
  readonly epoch: number;
  readonly resume: ResumePoint | null;
}

interface StoredSlot {
  readonly payload: Uint8Array;
  /** Null where it does not decode. */
  readonly slot: DecodedSlot | null;
}

/** One read for the usual tail (the last slot holds draws), a few more after takeovers. Skips what readers skip. */
export async function readTail(bus: Bus, key: ChainKey, signal?: AbortSignal): Promise<ChainTail> {
  const log = new SlotCache(bus, key, signal);
  const last = await findLast(bus, key, log, signal);
  if (last < 0) return { nextSlot: 0, lastHash: new Uint8Array(0), epoch: 0, resume: null };
  const lastHash = sha256((await log.get(last))!.payload);
  let epoch = 0;
  for (let number = last; number >= 0; number--) {
    const stored = await log.get(number);
    if (!stored?.slot) continue;
    epoch = Math.max(epoch, stored.slot.epoch);
    const resume = await resumePoint(log, number, stored.slot);
    log.forget(number + 1);
    if (resume) return { nextSlot: last + 1, lastHash, epoch, resume };
  }
  return { nextSlot: last + 1, lastHash, epoch, resume: null };
}

/** The tail after somebody else's message was found in `tail.nextSlot`. */
export async function stepTail(bus: Bus, key: ChainKey, tail: ChainTail, signal?: AbortSignal): Promise<{ tail: ChainTail; slot: DecodedSlot | null } | null> {
  const stored = await new SlotCache(bus, key, signal).get(tail.nextSlot);
  if (!stored) return null;
  const epoch = Math.max(tail.epoch, stored.slot?.epoch ?? 0);
  return { tail: { ...tail, nextSlot: tail.nextSlot + 1, lastHash: sha256(stored.payload), epoch }, slot: stored.slot };
}

class SlotCache {
  private readonly known = new Map<number, StoredSlot | null>();

  constructor(
    private readonly bus: Bus,
    private readonly key: ChainKey,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async get(number: number): Promise<StoredSlot | null> {
    const known = this.known.get(number);
    if (known !== undefined) return known;
    const { job, partition, chain } = this.key;
    const subject = slotSubject(job, partition, chain, number);
    const message = await lastMessage(this.bus, job, subject, this.signal);
    const stored = message && { payload: message.data, slot: await this.decode(subject, message.data) };
    this.known.set(number, stored);
    return stored;
  }

  forget(number: number): void {
    this.known.delete(number);
  }

  private async decode(subject: string, payload: Uint8Array): Promise<DecodedSlot | null> {
    try {
      return await resolveSlot(this.bus, this.key.job, subject, payload, this.signal);
    } catch (error) {
      if (error instanceof BasinetError && error.code === 'LOG_CORRUPT') return null;
      throw error;
    }
  }
}

/** Number of the last slot without a gap below it; -1 where there is none. Foreign messages beyond a gap do not count. */
async function findLast(bus: Bus, key: ChainKey, log: SlotCache, signal?: AbortSignal): Promise<number> {
  const message = await lastMessage(bus, key.job, chainSubjects(key.job, key.partition, key.chain), signal);
  if (!message) return -1;
  const { slot } = parseSlotSubject(message.subject);
  const exists = async (number: number) => (await log.get(number)) !== null;
  if (slot === 0 || (slot > 0 && (await exists(slot - 1)) && !(await exists(slot + 1)))) return slot;
  if (!(await exists(0))) return -1;
  let low = 0;
  let high = 1;
  while (await exists(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (await exists(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Null where the slot holds no draws, or draws that readers refuse: of another epoch than their claim, or off the hash chain. */
async function resumePoint(log: SlotCache, number: number, slot: DecodedSlot): Promise<ResumePoint | null> {
  if (slot.body.kind !== 'draws' || number === 0) return null;
  const before = await log.get(number - 1);
  if (!before || !sameBytes(sha256(before.payload), slot.previousHash)) return null;
  const claim = (await log.get(slot.claimSlot))?.slot;
  if (claim?.body.kind !== 'claim' || claim.epoch !== slot.epoch) return null;
  const record = slot.body.draws.at(-1)!;
  const { adaptationSlot } = slot.body;
  const home = adaptationSlot === number ? slot : (await log.get(adaptationSlot))?.slot;
  const bearer = home?.body.kind === 'draws' ? home.body.draws.findLast((draw) => carriedOf(draw) !== null) : undefined;
  const carried = bearer && carriedOf(bearer);
  if (!carried) throw corrupt(`slot ${number}`, `the adaptation or kernel state that it points to is not in slot ${adaptationSlot}`, adaptationSlot);
  return { record, carried, adaptationSlot, deviceClass: claim.body.deviceClass };
}
