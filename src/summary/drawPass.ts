// One pass over every chain's draws: into the Zarr store, and through the evaluation of the test set.
import { setImmediate } from 'node:timers/promises';
import { BasinetError } from '../errors.js';
import { evenlySpaced } from './distribution.js';
import { DrawStoreWriter, type ResultDraw, type DrawStoreSpec } from './drawStore.js';
import type { Evaluator } from './evaluation/evaluate.js';
import type { ChainTrace } from './traces.js';

export interface DrawPassOptions {
  /** Directory of the store. */
  readonly directory: string;
  readonly store: Omit<DrawStoreSpec, 'chains' | 'draws'>;
  readonly traces: readonly ChainTrace[];
  /** Kept draws of a chain as the log holds them, in order; warmup checkpoints may be among them. */
  readonly draws: (chain: number) => AsyncIterable<ResultDraw>;
  readonly evaluator: Evaluator | null;
  /** Per chain, how many draws are evaluated. */
  readonly evaluatedPerChain: readonly number[];
  readonly onDraw?: (done: number, total: number) => void;
}

/** Gradients that each chain took, by its last draw. Throws LOG_CORRUPT where the log lacks a folded draw. */
export async function passOverDraws(options: DrawPassOptions): Promise<number[]> {
  const { traces, draws, evaluator } = options;
  const lengths = traces.map(({ iteration }) => iteration.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const writer = await DrawStoreWriter.create(options.directory, {
    ...options.store,
    chains: traces.map(({ chain }) => chain),
    draws: Math.max(0, ...lengths),
  });
  let done = 0;
  const gradients: number[] = [];
  try {
    for (const [index, trace] of traces.entries()) {
      const chain = writer.chain(index);
      const evaluated = new Set(evenlySpaced(trace.iteration.length, options.evaluatedPerChain[index]!));
      let last: ResultDraw | null = null;
      for await (const draw of foldedDraws(trace, draws(trace.chain))) {
        if (evaluated.has(chain.count)) evaluator?.add(draw.position);
        await chain.append(draw);
        last = draw;
        options.onDraw?.(++done, total);
        // A signal or a status request is answered between two draws.
        await setImmediate();
      }
      if (chain.count < trace.iteration.length) throw missingDraw(trace, chain.count);
      await chain.close();
      gradients.push(last?.info.totalGradients ?? 0);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return gradients;
}

/** The records that the statistics hold: same iteration, same energy to the last bit; others were not folded. */
async function* foldedDraws(trace: ChainTrace, records: AsyncIterable<ResultDraw>): AsyncGenerator<ResultDraw> {
  let next = 0;
  for await (const record of records) {
    if (next === trace.iteration.length) return;
    if (record.iteration !== trace.iteration[next] || !Object.is(record.info.potentialEnergy, trace.potentialEnergy[next])) continue;
    next++;
    yield record;
  }
}

function missingDraw({ chain, iteration }: ChainTrace, place: number): BasinetError {
  return new BasinetError('LOG_CORRUPT', `the draw log has no draw of chain ${chain} at iteration ${iteration[place]}, which the statistics hold`, {
    path: `chain ${chain}`,
    value: iteration[place],
    remedy: 'Fold the log again (delete the aggregator snapshot), then export the results again.',
  });
}

/** How many draws of each chain to evaluate so that their sum stays below `limit` (but at least one of each chain). */
export function evaluatedPerChain(lengths: readonly number[], limit: number): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= limit) return [...lengths];
  return lengths.map((length) => Math.min(length, Math.max(1, Math.floor((limit * length) / total))));
}
