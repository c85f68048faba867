// Starts a private nats-server: loopback, a free port, a generated credential, a store directory of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BasinetError } from '../errors.js';
import { requireNatsServer, type NatsServerBinary } from './find.js';
import { stopOrphan } from './orphan.js';

export interface NatsServerOptions {
  /** Holds the configuration (0600), the JetStream store and the process id; made where missing, kept after `stop`. */
  readonly storeDir: string;
  /** Bytes; default 8 MiB, above which the server warns. */
  readonly maxPayload?: number;
  /** Limit of JetStream's files in bytes; default: what the server chooses (three quarters of the free disk). */
  readonly maxStoreBytes?: number;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: the one that `requireNatsServer` finds. */
  readonly binary?: NatsServerBinary;
  /** A known credential, to restart a server under its clients; default: a new one. */
  readonly credential?: { readonly user: string; readonly pass: string };
}

export interface NatsServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly user: string;
  readonly pass: string;
  readonly pid: number;
  readonly binary: NatsServerBinary;
  /** Resolves when the server has ended: null after `stop`, else BUS_UNAVAILABLE with its last log lines. Never rejects. */
  readonly ended: Promise<BasinetError | null>;
  /** Graceful (SIGTERM), then by force. Idempotent. */
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 15_000;
const POLL_MS = 20;
const LOG_LINES = 40;
const DEFAULT_MAX_PAYLOAD = 8 << 20;

/**
 * Runs the server ($0, configuration $1) and stops it when descriptor 3 ends: on `stop`, and where the process that holds
 * its other end is killed. Prints the server's process id.
 */
const KEEPER = '"$0" --config "$1" 3<&- & server=$!; echo $server; exec 1>&-; (cat <&3 >/dev/null; kill -TERM $server) & wait $server';

/** Throws BUS_UNAVAILABLE with the server's last log lines where it does not start. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const binary = options.binary ?? requireNatsServer();
  const storeDir = resolve(options.storeDir);
  mkdirSync(join(storeDir, 'jetstream'), { recursive: true });
  const configPath = join(storeDir, 'nats-server.conf');
  const pidFile = join(storeDir, 'nats-server.pid');
  await stopOrphan(pidFile, configPath);
  // A server that was killed left its own; another process may bear its number later.
  for (const name of readdirSync(storeDir)) if (name.endsWith('.ports')) rmSync(join(storeDir, name), { force: true });
  const credential = options.credential ?? { user: 'basinet', pass: randomBytes(24).toString('base64url') };
  rmSync(configPath, { force: true });
  writeFileSync(configPath, configuration(options, storeDir, credential), { mode: 0o600 });

  const logPath = join(storeDir, 'nats-server.log');
  rmSync(logPath, { force: true });
  const log = openSync(logPath, 'a', 0o600);
  // A group of its own: Ctrl-C in a terminal is for basinet, which stops the server last.
  const keeper = spawn('sh', ['-c', KEEPER, binary.path, configPath], { stdio: ['ignore', 'pipe', log, 'pipe'], detached: true });
  closeSync(log);
  let stopping = false;
  const exited = new Promise<number | null>((settle) => {
    keeper.once('exit', (code) => settle(code));
    keeper.once('error', () => settle(null));
  });
  // Else the keeper's helper would wait for it, and then signal a process id that may be another's by then.
  void exited.then(() => keeper.stdio[3]?.destroy());
  const ended = exited.then((code) =>
    stopping
      ? null
      : new BasinetError('BUS_UNAVAILABLE', `nats-server ended by itself (exit status ${code ?? 'none'}). Its last lines:\n${lastLines(logPath)}`, {
          path: logPath,
          value: code,
          remedy: 'Read the lines above; free disk space where the store is full.',
        }),
  );
  const pid = await childPid(keeper, exited);
  const stop = async () => {
    stopping = true;
    // The keeper reads the end of this pipe as the order to stop, as it would where this process dies.
    keeper.stdio[3]?.destroy();
    const force = setTimeout(() => signal(pid, 'SIGKILL'), STOP_PATIENCE_MS);
    await exited;
    clearTimeout(force);
    rmSync(pidFile, { force: true });
  };
  const port = await Promise.race([boundPort(join(storeDir, `${basename(binary.path)}_${pid}.ports`), keeper), ended]);
  if (typeof port !== 'number') throw port ?? new BasinetError('INTERRUPTED', 'nats-server was stopped while it started');
  writeFileSync(pidFile, String(pid));
  return { url: `nats://127.0.0.1:${port}`, port, ...credential, pid, binary, ended, stop, [Symbol.asyncDispose]: stop };
}

function configuration(options: NatsServerOptions, storeDir: string, credential: { user: string; pass: string }): string {
  const quote = (text: string) => JSON.stringify(text);
  return [
    'host: "127.0.0.1"',
    `port: ${options.port ?? -1}`,
    `max_payload: ${options.maxPayload ?? DEFAULT_MAX_PAYLOAD}`,
    `ports_file_dir: ${quote(storeDir)}`,
    `authorization { user: ${quote(credential.user)}, password: ${quote(credential.pass)} }`,
    'jetstream {',
    `  store_dir: ${quote(join(storeDir, 'jetstream'))}`,
    ...(options.maxStoreBytes === undefined ? [] : [`  max_file_store: ${options.maxStoreBytes}`]),
    '}',
    '',
  ].join('\n');
}

function lastLines(logPath: string): string {
  try {
    return readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n');
  } catch {
    return '(nothing)';
  }
}

/** The server's own process id, which the keeper prints; 0 where it could not start. */
async function childPid(keeper: ChildProcess, exited: Promise<unknown>): Promise<number> {
  let text = '';
  keeper.stdout!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const printed = new Promise<void>((resolve) => keeper.stdout!.on('data', () => text.includes('\n') && resolve()));
  await Promise.race([printed, exited]);
  return Number(text.trim()) || 0;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

/** The server picks the port and writes it to a file once it listens. */
async function boundPort(portsFile: string, keeper: ChildProcess): Promise<number> {
  for (;;) {
    try {
      const { nats } = JSON.parse(readFileSync(portsFile, 'utf8')) as { nats: string[] };
      const port = Number(new URL(nats[0]!).port);
      if (port > 0) return port;
    } catch {
      // Not there, or not whole yet.
    }
    if (keeper.exitCode !== null || keeper.signalCode !== null) return new Promise<never>(() => undefined);
    await delay(POLL_MS);
  }
}
