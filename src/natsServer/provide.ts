// Provides a nats-server where the machine has none: Debian's package, else the pinned release, else the Go module.
// Everything goes into the user's cache; the system is left as it is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../cacheDir.js';
import { BasinetError } from '../errors.js';
import { findNatsServer, misnamedServer, type NatsServerBinary } from './find.js';

/** The official release that is taken where Debian's package can't be, with the SHA-256 of its archives. */
export const PINNED_RELEASE = {
  version: '2.10.29',
  archives: {
    'linux-x64': { name: 'linux-amd64', sha256: 'e314da74a83a1d3876db8814c27eb990fe729640fd6452025b441bcede8390da' },
    'linux-arm64': { name: 'linux-arm64', sha256: 'da4b27942ecfb4c5f0c54553d2e7f470ddda9d7581cfe8131b351a0e223ed401' },
    'linux-arm': { name: 'linux-arm7', sha256: 'a59e7336a32ef78b0ca8bc3e6707a5770461d3f45c4c2f96cfef263f26eaefd5' },
  } as Readonly<Record<string, { readonly name: string; readonly sha256: string }>>,
} as const;

/** Compiled from the Go module where neither package nor release can be had. */
const GO_MODULE = 'github.com/nats-io/nats-server/v2@v2.12.8';

type Say = (line: string) => void;
/** Puts a nats-server at `target`; returns why it could not, or null. */
type Installer = (target: string, say: Say) => string | null | Promise<string | null>;

/**
 * The nats-server to run: from PATH, else from the cache, else installed into the cache.
 * Says what it does and which one it takes. Throws BUS_UNAVAILABLE with every attempt's reason where none can be had, and
 * where BASINET_NATS_SERVER names none.
 */
export async function provideNatsServer(say: Say): Promise<NatsServerBinary> {
  const found = findNatsServer();
  const misnamed = misnamedServer(found);
  if (misnamed !== null) throw misnamed;
  if (found !== null) return found;
  const attempts: string[] = [];
  const installers: readonly (readonly [string, Installer])[] = [
    ['debian', fromDebian],
    ['release', fromRelease],
    ['go', fromGoModule],
  ];
  for (const [source, install] of installers) {
    const directory = join(cacheDir(), 'nats-server', source);
    mkdirSync(directory, { recursive: true });
    const failure = await install(join(directory, 'nats-server'), say);
    const installed = failure === null ? findNatsServer() : null;
    if (installed !== null) return installed;
    attempts.push(`${source}: ${failure ?? 'was installed but does not run'}`);
  }
  throw new BasinetError('BUS_UNAVAILABLE', `no nats-server on this machine, and none could be installed:\n  ${attempts.join('\n  ')}`, {
    remedy: 'install nats-server 2.9.10 or newer so that it is on PATH (Debian: apt-get install nats-server; macOS: brew install nats-server), or name it in BASINET_NATS_SERVER',
  });
}

/** Downloads Debian's package with apt and unpacks it without installing: needs no root where apt's lists are filled. */
function fromDebian(target: string, say: Say): string | null {
  if (!isExecutable('apt-get') || !isExecutable('dpkg-deb')) return 'this is no Debian (no apt-get)';
  const scratch = mkdtempSync(join(cacheDir(), 'nats-server', 'deb-'));
  try {
    say('nats-server: fetching Debian’s package');
    let download = run('apt-get', ['download', 'nats-server'], scratch);
    if (download !== null && process.getuid?.() === 0) {
      run('apt-get', ['update', '-qq'], scratch);
      download = run('apt-get', ['download', 'nats-server'], scratch);
    }
    if (download !== null) return download;
    const archive = readdirSync(scratch).find((name) => name.endsWith('.deb'));
    if (archive === undefined) return 'apt-get downloaded nothing';
    const unpacked = run('dpkg-deb', ['-x', archive, 'unpacked'], scratch);
    if (unpacked !== null) return unpacked;
    const binary = ['usr/sbin', 'usr/bin'].map((d) => join(scratch, 'unpacked', d, 'nats-server')).find((f) => existsSync(f));
    if (binary === undefined) return 'the package holds no nats-server';
    place(binary, target);
    return null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fromRelease(target: string, say: Say): Promise<string | null> {
  const archive = PINNED_RELEASE.archives[`${process.platform}-${process.arch}`];
  if (archive === undefined) return `no pinned release for ${process.platform}-${process.arch}`;
  const name = `nats-server-v${PINNED_RELEASE.version}-${archive.name}`;
  say(`nats-server: fetching the official release ${PINNED_RELEASE.version}`);
  const scratch = mkdtempSync(join(cacheDir(), 'nats-server', 'release-'));
  try {
    const response = await fetch(`https://github.com/nats-io/nats-server/releases/download/v${PINNED_RELEASE.version}/${name}.tar.gz`, {
      signal: AbortSignal.timeout(120_000),
    });
    if (!response.ok) return `the download answered ${response.status}`;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== archive.sha256) return `checksum of ${name}.tar.gz is ${sha256}, not ${archive.sha256}`;
    writeFileSync(join(scratch, 'archive.tar.gz'), bytes);
    const unpacked = run('tar', ['-xzf', 'archive.tar.gz'], scratch);
    if (unpacked !== null) return unpacked;
    place(join(scratch, name, 'nats-server'), target);
    return null;
  } catch (error) {
    return `the download failed: ${describe(error)}`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function fromGoModule(target: string, say: Say): string | null {
  if (!isExecutable('go')) return 'no Go compiler';
  say(`nats-server: compiling ${GO_MODULE} (a minute or two)`);
  const scratch = mkdtempSync(join(cacheDir(), 'nats-server', 'go-'));
  try {
    const built = run('go', ['install', GO_MODULE], scratch, { GOBIN: scratch });
    if (built !== null) return built;
    place(join(scratch, 'nats-server'), target);
    return null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Null on success, else the last line that the command printed. */
function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string | null {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  if (result.status === 0) return null;
  const lines = `${result.stdout ?? ''}\n${result.stderr ?? ''}`.trim().split('\n');
  return `${command} ${args[0] ?? ''} failed: ${result.error?.message ?? lines.at(-1) ?? 'no output'}`;
}

function isExecutable(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Puts the binary in place in one step, so that two installations at once cannot see half of it. */
function place(binary: string, target: string): void {
  const temporary = `${target}.${process.pid}`;
  copyFileSync(binary, temporary);
  chmodSync(temporary, 0o755);
  renameSync(temporary, target);
}

function describe(error: unknown): string {
  const cause = (error as { cause?: { message?: string } }).cause?.message;
  return `${(error as Error).message}${cause === undefined ? '' : ` (${cause})`}`;
}
