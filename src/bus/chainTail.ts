// Where a chain stands in the log: its last slot, its epoch, and the record from which to go on.
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { sha256 } from './hash.js';
import { ChainJudge } from './judge.js';
import { readChain } from './logReader.js';
import { chainSubjects, parseSlotSubject, slotSubject } from './names.js';
import { outlineOf, type DrawsOutline, type RecordShape, type SlotOutline } from './outline.js';
import { carriedOf, type CarriedState, type DecodedSlot, type DrawRecord, type Draws } from './records.js';
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
  readonly hash: Uint8Array;
  /** Null where it does not decode. */
  readonly slot: DecodedSlot | null;
}

export interface TailOptions {
  /** Judges the chain from its beginning, as readers do, and not only its end: for chains of which a slot was refused. */
  readonly whole?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where a successor goes on: after the last draws that readers count. They judge a chain from its beginning. Here its end is read,
 * the last draws and those before them, usually two slots, and that is enough where every slot there counts behind the one before
 * it; where one does not, somebody else was at work, and the chain is read from its beginning.
 */
export async function readTail(bus: Bus, key: ChainKey, shape: RecordShape, { whole = false, signal }: TailOptions = {}): Promise<ChainTail> {
  return (whole ? null : await readEnd(bus, key, shape, signal)) ?? readWhole(bus, key, shape, signal);
}

/** Null where a slot is missing or does not count behind those before it. */
async function readEnd(bus: Bus, key: ChainKey, shape: RecordShape, signal?: AbortSignal): Promise<ChainTail | null> {
  const last = await findLast(bus, key, signal);
  if (last === null) return null;
  const slots: { readonly number: number; readonly hash: Uint8Array; readonly outline: SlotOutline }[] = [];
  let judge = new ChainJudge(shape);
  let lastDraws: { readonly number: number; readonly slot: DecodedSlot } | null = null;
  for (let number = last; number >= 0; number--) {
    const stored = await readSlot(bus, key, number, shape, signal);
    if (!stored?.slot) return null;
    const { hash, slot } = stored;
    const outline = outlineOf(slot, shape);
    if (outline.draws !== null && lastDraws !== null) {
      if (outline.draws.flaw !== null) return null;
      judge = judgeBehind(number, hash, outline, outline.draws, shape);
      break;
    }
    if (outline.draws !== null) lastDraws = { number, slot };
    slots.push({ number, hash, outline });
  }
  if (slots.toReversed().some(({ number, hash, outline }) => judge.judgeOutline(number, hash, outline) !== null)) return null;
  const resume = lastDraws && (await resumePoint(bus, key, lastDraws.number, lastDraws.slot, shape, signal));
  if (lastDraws && !resume) return null;
  return { nextSlot: last + 1, lastHash: judge.state.hash, epoch: judge.state.epoch, resume };
}

function judgeBehind(slot: number, hash: Uint8Array, { epoch, claimSlot }: SlotOutline, { lastIteration, adaptationSlot }: DrawsOutline, shape: RecordShape): ChainJudge {
  return new ChainJudge(shape, { slot, hash, epoch, claimSlot, iteration: lastIteration, adaptationSlot, beyond: [] });
}

async function readWhole(bus: Bus, key: ChainKey, shape: RecordShape, signal?: AbortSignal): Promise<ChainTail> {
  const { job, partition, chain } = key;
  const judge = new ChainJudge(shape);
  let deviceClass = '';
  let carried: CarriedState | null = null;
  let resume: ResumePoint | null = null;
  for await (const entry of readChain(bus, job, partition, chain, shape, { signal })) {
    if (signal?.aborted) throw new BasinetError('INTERRUPTED', `stopped while chain ${chain} of job ${job} was read`);
    const body = entry.body?.body;
    if (!judge.judge(entry).accepted || body === undefined) continue;
    if (body.kind === 'claim') {
      ({ deviceClass } = body);
      continue;
    }
    carried = carriedIn(body) ?? carried;
    // The judge let no draws pass before some that carried a state.
    resume = { record: body.draws.at(-1)!, carried: carried!, adaptationSlot: body.adaptationSlot, deviceClass };
  }
  const { slot, hash, epoch } = judge.state;
  return { nextSlot: slot + 1, lastHash: hash, epoch, resume };
}

/** The tail after somebody else's message was found in `tail.nextSlot`. */
export async function stepTail(bus: Bus, key: ChainKey, tail: ChainTail, shape: RecordShape, signal?: AbortSignal): Promise<{ tail: ChainTail; slot: DecodedSlot | null } | null> {
  const stored = await readSlot(bus, key, tail.nextSlot, shape, signal);
  if (!stored) return null;
  return { tail: { ...tail, nextSlot: tail.nextSlot + 1, lastHash: stored.hash }, slot: stored.slot };
}

async function readSlot(bus: Bus, { job, partition, chain }: ChainKey, number: number, shape: RecordShape, signal?: AbortSignal): Promise<StoredSlot | null> {
  const subject = slotSubject(job, partition, chain, number);
  const message = await lastMessage(bus, job, subject, signal);
  if (!message) return null;
  const hash = sha256(message.data);
  try {
    return { hash, slot: await resolveSlot(bus, job, subject, message.data, shape, signal) };
  } catch (error) {
    if (error instanceof BasinetError && error.code === 'LOG_CORRUPT') return { hash, slot: null };
    throw error;
  }
}

/** Number of the slot that was written last, -1 where there is none; null where one above it was there before, or its subject names none. */
async function findLast(bus: Bus, { job, partition, chain }: ChainKey, signal?: AbortSignal): Promise<number | null> {
  const message = await lastMessage(bus, job, chainSubjects(job, partition, chain), signal);
  if (!message) return -1;
  const { slot } = parseSlotSubject(message.subject);
  const isEnd = slot >= 0 && (await lastMessage(bus, job, slotSubject(job, partition, chain, slot + 1), signal)) === null;
  return isEnd ? slot : null;
}

/** Null where what the slot points to is not there. */
async function resumePoint(bus: Bus, key: ChainKey, number: number, { claimSlot, body }: DecodedSlot, shape: RecordShape, signal?: AbortSignal): Promise<ResumePoint | null> {
  if (body.kind !== 'draws') return null;
  const { draws, adaptationSlot } = body;
  const bodyOf = async (at: number) => (at === number ? body : (await readSlot(bus, key, at, shape, signal))?.slot?.body);
  const claim = await bodyOf(claimSlot);
  const home = await bodyOf(adaptationSlot);
  const carried = home?.kind === 'draws' ? carriedIn(home) : null;
  if (claim?.kind !== 'claim' || !carried) return null;
  return { record: draws.at(-1)!, carried, adaptationSlot, deviceClass: claim.deviceClass };
}

/** The latest state that a slot's draws carry. */
function carriedIn({ draws }: Draws): CarriedState | null {
  const bearer = draws.findLast((draw) => carriedOf(draw) !== null);
  return bearer ? carriedOf(bearer) : null;
}
