// overhead: gradients per second of the whole local cluster over those of the bare sampler loop on the same cores.
// Bare: as many threads as the cluster samples chains at once, each nothing but engine and sampler.
// Cluster: nats-server, coordinator, worker and aggregator as `basinet run` starts them, draws published and folded.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLocalCluster } from '../dist/cli/localCluster.js';
import { connectBus } from '../dist/bus/connection.js';
import { createJob } from '../dist/bus/jobStore.js';
import { putDataset } from '../dist/bus/objects.js';
import { watchStatus } from '../dist/bus/status.js';
import { packJobData } from '../dist/data/container.js';
import { readRawData } from '../dist/data/read.js';
import { loadJob, resolveJob } from '../dist/job/load.js';
import { provideNatsServer } from '../dist/natsServer/provide.js';
import { startNatsServer } from '../dist/natsServer/start.js';
import { goal, median } from './support/measure.mjs';
import { Counts, Runner } from './support/turns.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CASES = [
  // Step sizes near those that warmup finds; the rate of gradients does not depend on them.
  { name: 'demo', file: 'examples/mnist/job.yaml', stepSize: 0.005, draws: 2_000 },
  { name: 'small', file: 'examples/regression/job.yaml', stepSize: 0.0036, draws: 50_000 },
];
/** The two sides run in turns, the other one stopped: these machines' speed drifts by more than what is measured here. */
const TURN_SECONDS = 2;
const TURNS = 15;
const SETTLE_SECONDS = 4;
const GOAL = 0.95;

export const description =
  'Gradients per second of the whole local cluster (nats-server, coordinator, worker, aggregator; draws published, aligned and ' +
  'folded) over those of the bare sampler loop in as many threads. `demo` is examples/mnist/job.yaml, `small` examples/regression/job.yaml, ' +
  'both without warmup and with more draws, so that of the versions of a mean reference only the first is reached. The two run in turns of two seconds, the other one stopped, 15 turns each a round; medians of the rounds.';

export async function run({ rounds = 3, say = () => {} } = {}) {
  const figures = {};
  const goals = [];
  for (const one of CASES) {
    const path = join(root, one.file);
    const job = endless(await loadJob(path), one);
    const packed = packJobData(await readRawData(job, dirname(path)));
    const measured = [];
    for (let round = 0; round < rounds; round++) {
      const { bare, cluster } = await inTurns(job, packed);
      measured.push({ bare, cluster, ratio: cluster / bare });
      say(`${one.name}: bare ${bare.toFixed(1)}, cluster ${cluster.toFixed(1)} gradients/s, ratio ${(cluster / bare).toFixed(3)}`);
    }
    figures[`gradients_per_second_bare_${one.name}`] = median(measured.map(({ bare }) => bare));
    figures[`gradients_per_second_cluster_${one.name}`] = median(measured.map(({ cluster }) => cluster));
    figures[`ratios_${one.name}`] = measured.map(({ ratio }) => ratio);
    goals.push(goal(`ratio_${one.name}`, median(measured.map(({ ratio }) => ratio)), GOAL));
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

/** Gradients per second of both sides. */
async function inTurns(job, packed) {
  const scratch = mkdtempSync(join(tmpdir(), 'basinet-overhead-'));
  const server = await startNatsServer({ storeDir: join(scratch, 'nats'), binary: await provideNatsServer(() => {}) });
  const over = new AbortController();
  let bus, local, child;
  try {
    bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'bench' });
    await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash: await putDataset(bus, packed.bytes) });
    local = await startLocalCluster({
      url: server.url, user: server.user, password: server.pass,
      logDirectory: join(scratch, 'logs'), cacheDirectory: join(scratch, 'cache'), workers: ['auto'], resourceClass: 'cpu', slots: chainsAtOnce(job),
    });
    const cluster = { runner: new Runner([server.pid, ...local.processes().values()]), counts: new Counts() };
    void countStatuses(bus, job, cluster.counts, over.signal);
    await settle(cluster, job);

    child = startBare(job, packed, scratch);
    const bare = { runner: new Runner([child.pid]), counts: new Counts() };
    child.on('message', ({ moment, counts }) => counts.forEach((count, chain) => count > 0 && bare.counts.add(chain, moment, count)));
    await settle(bare, job);

    for (let turn = 0; turn < TURNS; turn++) {
      for (const { runner } of [cluster, bare]) {
        runner.go();
        await sleep(TURN_SECONDS * 1000);
        runner.stop();
      }
    }
    return { cluster: cluster.counts.rate(cluster.runner), bare: bare.counts.rate(bare.runner) };
  } finally {
    over.abort();
    child?.kill('SIGKILL');
    local?.kill();
    await bus?.close();
    process.kill(server.pid, 'SIGCONT');
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Waits until every chain samples, and a while; then stops and forgets what was counted. */
async function settle({ runner, counts }, job) {
  while (counts.sources < chainsAtOnce(job)) await sleep(50);
  await sleep(SETTLE_SECONDS * 1000);
  runner.stop();
  // What was reported just before is still on its way.
  await sleep(1000);
  counts.restart();
}

function startBare(job, packed, scratch) {
  const [jobFile, dataFile] = [join(scratch, 'job.json'), join(scratch, 'data')];
  writeFileSync(jobFile, JSON.stringify(job));
  writeFileSync(dataFile, packed.bytes);
  const chains = chainsAtOnce(job);
  const threads = Math.max(1, Math.floor(availableParallelism() / chains));
  return fork(fileURLToPath(new URL('./support/overheadBare.mjs', import.meta.url)), [jobFile, dataFile, String(chains), String(threads)]);
}

/** The chains' own counts, by the server's clock, followed as the view of `basinet run` follows them. */
async function countStatuses(bus, job, counts, signal) {
  for await (const { kind, chain, time } of watchStatus(bus, job.name, { signal })) {
    if (kind === 'chain' && chain.activity === 'sampling') counts.add(chain.chain, time.getTime(), chain.totalGradients);
  }
}
