// `basinet run` as a user meets it: results, Ctrl-C and resume, kill -9 of any role and of everything, two jobs at once.
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeDriver } from '../engine/fakeDriver.js';
import { hashTree, MAIN, runCli, smallJob, startCli, temporaryDirectory, writeJob } from '../support/cli.js';

/** What must not depend on who was killed when: every draw in order, and every statistic. */
function outcome(directory: string): Record<string, string> {
  const all = hashTree(directory);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('draws/') || name === 'summary.safetensors'));
}

/** Process ids of the roles of the run in `directory`, from the kernel's list. */
function roleProcesses(role: string, directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        const parent = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
        return command.includes(role) && readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    });
}

/** A zombie, which nobody has waited for yet, has no command line. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Files of the server's store. Only their names are looked at: a living server replaces files at any moment. */
function storedFiles(directory: string): number {
  try {
    return readdirSync(join(directory, 'cluster', 'nats', 'jetstream'), { recursive: true }).length;
  } catch {
    return 0;
  }
}

/** Whether there was a process to kill. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

describe('a role that cannot start', () => {
  it('ends, also where it was forked', async () => {
    const child = fork(MAIN, ['worker', '--class', 'gpu', '--server', 'nats://127.0.0.1:1'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, PATH: fakeDriver().path, BASINET_TFJS: 'off' } });
    let said = '';
    child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
    const status = await new Promise((resolve) => child.once('exit', resolve));
    expect(status, said).toBe(5);
    expect(said).toMatch(/needs @tensorflow\/tfjs-node-gpu/);
  });
});

describe('basinet run', () => {
  let undisturbed: Record<string, string>;

  beforeAll(async () => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    const { status, stdout, stderr } = await runCli(['run', writeJob(directory, smallJob('calm')), '--out', out, '--json']);
    expect(stderr + stdout).toContain('nats-server');
    expect(status).toBe(0);
    const summary = JSON.parse(stdout) as { sampling: { draws: number }; quarantined: { slots: number } };
    expect(summary.sampling.draws).toBe(300);
    expect(summary.quarantined.slots).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['draws', 'job.yaml', 'report.html', 'summary.json', 'summary.safetensors']);
    undisturbed = outcome(out);
    expect(Object.keys(undisturbed).length).toBeGreaterThan(10);
  });

  it('gives the same draws and statistics again, bit for bit', async () => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    expect((await runCli(['run', writeJob(directory, smallJob('calm')), '--out', out])).status).toBe(0);
    expect(outcome(out)).toEqual(undisturbed);
  });

  it.each(['worker', 'aggregator', 'coordinator'])('gives the same when the %s is killed again and again', async (role) => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    const run = startCli(['run', writeJob(directory, smallJob('calm')), '--out', out]);
    let kills = 0;
    let ended = false;
    void run.finished.then(() => (ended = true));
    while (!ended && kills < 3) {
      await sleep(700);
      for (const pid of roleProcesses(role, out)) if (kill(pid)) kills++;
    }
    const { status, stderr } = await run.finished;
    expect(status, stderr).toBe(0);
    expect(kills).toBeGreaterThan(0);
    expect(outcome(out)).toEqual(undisturbed);
  });

  it('stops at Ctrl-C, and goes on with --resume to the same results', async () => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    const run = startCli(['run', writeJob(directory, smallJob('calm')), '--out', out]);
    while (roleProcesses('worker', out).length === 0) await sleep(50);
    await sleep(300);
    run.child.kill('SIGINT');
    const stopped = await run.finished;
    expect(stopped.status).toBe(130);
    expect(stopped.stderr).toContain(`basinet run --resume ${out}`);
    expect(roleProcesses('worker', out)).toEqual([]);
    const resumed = await runCli(['run', '--resume', out]);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(existsSync(join(out, 'cluster'))).toBe(false);
    expect(outcome(out)).toEqual(undisturbed);
  });

  it('survives kill -9 of the command itself: its processes end, and --resume gives the same results', async () => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    const run = startCli(['run', writeJob(directory, smallJob('calm')), '--out', out]);
    while (roleProcesses('worker', out).length === 0 || storedFiles(out) === 0) await sleep(50);
    const roles = ['worker', 'aggregator', 'coordinator'].flatMap((role) => roleProcesses(role, out));
    await sleep(300);
    run.child.kill('SIGKILL');
    expect((await run.finished).signal).toBe('SIGKILL');
    while (roles.some(isAlive)) await sleep(50);
    const resumed = await runCli(['run', '--resume', out]);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(outcome(out)).toEqual(undisturbed);
  });

  it('says so when its nats-server is killed, ends every role, and goes on with --resume', async () => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    const run = startCli(['run', writeJob(directory, smallJob('calm')), '--out', out]);
    while (roleProcesses('worker', out).length === 0) await sleep(50);
    const roles = ['worker', 'aggregator', 'coordinator'].flatMap((role) => roleProcesses(role, out));
    await sleep(300);
    kill(Number(readFileSync(join(out, 'cluster', 'nats', 'nats-server.pid'), 'utf8')));
    const { status, stderr } = await run.finished;
    expect(status).toBe(7);
    expect(stderr).toContain('nats-server ended by itself');
    expect(roles.filter(isAlive)).toEqual([]);
    const resumed = await runCli(['run', '--resume', out]);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(outcome(out)).toEqual(undisturbed);
  });

  it('refuses a directory that is in use, not empty, or holds an unfinished run', async () => {
    const directory = temporaryDirectory();
    const job = writeJob(directory, smallJob('calm', { draws: 5000 }));
    const out = join(directory, 'out');
    const run = startCli(['run', job, '--out', out]);
    while (!existsSync(join(out, 'cluster', 'lock'))) await sleep(20);
    const second = await runCli(['run', job, '--out', out, '--json']);
    expect(second.status).toBe(11);
    expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: 'JOB_CONFLICT' } });
    run.child.kill('SIGINT');
    await run.finished;
    expect((await runCli(['run', job, '--out', out])).stderr).toContain('--resume');
    expect((await runCli(['run', job, '--out', directory])).stderr).toContain('not empty');
    expect((await runCli(['run', '--resume', directory])).stderr).toContain('holds no stopped run');
  });

  it.each([
    ['an option that is no number', 64, smallJob('refused'), ['--workers', '0'], {}],
    ['a pool of engines that do not exist', 64, smallJob('refused'), ['--engines', 'native,abacus'], {}],
    ['a pool whose engine the job does not ask for', 5, { ...smallJob('refused'), engine: 'reference' as const }, ['--engines', 'native'], {}],
    ['an engine that is not there', 5, { ...smallJob('refused'), engine: 'native' as const }, [], { BASINET_NATIVE: 'off' }],
    ['a resource class that no worker here has', 2, { ...smallJob('refused'), resources: { class: 'gpu' as const } }, [], {}],
    ['a GPU without anything to compute on it with', 5, { ...smallJob('refused'), resources: { class: 'gpu' as const } }, [], { PATH: fakeDriver().path, BASINET_TFJS: 'off' }],
    ['data that are not there', 3, { ...smallJob('refused'), data: { train: { format: 'csv' as const, file: 'none.csv', targets: [0] } } }, [], {}],
    ['a nats-server that is not there', 7, smallJob('refused'), [], { BASINET_NATS_SERVER: '/nowhere/nats-server' }],
  ])('refuses %s without touching what is in the directory', async (_, exit, job, options, environment) => {
    const directory = temporaryDirectory();
    const out = join(directory, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'summary.json'), 'results of an earlier run');
    const { status, stderr } = await runCli(['run', writeJob(directory, job), '--out', out, '--overwrite', ...options], environment);
    expect(status, stderr).toBe(exit);
    expect(stderr).toContain('remedy');
    expect(readdirSync(out)).toEqual(['summary.json']);
  });
});
