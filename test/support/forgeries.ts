// Slots that no worker of a job would write, put where its next one belongs.
import { randomBytes } from 'node:crypto';
import type { ChainKey } from '../../src/bus/chainTail.js';
import { encodeSlot } from '../../src/bus/codec.js';
import type { Bus } from '../../src/bus/connection.js';
import { sha256 } from '../../src/bus/hash.js';
import { ChainJudge, type JudgeState } from '../../src/bus/judge.js';
import { readChain } from '../../src/bus/logReader.js';
import { slotSubject } from '../../src/bus/names.js';
import type { QuarantineReason, RecordShape } from '../../src/bus/outline.js';
import type { DrawRecord, Draws, RawSlot, Slot } from '../../src/bus/records.js';

interface Forgery {
  readonly reason: QuarantineReason;
  /** From a slot that would count, and its number. */
  readonly payload: (slot: Slot<Draws>, number: number) => Uint8Array;
}

const drawing = (reason: QuarantineReason, change: (draw: DrawRecord) => Partial<DrawRecord>): Forgery => ({
  reason,
  payload: (slot) => encodeSlot({ ...slot, body: { ...slot.body, draws: slot.body.draws.map((draw) => ({ ...draw, ...change(draw) })) } }),
});
const heading = (reason: QuarantineReason, change: (slot: Slot<Draws>) => Partial<RawSlot>): Forgery => ({ reason, payload: (slot) => encodeSlot({ ...slot, ...change(slot) }) });
const claim = { kind: 'claim', worker: 'forger', deviceClass: 'elsewhere', nonce: new Uint8Array(16) } as const;

export const FORGERIES = {
  'a longer position': drawing('size', ({ position }) => ({ position: new Float32Array(position.length + 1) })),
  'other outputs on the probe': drawing('size', () => ({ probeOutputs: new Float32Array(3) })),
  'a draw that is there already': drawing('iteration', ({ iteration }) => ({ iteration: iteration - 1 })),
  'a draw too far': drawing('iteration', ({ iteration }) => ({ iteration: iteration + 1 })),
  'an epoch that nobody claimed': heading('epoch', ({ epoch }) => ({ epoch: epoch + 1000 })),
  'another claim': heading('epoch', ({ claimSlot }) => ({ claimSlot: claimSlot + 1 })),
  'another slot before it': heading('previous-hash', () => ({ previousHash: randomBytes(32) })),
  'an adaptation that is not there': heading('adaptation', ({ body }) => ({ body: { ...body, adaptationSlot: 0 } })),
  'a claim of an old epoch': heading('epoch', () => ({ epoch: 1, body: claim })),
  'a claim of another slot': heading('epoch', ({ epoch }) => ({ epoch: epoch + 1, body: claim })),
  // In its own slot, after which nobody could claim a higher one.
  'a claim of the last epoch there is': { reason: 'epoch', payload: (slot, number) => encodeSlot({ ...slot, epoch: Number.MAX_SAFE_INTEGER, claimSlot: number, body: claim }) },
  'a manifest without chunks': heading('corrupt', () => ({ body: { kind: 'manifest', chunks: [randomBytes(32)], size: 10 } })),
  garbage: { reason: 'corrupt', payload: () => randomBytes(100) },
} satisfies Record<string, Forgery>;

/** Writes a forgery into the chain's next slot; `beyond` slots further. */
export async function forge(bus: Bus, key: ChainKey, shape: RecordShape, how: keyof typeof FORGERIES, beyond = 0): Promise<void> {
  const { slot, iteration, ...end } = await endOf(bus, key, shape);
  const number = slot + 1 + beyond;
  await bus.js.publish(slotOf(key, number), FORGERIES[how].payload(nextSlot(end, shape.nextIteration(iteration)!), number));
}

/** Writes slots of one draw each that continue one another, and not the chain: they name its claim, and where its adaptation lies. */
export async function forgeRun(bus: Bus, key: ChainKey, shape: RecordShape, iterations: readonly number[]): Promise<void> {
  const end = await endOf(bus, key, shape);
  let { slot, hash } = end;
  for (const iteration of iterations) {
    const payload = encodeSlot(nextSlot({ ...end, hash }, iteration));
    await bus.js.publish(slotOf(key, ++slot), payload);
    hash = sha256(payload);
  }
}

const slotOf = ({ job, partition, chain }: ChainKey, number: number): string => slotSubject(job, partition, chain, number);

interface End extends JudgeState {
  /** Last draw that counts. */
  readonly last: DrawRecord;
}

async function endOf(bus: Bus, { job, partition, chain }: ChainKey, shape: RecordShape): Promise<End> {
  const judge = new ChainJudge(shape);
  let last: DrawRecord | undefined;
  for await (const entry of readChain(bus, job, partition, chain, shape)) {
    const verdict = judge.judge(entry);
    if (verdict.accepted) last = verdict.draws.at(-1) ?? last;
  }
  if (!last) throw new Error(`chain ${chain} of ${job} has no draws to forge from`);
  return { ...judge.state, last };
}

function nextSlot({ hash: previousHash, epoch, claimSlot, adaptationSlot, last }: Pick<End, 'hash' | 'epoch' | 'claimSlot' | 'adaptationSlot' | 'last'>, iteration: number): Slot<Draws> {
  const draw = { ...last, iteration, ...(last.phase === 'sampling' && { adaptation: null }) };
  return { epoch, previousHash, claimSlot, body: { kind: 'draws', draws: [draw], adaptationSlot } };
}
