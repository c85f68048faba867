// A nats-server whose starter was killed still holds its store: it is stopped before another opens the same files.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { BasinetError } from '../errors.js';

const POLL_MS = 50;
const PATIENCE_MS = 15_000;

/** Stops the server that wrote `pidFile`, where it still runs with `configPath`; any other process of that number is left alone. */
export async function stopOrphan(pidFile: string, configPath: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === null || !commandLine(pid).includes(configPath)) return;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    await delay(POLL_MS);
    if (!commandLine(pid).includes(configPath)) return;
  }
  throw new BasinetError('BUS_UNAVAILABLE', `the nats-server with process id ${pid} holds this store and does not stop`, {
    value: pid,
    remedy: `End process ${pid}, then try again.`,
  });
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** Empty where there is no such process (a zombie has none either). */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    if (process.platform === 'linux') return '';
  }
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
