// Where a chain stands in the log: its last slot, its epoch, and the record from which to go on.
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { sha256 } from './hash.js';
import { ChainJudge } from './judge.js';
import { chainSubjects, parseSlotSubject, slotSubject } from './names.js';
import { outlineOf, type DrawsOutline, type RecordShape, type SlotOutline } from './outline.js';
import { carriedOf, type CarriedState, type DecodedSlot, type DrawRecord } from './records.js';
import { lastMessage, resolveSlot, subjectsOf } from './slots.js';

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
  readonly hash: Uint8Array;
  /** Null where it does not decode. */
  readonly slot: DecodedSlot | null;
}

interface OutlinedSlot {
  readonly number: number;
  readonly hash: Uint8Array;
  readonly outline: SlotOutline | null;
}

interface Judged {
  readonly epoch: number;
  /** Slots whose draws count. */
  readonly firstCounted: number | undefined;
  readonly lastCounted: number | undefined;
}

/**
 * Where a successor goes on: after the last draws that readers count. They judge a chain from its beginning, and here its end is
 * read: the judge is put behind the nearest draws which those after them continue, and the chain's beginning is read where there
 * are none. Two slots for the usual tail (the last two hold draws), a few more behind claims and what does not count.
 */
export async function readTail(bus: Bus, key: ChainKey, shape: RecordShape, signal?: AbortSignal): Promise<ChainTail> {
  let last = await findLast(bus, key, signal);
  for (;;) {
    const tail = await tailOf(new SlotCache(bus, key, signal), shape, last);
    if (tail) return tail;
    last = await endOfRun(bus, key, signal);
  }
}

/** Null where a slot below the last one is missing. */
async function tailOf(log: SlotCache, shape: RecordShape, last: number): Promise<ChainTail | null> {
  const seen: OutlinedSlot[] = [];
  for (let number = last; number >= 0; number--) {
    const stored = await log.get(number);
    if (!stored) return null;
    const slot = { number, hash: stored.hash, outline: stored.slot && outlineOf(stored.slot, shape) };
    const judged = number === 0 ? judgeAll(new ChainJudge(shape), [...seen, slot]) : judgeBehind(slot, seen, shape);
    seen.push(slot);
    const resume = judged?.lastCounted === undefined ? null : await resumePoint(log, judged.lastCounted);
    if (judged && (resume || number === 0)) return { nextSlot: last + 1, lastHash: seen[0]!.hash, epoch: judged.epoch, resume };
    log.forget(number + 2);
  }
  return { nextSlot: 0, lastHash: new Uint8Array(0), epoch: 0, resume: null };
}

/** Takes a slot as one that counts. Null where it holds no draws that could, or those that come next don't continue them. */
function judgeBehind({ number, hash, outline }: OutlinedSlot, after: readonly OutlinedSlot[], shape: RecordShape): Judged | null {
  if (!couldCount(outline)) return null;
  const { epoch, claimSlot, draws } = outline;
  const state = { slot: number, hash, epoch, claimSlot, iteration: draws.lastIteration, adaptationSlot: draws.adaptationSlot, beyond: [] };
  const judged = judgeAll(new ChainJudge(shape, state), after);
  const next = after.findLast((slot) => couldCount(slot.outline));
  return next && judged.firstCounted === next.number ? judged : null;
}

const couldCount = (outline: SlotOutline | null): outline is SlotOutline & { readonly draws: DrawsOutline } => outline?.draws?.flaw === null;

/** The last slot comes first in the list. */
function judgeAll(judge: ChainJudge, slots: readonly OutlinedSlot[]): Judged {
  const counted = slots.toReversed().filter(({ number, hash, outline }) => judge.judgeOutline(number, hash, outline) === null && outline?.draws);
  return { epoch: judge.state.epoch, firstCounted: counted[0]?.number, lastCounted: counted.at(-1)?.number };
}

/** The tail after somebody else's message was found in `tail.nextSlot`. */
export async function stepTail(bus: Bus, key: ChainKey, tail: ChainTail, signal?: AbortSignal): Promise<{ tail: ChainTail; slot: DecodedSlot | null } | null> {
  const stored = await new SlotCache(bus, key, signal).get(tail.nextSlot);
  if (!stored) return null;
  return { tail: { ...tail, nextSlot: tail.nextSlot + 1, lastHash: stored.hash }, slot: stored.slot };
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
    const stored = message && { hash: sha256(message.data), slot: await this.decode(subject, message.data) };
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

/** Number of the slot that was written last; where one above it was there before, of the last without a gap below it. -1 where there is none. */
async function findLast(bus: Bus, key: ChainKey, signal?: AbortSignal): Promise<number> {
  const { job, partition, chain } = key;
  const message = await lastMessage(bus, job, chainSubjects(job, partition, chain), signal);
  if (!message) return -1;
  const { slot } = parseSlotSubject(message.subject);
  const above = slot >= 0 && (await lastMessage(bus, job, slotSubject(job, partition, chain, slot + 1), signal));
  return above === null ? slot : endOfRun(bus, key, signal);
}

/** Number of the last slot without a gap below it; -1 where there is none. Foreign messages beyond a gap do not count. */
async function endOfRun(bus: Bus, { job, partition, chain }: ChainKey, signal?: AbortSignal): Promise<number> {
  const written = new Set((await subjectsOf(bus, job, chainSubjects(job, partition, chain), signal)).map((subject) => parseSlotSubject(subject).slot));
  let end = 0;
  while (written.has(end)) end++;
  return end - 1;
}

/** Null where what the slot points to is not there: then the judge started behind a slot that does not count. */
async function resumePoint(log: SlotCache, number: number): Promise<ResumePoint | null> {
  const slot = (await log.get(number))?.slot;
  if (slot?.body.kind !== 'draws') return null;
  const { draws, adaptationSlot } = slot.body;
  const claim = (await log.get(slot.claimSlot))?.slot?.body;
  const home = (await log.get(adaptationSlot))?.slot?.body;
  const bearer = home?.kind === 'draws' ? home.draws.findLast((draw) => carriedOf(draw) !== null) : undefined;
  const carried = bearer && carriedOf(bearer);
  if (claim?.kind !== 'claim' || !carried) return null;
  return { record: draws.at(-1)!, carried, adaptationSlot, deviceClass: claim.deviceClass };
}
