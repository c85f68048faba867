// overhead: gradients per second of the whole local cluster over those of the bare sampler loop on the same cores.
// Bare: as many threads as the cluster samples chains at once, each nothing but engine and sampler.
// Cluster: nats-server, coordinator, worker and aggregator as `basinet run` starts them, draws published and folded.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { startLocalCluster } from '../dist/cli/localCluster.js';
import { connectBus } from '../dist/bus/connection.js';
import { createJob } from '../dist/bus/jobStore.js';
import { putDataset } from '../dist/bus/objects.js';
import { watchStatus } from '../dist/bus/status.js';
import { packJobData, unpackJobData } from '../dist/data/container.js';
import { readRawData } from '../dist/data/read.js';
import { loadJob, resolveJob } from '../dist/job/load.js';
import { provideNatsServer } from '../dist/natsServer/provide.js';
import { startNatsServer } from '../dist/natsServer/start.js';
import { median } from './support/measure.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CASES = [
  // Step sizes near those that warmup finds; the rate of gradients does not depend on them.
  { name: 'demo', file: 'examples/mnist/job.yaml', stepSize: 0.005, draws: 2_000 },
  { name: 'small', file: 'examples/regression/job.yaml', stepSize: 0.0036, draws: 50_000 },
];
const WINDOW_SECONDS = 20;
const SETTLE_SECONDS = 4;
const GOAL = 0.95;

export const description =
  'Gradients per second of the whole local cluster (nats-server, coordinator, worker, aggregator; draws published, aligned and ' +
  'folded) over those of the bare sampler loop in as many threads. `demo` is examples/mnist/job.yaml, `small` examples/regression/job.yaml, ' +
  'both without warmup; windows of 20 seconds in turns, medians.';

export async function run({ rounds = 3, say = () => {} } = {}) {
  const figures = {};
  const goals = [];
  for (const one of CASES) {
    const path = join(root, one.file);
    const job = endless(await loadJob(path), one);
    const packed = packJobData(await readRawData(job, dirname(path)));
    const ratios = [];
    const bare = [];
    const cluster = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(await bareRate(job, packed));
      cluster.push(await clusterRate(job, packed));
      ratios.push(cluster.at(-1) / bare.at(-1));
      say(`${one.name}: bare ${bare.at(-1).toFixed(1)}, cluster ${cluster.at(-1).toFixed(1)} gradients/s, ratio ${ratios.at(-1).toFixed(3)}`);
    }
    figures[`gradients_per_second_bare_${one.name}`] = median(bare);
    figures[`gradients_per_second_cluster_${one.name}`] = median(cluster);
    figures[`ratios_${one.name}`] = ratios;
    const value = median(ratios);
    goals.push({ name: `ratio_${one.name}`, value, goal: GOAL, met: value >= GOAL });
  }
  return { figures, goals };
}

/** The job without warmup and without end: a steady state to measure in. */
function endless(job, { stepSize, draws }) {
  const { leapfrogSteps, trajectoryLength, chains, maxLeapfrogSteps, thin } = job.inference;
  const length = leapfrogSteps === undefined ? { trajectoryLength } : { leapfrogSteps };
  return resolveJob({
    ...structuredClone(job),
    inference: { chains, maxLeapfrogSteps, thin, ...length, warmup: 0, adaptStepSize: false, stepSize, draws, start: { from: 'prior', scale: 0.1 } },
  });
}

const chainsAtOnce = (job) => Math.min(job.inference.chains, 2 * availableParallelism());

async function bareRate(job, packed) {
  const counters = new Float64Array(new SharedArrayBuffer(8 * chainsAtOnce(job)));
  const { train, shape } = unpackJobData(packed.bytes, job, { shared: true });
  const threads = Array.from(counters, (_, chain) =>
    new Worker(new URL('./support/overheadBare.mjs', import.meta.url), {
      workerData: { job, train, shape, chain, counters, threads: Math.max(1, Math.floor(availableParallelism() / counters.length)) },
    }));
  try {
    while (counters.some((n) => n === 0)) await sleep(50);
    await sleep(SETTLE_SECONDS * 1000);
    const before = counters.reduce((sum, n) => sum + n, 0);
    const start = performance.now();
    await sleep(WINDOW_SECONDS * 1000);
    const after = counters.reduce((sum, n) => sum + n, 0);
    return (after - before) / ((performance.now() - start) / 1000);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function clusterRate(job, packed) {
  const scratch = mkdtempSync(join(tmpdir(), 'basinet-overhead-'));
  const server = await startNatsServer({ storeDir: join(scratch, 'nats'), binary: await provideNatsServer(() => {}) });
  let bus, cluster;
  try {
    bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'bench' });
    const dataHash = await putDataset(bus, packed.bytes);
    await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash });
    cluster = await startLocalCluster({
      url: server.url, user: server.user, password: server.pass,
      logDirectory: join(scratch, 'logs'), cacheDirectory: join(scratch, 'cache'), workers: 1, slots: chainsAtOnce(job),
    });
    return await steadyRate(bus, job);
  } finally {
    cluster?.kill();
    await bus?.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** From the chains' own counts of gradients, by the server's clock, in a window that begins when all chains sample. */
async function steadyRate(bus, job) {
  const chains = chainsAtOnce(job);
  const first = new Map();
  const last = new Map();
  const stop = new AbortController();
  let opens = Infinity;
  for await (const update of watchStatus(bus, job.name, { signal: stop.signal })) {
    if (update.kind !== 'chain' || update.chain.activity !== 'sampling') continue;
    const at = update.time.getTime() / 1000;
    const { chain, totalGradients } = update.chain;
    last.set(chain, { at, totalGradients });
    if (opens === Infinity && last.size === chains) opens = at + SETTLE_SECONDS;
    if (at < opens) continue;
    if (!first.has(chain)) first.set(chain, { at, totalGradients });
    if (first.size === chains && [...last.values()].every((l) => l.at >= opens + WINDOW_SECONDS)) stop.abort();
  }
  let rate = 0;
  for (const [chain, begin] of first) {
    const end = last.get(chain);
    rate += (end.totalGradients - begin.totalGradients) / (end.at - begin.at);
  }
  return rate;
}
