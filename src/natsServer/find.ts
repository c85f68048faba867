// Finds a nats-server on this machine and says where it came from.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDir } from '../cacheDir.js';
import { BasinetError } from '../errors.js';

export interface NatsServerBinary {
  readonly path: string;
  /** `2.9.10` */
  readonly version: string;
  readonly source: 'environment' | 'PATH' | 'system' | 'debian' | 'release' | 'go';
  /** For people: `nats-server 2.9.10 from PATH (/usr/sbin/nats-server)`. */
  readonly description: string;
}

const NAME = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
/** Where packages put it, which is not always on a user's PATH. */
const SYSTEM_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'];
const SOURCES = {
  environment: 'named by BASINET_NATS_SERVER',
  PATH: 'from PATH',
  system: 'of this system',
  debian: 'from Debian’s package, in the cache',
  release: 'the official release, in the cache',
  go: 'compiled from the Go module, in the cache',
} as const;

/**
 * Looks at BASINET_NATS_SERVER, PATH, the system's directories, then the cache
 * (`nats-server/debian`, `nats-server/release`, `nats-server/go`). Null where there is none that starts.
 */
export function findNatsServer(environment: NodeJS.ProcessEnv = process.env): NatsServerBinary | null {
  for (const [source, path] of candidates(environment)) {
    if (!isExecutable(path)) continue;
    const version = versionOf(path);
    if (version) return { path, version, source, description: `nats-server ${version} ${SOURCES[source]} (${path})` };
  }
  return null;
}

/**
 * The error of a BASINET_NATS_SERVER that names no server which starts, given what `findNatsServer` found instead; null
 * where it is well. Who names a server means that one: another version must not take its place in silence.
 */
export function misnamedServer(found: NatsServerBinary | null, environment: NodeJS.ProcessEnv = process.env): BasinetError | null {
  const named = environment.BASINET_NATS_SERVER;
  if (!named || found?.source === 'environment') return null;
  return new BasinetError('BUS_UNAVAILABLE', `BASINET_NATS_SERVER names no nats-server that starts: ${named}`, {
    path: 'BASINET_NATS_SERVER',
    value: named,
    remedy: 'Give the path of a nats-server program, or unset the variable to take the one that is found.',
  });
}

/** As `findNatsServer`; throws BUS_UNAVAILABLE where there is none, or not the one that BASINET_NATS_SERVER names. */
export function requireNatsServer(environment: NodeJS.ProcessEnv = process.env): NatsServerBinary {
  const found = findNatsServer(environment);
  const misnamed = misnamedServer(found, environment);
  if (misnamed) throw misnamed;
  if (found) return found;
  throw new BasinetError('BUS_UNAVAILABLE', 'there is no nats-server on this machine', {
    remedy: 'Install the nats-server package of your system, put an official release on PATH, or run `npm run setup` in a clone of basinet, which fetches one.',
  });
}

function* candidates(environment: NodeJS.ProcessEnv): Generator<[NatsServerBinary['source'], string]> {
  if (environment.BASINET_NATS_SERVER) yield ['environment', environment.BASINET_NATS_SERVER];
  for (const directory of (environment.PATH ?? '').split(delimiter).filter(Boolean)) yield ['PATH', join(directory, NAME)];
  for (const directory of SYSTEM_DIRECTORIES) yield ['system', join(directory, NAME)];
  for (const source of ['debian', 'release', 'go'] as const) yield [source, join(cacheDir(environment), 'nats-server', source, NAME)];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function versionOf(path: string): string | null {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return /v?(\d+\.\d+\.\d+\S*)/.exec(stdout ?? '')?.[1] ?? null;
}
