// A private nats-server for a test, with connections that close with it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { connectBus, type Bus, type BusOptions } from '../../src/bus/connection.js';
import { startNatsServer, type NatsServer, type NatsServerOptions } from '../../src/natsServer/index.js';

export interface TestServer extends AsyncDisposable {
  readonly server: NatsServer;
  connect(options?: Partial<BusOptions>): Promise<Bus>;
  /** Stops the server, by force where `kill` is given, and starts it again on the same port, store and credential. */
  restart(options?: { readonly kill?: boolean }): Promise<void>;
  /** Restarts it, and returns what makes it lose all that it stores from here on, as a power failure can: another restart. */
  restartPoint(): Promise<() => Promise<void>>;
}

/** Those of this process that run. */
const running = new Set<TestServer>();
export const servers = (): ReadonlySet<TestServer> => running;

/** Those that ended by themselves: what a test waits for will not come. */
export const serverDeaths: string[] = [];

export async function startTestServer(options: Partial<NatsServerOptions> = {}): Promise<TestServer> {
  const storeDir = mkdtempSync(join(tmpdir(), 'basinet-nats-'));
  let killed = false;
  const start = async (given: Partial<NatsServerOptions> = {}) => {
    const started = await startNatsServer({ storeDir, ...options, ...given });
    killed = false;
    void started.ended.then((error) => error === null || killed || serverDeaths.push(error.message));
    return started;
  };
  let server = await start();
  const buses: Bus[] = [];
  const jetstream = join(storeDir, 'jetstream');
  const again = async (meanwhile: () => void = () => undefined): Promise<void> => {
    const { port, user, pass } = server;
    await server.stop();
    meanwhile();
    server = await start({ port, credential: { user, pass } });
  };
  const test: TestServer = {
    get server() {
      return server;
    },
    async connect(extra = {}) {
      const bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'test', ...extra });
      buses.push(bus);
      return bus;
    },
    async restart({ kill = false } = {}) {
      killed = kill;
      if (kill) process.kill(server.pid, 'SIGKILL');
      await again();
    },
    async restartPoint() {
      const kept = join(storeDir, 'kept');
      await again(() => cpSync(jetstream, kept, { recursive: true }));
      return () =>
        again(() => {
          rmSync(jetstream, { recursive: true });
          cpSync(kept, jetstream, { recursive: true });
        });
    },
    async [Symbol.asyncDispose]() {
      running.delete(test);
      serverDeaths.length = 0;
      await Promise.all(buses.map((bus) => bus.nc.close()));
      await server.stop();
      rmSync(storeDir, { recursive: true, force: true });
    },
  };
  running.add(test);
  return test;
}

/** A server for all tests of a file, started before them and stopped after them; `ready` is given it and a connection to it. */
export function useTestServer(ready: (server: TestServer, bus: Bus) => void, options: Partial<NatsServerOptions> = {}): void {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(options);
    ready(server, await server.connect());
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });
}
