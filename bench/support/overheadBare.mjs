// The bare loop as a process: a thread a chain with nothing but engine and sampler, and a report of the counts now and then.
import { readFileSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { unpackJobData } from '../../dist/data/container.js';
import { selectEngine } from '../../dist/engine/select.js';
import { startChain } from '../../dist/inference/run.js';
import { resolveJob } from '../../dist/job/load.js';
import { modelOf } from '../../dist/job/plan.js';

/** As often as a worker reports. */
const REPORT_MS = 500;

function main([jobFile, dataFile, chains, threads]) {
  const job = resolveJob(JSON.parse(readFileSync(jobFile, 'utf8')));
  const { train, shape } = unpackJobData(readFileSync(dataFile), job, { shared: true });
  const counters = new Float64Array(new SharedArrayBuffer(8 * Number(chains)));
  for (let chain = 0; chain < counters.length; chain++) {
    new Worker(fileURLToPath(import.meta.url), { workerData: { job, train, shape, chain, counters, threads: Number(threads) } });
  }
  setInterval(() => process.send({ moment: Date.now(), counts: [...counters] }), REPORT_MS);
  process.once('disconnect', () => process.exit());
}

function sample({ job, shape, train, chain, counters, threads }) {
  const { posterior } = modelOf(job, shape);
  const potential = selectEngine(job.engine).engine.potential(posterior, train, { threads });
  const spec = { seed: job.seed, chain, inference: job.inference, checkpointEvery: job.log.warmupCheckpointEvery };
  const sampler = startChain(spec, potential, posterior, { onTransition: (_phase, _iteration, info) => { counters[chain] = info.totalGradients; } });
  while (sampler.next() !== null);
}

if (isMainThread) main(process.argv.slice(2));
else sample(workerData);
