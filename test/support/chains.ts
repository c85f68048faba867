// A chain in a draw log of a test: its shape, its writer's options, and what readers make of it.
import type { ChainKey } from '../../src/bus/chainTail.js';
import type { ChainOptions } from '../../src/bus/chainWriter.js';
import type { Bus } from '../../src/bus/connection.js';
import { ChainJudge } from '../../src/bus/judge.js';
import { readChain, type LogEntry } from '../../src/bus/logReader.js';
import type { QuarantineReason, RecordShape } from '../../src/bus/outline.js';
import type { DrawRecord } from '../../src/bus/records.js';

/** A record at every iteration, the first `warmup` of them of warmup. */
export const shapeOf = (dimension = 10, warmup = 1): RecordShape => ({ nextIteration: (iteration) => iteration + 1, warmup, dimension, probeSize: 6 });

export const keyOf = (job: string): ChainKey => ({ job, partition: 0, chain: 0 });

export const optionsOf = (job: string, { dimension, warmup, ...extra }: Partial<ChainOptions> & { readonly dimension?: number; readonly warmup?: number } = {}): ChainOptions => ({
  ...keyOf(job),
  worker: 'worker-a',
  deviceClass: 'reference',
  shape: shapeOf(dimension, warmup),
  slotBytes: 4 << 10,
  slotSeconds: 60,
  ...extra,
});

export async function entriesOf(bus: Bus, { job, partition, chain }: ChainKey, shape = shapeOf()): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const entry of readChain(bus, job, partition, chain, shape)) entries.push(entry);
  return entries;
}

/** What readers fold, and why they don't fold the rest. */
export async function acceptedOf(bus: Bus, key: ChainKey, shape = shapeOf()): Promise<{ draws: DrawRecord[]; reasons: QuarantineReason[] }> {
  const judge = new ChainJudge(shape);
  const draws: DrawRecord[] = [];
  const reasons: QuarantineReason[] = [];
  for (const entry of await entriesOf(bus, key, shape)) {
    const verdict = judge.judge(entry);
    if (verdict.accepted) draws.push(...verdict.draws);
    else reasons.push(verdict.reason);
  }
  return { draws, reasons };
}

export const iterations = (draws: readonly DrawRecord[]): number[] => draws.map(({ iteration }) => iteration);
