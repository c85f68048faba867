// Roles as processes of their own on a test's nats-server, and small jobs for them.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { recordsOf as judgedRecords } from '../../src/aggregator/logSource.js';
import type { Bus } from '../../src/bus/connection.js';
import { sha256Hex, toHex } from '../../src/bus/hash.js';
import { createJob, getJob, isEnded, type JobRecord } from '../../src/bus/jobStore.js';
import { putDataset } from '../../src/bus/objects.js';
import type { RecordShape } from '../../src/bus/outline.js';
import type { DrawRecord } from '../../src/bus/records.js';
import { packJobData } from '../../src/data/container.js';
import { resolveJob } from '../../src/job/load.js';
import { recordShape } from '../../src/job/plan.js';
import type { Job, JobInput } from '../../src/job/schema.js';
import { describeCluster } from './describeCluster.js';
import { serverDeaths, servers, startTestServer, type TestServer } from './nats.js';

const MAIN = fileURLToPath(new URL('./roleMain.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/worker/index.js', import.meta.url));

export interface RoleProcess {
  readonly child: ChildProcess;
  readonly metricsPort: number;
  /** Exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  kill(): Promise<void>;
  drain(): Promise<number | NodeJS.Signals | null>;
}

/** Roles that ended by themselves: what a test waits for will not come. */
const dead: string[] = [];

/** Roles of one test; disposal kills what is left of them. */
export class TestCluster implements AsyncDisposable {
  private readonly processes: RoleProcess[] = [];
  readonly cacheDir = mkdtempSync(join(tmpdir(), 'basinet-cache-'));

  constructor(readonly server: TestServer) {
    if (!existsSync(BUILT)) throw new Error('dist/ does not exist: npm test makes it, or node scripts/build.mjs');
  }

  /** Resolves when the role is ready. */
  async start(role: 'worker' | 'coordinator' | 'aggregator', options: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}): Promise<RoleProcess> {
    const { url, user, pass } = this.server.server;
    const all = { connection: { servers: url, user, pass }, ...(role === 'worker' ? { cacheDir: this.cacheDir, slots: 2, leaseMs: 1500, retryMs: 100, statusMs: 100 } : {}), ...options };
    const child = fork(MAIN, [role, JSON.stringify(all)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env } });
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const metricsPort = await new Promise<number>((resolve, reject) => {
      child.once('message', (message: { metricsPort: number }) => resolve(message.metricsPort));
      void ended.then((how) => reject(new Error(`${role} ended with ${String(how)} before it was ready`)));
    });
    let wanted = false;
    void ended.then((how) => wanted || dead.push(`${role} ended with ${String(how)}`));
    const end = (signal: NodeJS.Signals) => {
      wanted = true;
      child.kill(signal);
      return ended;
    };
    const started: RoleProcess = {
      child,
      metricsPort,
      ended,
      kill: async () => {
        await end('SIGKILL');
      },
      drain: () => end('SIGTERM'),
    };
    this.processes.push(started);
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((started) => started.kill()));
    dead.length = 0;
    rmSync(this.cacheDir, { recursive: true, force: true });
  }
}

/** A server with a cluster of its own for every test of a file; `ready` is given them, and a connection. */
export function useTestCluster(ready: (cluster: TestCluster, bus: Bus, server: TestServer) => void): void {
  let server: TestServer;
  let cluster: TestCluster;
  beforeEach(async () => {
    server = await startTestServer();
    cluster = new TestCluster(server);
    ready(cluster, await server.connect(), server);
  });
  afterEach(async () => {
    await cluster[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
}

type HmcInput = Extract<JobInput['inference'], { method?: 'hmc' | undefined }>;
const isHmc = (inference: NonNullable<JobInput['inference']>): inference is HmcInput => (inference.method ?? 'hmc') === 'hmc';

/** A regression of `rows` points by a tiny network, on the reference engine. */
export function tinyJob(name: string, inference: NonNullable<JobInput['inference']> = {}, rest: Partial<JobInput> = {}): Job {
  return resolveJob({
    name,
    seed: 7,
    data: { train: { format: 'csv', file: 'unused.csv', targets: ['y'] } },
    network: { hidden: [{ width: 4, activation: 'tanh' }] },
    likelihood: { kind: 'gaussian', noise: 0.1 },
    engine: 'reference',
    inference: isHmc(inference) ? { chains: 2, warmup: 40, draws: 60, leapfrogSteps: 5, stepSize: 0.01, ...inference } : { chains: 2, ...inference },
    log: { warmupCheckpointEvery: 10, slotSeconds: 0.02 },
    probe: { rows: 5 },
    ...rest,
  } satisfies JobInput);
}

/** A job that does not end before the test wants it to: hours of draws, each a few milliseconds long. */
export const endlessJob = (name: string, inference: HmcInput = {}, rest: Partial<JobInput> = {}): Job => tinyJob(name, { draws: 50_000, leapfrogSteps: 200, ...inference }, rest);

const ROWS = 40;

/** What the records of a tiny job look like. */
export const tinyShape = (job: Job): RecordShape => recordShape(job, { features: 2, outputs: 1, trainRows: ROWS, testRows: 0, targetKind: 'real' });

/** Uploads made-up data and submits the job. */
export async function submitTiny(bus: Bus, job: Job): Promise<void> {
  const inputs = Float32Array.from({ length: ROWS * 2 }, (_, i) => Math.sin(i * 1.7));
  const targets = Float32Array.from({ length: ROWS }, (_, i) => Math.tanh(inputs[2 * i]! - 0.5 * inputs[2 * i + 1]!));
  const none = { mean: null, std: null };
  const { bytes } = packJobData({
    train: { inputs: { dtype: 'F32', shape: [ROWS, 2], data: inputs }, targets: { dtype: 'F32', shape: [ROWS, 1], data: targets } },
    test: null,
    outOfDistribution: [],
    targetKind: 'real',
    outputs: 1,
    inputScaling: none,
    targetScaling: none,
    notes: [],
  });
  await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash: await putDataset(bus, bytes) });
}

/** Waits as long as it takes, or until a role or a server has died; a wait that never ends says in the test's output what it waits for. */
export async function until(what: string, test: () => Promise<boolean> | boolean): Promise<void> {
  const started = Date.now();
  const say = setInterval(() => {
    console.error(`waiting for ${what} since ${Math.round((Date.now() - started) / 1000)} s`);
    for (const server of servers()) describeCluster(server).then((text) => console.error(text), (error: unknown) => console.error(`nothing is known of the cluster: ${String(error)}`));
  }, 60_000);
  try {
    while (!(await test())) {
      const died = [...dead, ...serverDeaths];
      if (died.length > 0) throw new Error(`while waiting for ${what}: ${died.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    clearInterval(say);
  }
}

/** The job's record once it has ended. */
export async function jobEnd(bus: Bus, id: string): Promise<JobRecord> {
  let record: JobRecord | undefined;
  await until(`the end of job ${id}`, async () => {
    record = (await getJob(bus, id).catch(() => null))?.record;
    return record !== undefined && isEnded(record.state);
  });
  return record!;
}

/** Every record of a chain that counts, in order. */
export async function recordsOf(bus: Bus, job: Job, chain: number): Promise<DrawRecord[]> {
  const records: DrawRecord[] = [];
  for await (const record of judgedRecords(bus, job, chain, tinyShape(job))) records.push(record);
  return records;
}

const bits = (array: Float32Array | Float64Array | null | undefined) => (array ? toHex(new Uint8Array(array.slice().buffer)) : '');
const kernelBits = (kernel: DrawRecord['kernel']) => kernel && JSON.stringify([kernel.scalars, Object.entries(kernel.arrays).map(([name, array]) => [name, bits(array)])]);

/** Every bit of a chain's records up to an iteration, one line a record. */
async function recordLines(bus: Bus, job: Job, chain: number, upTo: number): Promise<string[]> {
  const lines: string[] = [];
  for (const { iteration, phase, info, position, probeOutputs, adaptation, kernel } of await recordsOf(bus, job, chain)) {
    if (iteration > upTo) break;
    const { inverseMassMatrix, window, ...scalars } = adaptation ?? { inverseMassMatrix: null, window: null };
    lines.push(
      [chain, iteration, phase, JSON.stringify(Object.entries(info).map(([name, value]) => `${name} ${String(value)}`)), bits(position), bits(probeOutputs), JSON.stringify(scalars), bits(inverseMassMatrix), bits(window?.mean), bits(window?.sumSquares), kernelBits(kernel)].join(),
    );
  }
  return lines;
}

const hashOf = (lines: readonly string[]): string => `${lines.length} records ${sha256Hex(Buffer.from(lines.join('\n')))}`;

/** One hash over every bit of a job's records up to an iteration, chain by chain. */
export async function fingerprint(bus: Bus, job: Job, upTo = Infinity): Promise<string> {
  const lines: string[] = [];
  for (let chain = 0; chain < job.inference.chains; chain++) lines.push(...(await recordLines(bus, job, chain, upTo)));
  return hashOf(lines);
}

/** The same of one chain. */
export const chainFingerprint = async (bus: Bus, job: Job, chain: number): Promise<string> => hashOf(await recordLines(bus, job, chain, Infinity));
