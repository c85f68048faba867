// `basinet run`: everything on this machine: nats-server, the roles, the view, the results; stopped and resumed.
import { availableParallelism } from 'node:os';
import { connectBus, type Bus } from '../../bus/connection.js';
import { getJob, isEnded, updateJob, type JobRecord } from '../../bus/jobStore.js';
import { releaseLeases } from '../../bus/tasks.js';
import { visibleGpus } from '../../engine/tfjs/gpu.js';
import { BasinetError, type ErrorCode } from '../../errors.js';
import { loadJob, resolveJob } from '../../job/load.js';
import { gridOf } from '../../job/plan.js';
import type { Job } from '../../job/schema.js';
import type { NatsServerBinary } from '../../natsServer/find.js';
import { provideNatsServer } from '../../natsServer/provide.js';
import { startNatsServer } from '../../natsServer/start.js';
import type { ResultsSummary } from '../../summary/summarySchema.js';
import { resourceClassNamed, WORKER_ENGINES, WorkerEngines, type WorkerEngine } from '../../worker/index.js';
import { collectResults } from '../collectResults.js';
import { duration } from '../format.js';
import { startLocalCluster } from '../localCluster.js';
import { positiveInteger } from '../numbers.js';
import { note, printResult } from '../output.js';
import { showProgress } from '../progress.js';
import { resultsProgress } from '../resultsProgress.js';
import { RunDirectory } from '../runDirectory.js';
import { stopSignals, type StopSignals } from '../stopSignals.js';
import { readSubmission, submitJob, type Submission } from '../submitJob.js';
import { renderSummary } from '../summaryText.js';
import { RunState } from '../view.js';
import { watchJob } from '../watchJob.js';

export interface RunOptions {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly resume?: string;
  readonly workers: string;
  readonly engines?: string;
  readonly slots?: string;
  readonly keepLog?: boolean;
  readonly json?: boolean;
}

/** What is being run, whether it is new or goes on. */
interface Run {
  readonly directory: RunDirectory;
  readonly binary: NatsServerBinary;
  /** What is still to be put on the cluster; null where the store knows the job (resumed, or submitted: data are not kept). */
  submission: Submission | null;
  /** The engine of each worker. */
  readonly workers: readonly WorkerEngine[];
  /** Chains at once in each worker; null: the default. */
  readonly slots: number | null;
  readonly name: string;
  readonly startedAt: string;
  readonly elapsedBefore: number;
}

export async function run(path: string | undefined, options: RunOptions): Promise<void> {
  const prepared = await prepare(path, options);
  const stop = stopSignals();
  try {
    const result = await sample(prepared, options, stop);
    printResult(options.json === true, result, () => renderSummary(result, prepared.directory.path));
  } finally {
    prepared.directory.unlock();
    stop.dispose();
  }
}

/** Everything that can be refused is refused before a directory is made or emptied and before anything is started. */
async function prepare(path: string | undefined, options: RunOptions): Promise<Run> {
  const workers = workersOf(options);
  const slots = options.slots === undefined ? null : positiveInteger('--slots', options.slots);
  if (options.resume !== undefined) {
    if (path !== undefined) throw new BasinetError('USAGE', 'run: give a job file or --resume, not both', { path: '--resume', value: options.resume, remedy: 'leave the job file out: the stopped run knows its job' });
    const { directory, record } = RunDirectory.resume(options.resume);
    const binary = await provideServer();
    return { directory, binary, submission: null, workers, slots, name: record.job, startedAt: record.startedAt, elapsedBefore: record.elapsedSeconds };
  }
  if (path === undefined) throw new BasinetError('USAGE', 'run: no job file', { remedy: 'basinet run JOB.yaml, or basinet run --resume DIR' });
  const job = await loadJob(path);
  refuseWhatCannotRun(job, workers);
  const submission = await readSubmission(job, path, note);
  const binary = await provideServer();
  const directory = await RunDirectory.create(options.out ?? `results/${job.name}`, options.overwrite === true);
  const startedAt = new Date().toISOString();
  directory.save({ job: job.name, startedAt, elapsedSeconds: 0 });
  return { directory, binary, submission, workers, slots, name: job.name, startedAt, elapsedBefore: 0 };
}

async function provideServer(): Promise<NatsServerBinary> {
  const binary = await provideNatsServer(note);
  note(binary.description);
  return binary;
}

/** `--workers` times what `--engines` names. */
function workersOf({ workers, engines = 'auto' }: RunOptions): WorkerEngine[] {
  const count = positiveInteger('--workers', workers);
  return engines.split(',').flatMap((name) => {
    const engine = WORKER_ENGINES.find((each) => each === name.trim());
    if (engine === undefined) throw new BasinetError('USAGE', `run: there is no engine ${name}`, { path: '--engines', value: engines, remedy: `name some of ${WORKER_ENGINES.join(', ')}, with commas` });
    return Array.from({ length: count }, () => engine);
  });
}

/** What no worker of this machine would ever do: found out here, and not by chains that fail or wait for ever. */
function refuseWhatCannotRun(job: Job, workers: readonly WorkerEngine[]): void {
  const { class: resourceClass } = job.resources;
  if (resourceClass === 'gpu' && visibleGpus().length === 0) {
    throw new BasinetError('JOB_INVALID', 'resources.class is gpu, and nvidia-smi shows no GPU here', { path: 'resources.class', value: resourceClass, remedy: 'write cpu or any, or leave it out' });
  }
  for (const only of new Set(workers)) {
    if (resourceClass === 'gpu') resourceClassNamed(resourceClass, visibleGpus(), only);
    const { engine, reason } = new WorkerEngines(only).choose(job, null);
    note(`engine: ${engine.name} (${engine.deviceClass}): ${reason}`);
  }
}

/** From an empty or stopped store to written results. Whatever happens, every process that it started has ended. */
async function sample(run: Run, options: RunOptions, stop: StopSignals): Promise<ResultsSummary> {
  const began = performance.now();
  const elapsed = (): number => run.elapsedBefore + (performance.now() - began) / 1000;
  await using server = await startNatsServer({ storeDir: run.directory.store, binary: run.binary });
  await using bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'basinet-run' });
  const lost = server.ended.then((error) => Promise.reject(error ?? new BasinetError('BUS_UNAVAILABLE', 'nats-server was stopped')));
  lost.catch(() => undefined);
  try {
    const resumed = run.submission === null;
    if (run.submission !== null) await submitJob(bus, run.submission);
    // The workers of the stopped run are gone, their leases may not be.
    else {
      await releaseLeases(bus);
      await submitAgain(bus, run.name);
    }
    run.submission = null;
    const { job, record } = await storedJob(bus, run.name);
    if (resumed && !isEnded(record.state)) refuseWhatCannotRun(job, run.workers);
    const ended = isEnded(record.state) ? record : await sampleOnCluster(run, job, bus, { ...server, lost }, stop, elapsed);
    refuseFailure(ended, run);
    const collecting = collectResults(bus, ended, { outDir: run.directory.path, elapsedSeconds: elapsed(), onProgress: resultsProgress() });
    const result = await Promise.race([collecting, lost]);
    if (options.keepLog !== true) {
      await bus.close();
      await server.stop();
      run.directory.removeCluster();
    }
    return result;
  } finally {
    run.directory.saveIfPresent({ job: run.name, startedAt: run.startedAt, elapsedSeconds: elapsed() });
  }
}

/** A job that failed goes on from its log: what was in the way may be gone (a full disk, an older version). */
async function submitAgain(bus: Bus, name: string): Promise<void> {
  const stored = await getJob(bus, name);
  if (stored?.record.state !== 'failed') return;
  note(`the job had failed (${stored.record.failure?.message ?? 'no reason given'}): trying again`);
  await updateJob(bus, name, (record) => (record.state === 'failed' ? { ...record, state: 'submitted' } : null));
}

/** A job whose record never reached the store (killed while it was submitted) cannot be resumed. */
async function storedJob(bus: Bus, name: string): Promise<{ job: Job; record: JobRecord }> {
  const stored = await getJob(bus, name);
  if (stored === null) throw new BasinetError('JOB_CONFLICT', `the store holds no job ${name}`, { value: name, remedy: 'start the run again, with --overwrite' });
  return { job: resolveJob(JSON.parse(stored.record.jobJson)), record: stored.record };
}

interface Server {
  readonly url: string;
  readonly user: string;
  readonly pass: string;
  /** Rejects when the server has ended. */
  readonly lost: Promise<never>;
}

async function sampleOnCluster(run: Run, job: Job, bus: Bus, server: Server, stop: StopSignals, elapsed: () => number): Promise<JobRecord> {
  const cluster = await startLocalCluster({
    url: server.url,
    user: server.user,
    password: server.pass,
    logDirectory: run.directory.logs,
    cacheDirectory: run.directory.cache,
    workers: run.workers,
    resourceClass: job.resources.class === 'gpu' ? 'gpu' : 'cpu',
    slots: run.slots ?? defaultSlots(job, run.workers.length),
    lost: server.lost,
  });
  stop.onForce(() => cluster.kill());
  const state = new RunState(job.name, job.inference.chains, gridOf(job).draws);
  const progress = showProgress(state, elapsed);
  const watching = new AbortController();
  try {
    const outcome = await Promise.race([
      watchJob(bus, run.name, state, watching.signal),
      cluster.failed,
      stop.requested,
    ]);
    if (outcome !== 'stop' && outcome !== null) return outcome;
    progress.say('stopping after the current draw (Ctrl-C again: at once, losing only what is not yet in the log)');
    await cluster.drain();
    throw new BasinetError('INTERRUPTED', `stopped after ${duration(elapsed())}; every draw so far is kept`, {
      path: run.directory.path,
      remedy: `basinet run --resume ${run.directory.path}`,
    });
  } finally {
    watching.abort();
    progress.end();
    await cluster.drain();
  }
}

/** All chains at once, so that R-hat means something early; but no more than two a core. */
function defaultSlots(job: Job, workers: number): number {
  return Math.max(1, Math.ceil(Math.min(job.inference.chains, 2 * availableParallelism()) / workers));
}

function refuseFailure(record: JobRecord, run: Run): void {
  if (record.state === 'completed') return;
  const failure = record.failure;
  const code: ErrorCode = 'JOB_FAILED';
  const where = failure === null || failure.chain === null ? '' : ` in chain ${failure.chain}`;
  throw new BasinetError(code, failure === null ? `the job was ${record.state}` : `the job failed${where}: ${failure.message}`, {
    path: failure?.path || run.directory.logs,
    remedy: failure?.remedy || `read the logs in ${run.directory.logs}; what was sampled is still in the log`,
  });
}
