// The draws of a job as its log on a cluster holds them, judged as aggregators judge them.
import type { Bus } from '../bus/connection.js';
import { ChainJudge } from '../bus/judge.js';
import { readChain, readPartitionToEnd } from '../bus/logReader.js';
import type { RecordShape } from '../bus/outline.js';
import type { DrawRecord } from '../bus/records.js';
import { partitionOf } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { DrawSource } from './refold.js';

/** The log must hold still: a job that has ended. Errors of the bus pass through; JOB_CONFLICT where there is no log. */
export function logSource(bus: Bus, job: Job, shape: RecordShape): DrawSource {
  return {
    draws: (chain) => drawsOf(bus, job, chain, shape),
    async feed(fold, draws, onDraws) {
      for await (const entry of readPartitionToEnd(bus, job.name, fold.partition, shape)) {
        onDraws(fold.fold(entry).draws);
        if (draws < fold.model.draws && fold.chains.every((chain) => chain.draws >= draws)) return;
      }
    },
  };
}

async function* drawsOf(bus: Bus, job: Job, chain: number, shape: RecordShape): AsyncGenerator<DrawRecord, void, undefined> {
  for await (const record of recordsOf(bus, job, chain, shape)) if (record.phase === 'sampling') yield record;
}

/** The records of a chain, warmup checkpoints among them, by the same judgement as the aggregators'. */
export async function* recordsOf(bus: Bus, job: Job, chain: number, shape: RecordShape): AsyncGenerator<DrawRecord, void, undefined> {
  const judge = new ChainJudge(shape);
  for await (const entry of readChain(bus, job.name, partitionOf(job, chain), chain, shape)) {
    const verdict = judge.judge(entry);
    if (verdict.accepted) yield* verdict.draws;
  }
}
