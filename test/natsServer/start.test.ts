// Finding and running a private nats-server.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectBus } from '../../src/bus/connection.js';
import { findNatsServer, requireNatsServer, startNatsServer } from '../../src/natsServer/index.js';

let directory: string;
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'basinet-server-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('findNatsServer', () => {
  it('prefers BASINET_NATS_SERVER, and passes over what does not start', () => {
    const fake = join(directory, 'mine');
    writeFileSync(fake, '#!/bin/sh\necho "nats-server: v9.8.7"\n');
    chmodSync(fake, 0o755);
    expect(findNatsServer({ BASINET_NATS_SERVER: fake })).toMatchObject({ path: fake, version: '9.8.7', source: 'environment' });
    writeFileSync(fake, '#!/bin/sh\nexit 1\n');
    expect(findNatsServer({ BASINET_NATS_SERVER: fake })?.path).not.toBe(fake);
  });

  it('finds one in the cache', () => {
    const cached = join(directory, 'nats-server', 'release');
    mkdirSync(cached, { recursive: true });
    writeFileSync(join(cached, 'nats-server'), '#!/bin/sh\necho "nats-server: v2.10.29"\n');
    chmodSync(join(cached, 'nats-server'), 0o755);
    const found = findNatsServer({ BASINET_CACHE: directory, PATH: '' });
    expect(found?.source === 'release' || found?.source === 'system').toBe(true);
    expect(found?.description).toContain('nats-server');
  });
});

describe('startNatsServer', () => {
  it('believes no file of ports that a killed server left', async () => {
    const stale = join(directory, 'nats-server_1.ports');
    writeFileSync(stale, '{"nats":["nats://127.0.0.1:4"]}');
    await using server = await startNatsServer({ storeDir: directory });
    expect(server.port).toBeGreaterThan(4);
    expect(existsSync(stale)).toBe(false);
  });

  it('listens on loopback with a credential that is in one private file and on no command line', async () => {
    const server = await startNatsServer({ storeDir: directory });
    const config = join(directory, 'nats-server.conf');
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(readFileSync(config, 'utf8')).toContain(server.pass);
    expect(server.url).toMatch(/^nats:\/\/127\.0\.0\.1:\d+$/);
    if (process.platform === 'linux') expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(server.pass);
    const bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'test' });
    expect(bus.maxPayload).toBe(8 << 20);
    await bus.close();
    await server.stop();
    await server.stop();
    expect(await server.ended).toBeNull();
    expect(existsSync(join(directory, 'nats-server.pid'))).toBe(false);
  });

  it('says why it ended', async () => {
    const first = await startNatsServer({ storeDir: join(directory, 'first') });
    await expect(startNatsServer({ storeDir: join(directory, 'second'), port: first.port })).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
      message: expect.stringContaining('in use') as string,
    });
    process.kill(first.pid, 'SIGKILL');
    expect(await first.ended).toMatchObject({ code: 'BUS_UNAVAILABLE' });
    await first.stop();
  });

  it('stops the orphan of a killed process before it opens the same store', async () => {
    const orphan = await startNatsServer({ storeDir: directory });
    const heir = await startNatsServer({ storeDir: directory });
    expect(heir.pid).not.toBe(orphan.pid);
    expect(await orphan.ended).toMatchObject({ code: 'BUS_UNAVAILABLE' });
    await heir.stop();
  });

  it('ends with the process that started it, however that ends', async () => {
    const built = new URL('../../dist/natsServer/index.js', import.meta.url).href;
    const script = `const { startNatsServer } = await import(${JSON.stringify(built)}); console.log((await startNatsServer({ storeDir: process.argv[1] })).pid); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => starter.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
    expect(isRunning(pid)).toBe(true);
    starter.kill('SIGKILL');
    while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is told from one without JetStream', async () => {
    const { path } = requireNatsServer();
    const bare = spawn(path, ['--addr', '127.0.0.1', '--port', '-1', '--ports_file_dir', directory], { stdio: 'ignore' });
    const file = join(directory, `nats-server_${bare.pid}.ports`);
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 20));
    const { nats } = JSON.parse(readFileSync(file, 'utf8')) as { nats: string[] };
    await expect(connectBus({ servers: nats, name: 'test', timeoutMs: 500 })).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE', message: expect.stringContaining('JetStream') as string });
    bare.kill();
  });

  it('runs on what requireNatsServer finds', () => {
    expect(requireNatsServer().version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
