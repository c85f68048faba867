// Slots that no worker of a job would write, put where its next one belongs.
import { randomBytes } from 'node:crypto';
import type { ChainKey } from '../../src/bus/chainTail.js';
import { encodeSlot } from '../../src/bus/codec.js';
import type { Bus } from '../../src/bus/connection.js';
import { ChainJudge } from '../../src/bus/judge.js';
import { readChain } from '../../src/bus/logReader.js';
import { slotSubject } from '../../src/bus/names.js';
import type { QuarantineReason, RecordShape } from '../../src/bus/outline.js';
import type { DrawRecord, Draws, RawSlot, Slot } from '../../src/bus/records.js';

interface Forgery {
  readonly reason: QuarantineReason;
  /** From a slot that would count. */
  readonly payload: (slot: Slot<Draws>) => Uint8Array;
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
  'a claim of another slot': heading('epoch', ({ epoch }) => ({ epoch: epoch + 1000, body: claim })),
  'a manifest without chunks': heading('corrupt', () => ({ body: { kind: 'manifest', chunks: [randomBytes(32)], size: 10 } })),
  garbage: { reason: 'corrupt', payload: () => randomBytes(100) },
} satisfies Record<string, Forgery>;

/** Writes a forgery into the chain's next slot; `beyond` slots further. */
export async function forge(bus: Bus, { job, partition, chain }: ChainKey, shape: RecordShape, how: keyof typeof FORGERIES, beyond = 0): Promise<void> {
  const judge = new ChainJudge(shape);
  let last: DrawRecord | undefined;
  for await (const entry of readChain(bus, job, partition, chain)) {
    const verdict = judge.judge(entry);
    if (verdict.accepted) last = verdict.draws.at(-1) ?? last;
  }
  if (!last) throw new Error(`chain ${chain} of ${job} has no draws to forge from`);
  const { slot, hash: previousHash, epoch, claimSlot, iteration, adaptationSlot } = judge.state;
  const body: Draws = { kind: 'draws', draws: [{ ...last, iteration: shape.nextIteration(iteration)!, ...(last.phase === 'sampling' && { adaptation: null }) }], adaptationSlot };
  await bus.js.publish(slotSubject(job, partition, chain, slot + 1 + beyond), FORGERIES[how].payload({ epoch, previousHash, claimSlot, body }));
}
