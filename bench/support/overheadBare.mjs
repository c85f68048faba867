// One thread of the bare loop: engine and sampler, and a count of gradients in shared memory.
import { workerData } from 'node:worker_threads';
import { selectEngine } from '../../dist/engine/select.js';
import { startChain } from '../../dist/inference/run.js';
import { modelOf } from '../../dist/job/plan.js';

const { job, train, shape, chain, counters, threads } = workerData;
const { posterior } = modelOf(job, shape);
const potential = selectEngine(job.engine).engine.potential(posterior, train, { threads });
const sampler = startChain(
  { seed: job.seed, chain, inference: job.inference, checkpointEvery: job.log.warmupCheckpointEvery },
  potential,
  posterior,
  { onTransition: (_phase, _iteration, info) => { counters[chain] = info.totalGradients; } },
);
while (sampler.next() !== null);
