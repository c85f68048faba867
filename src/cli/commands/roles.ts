// `basinet coordinator|worker|aggregator|gateway`: one role in this process, drained by a signal.
import type { Role } from '../../metrics/role.js';
import { positiveInteger, port } from '../numbers.js';
import { note } from '../output.js';
import { serverConnection, withoutCredentials, type ServerConnection } from '../serverConnection.js';

/** What to do when the parent of a forked role is gone; nothing to abort while the role is starting. */
let orphaned = (): void => process.exit(130);
// A parent can be gone before the role is ready, and even before this file is loaded.
if (process.send !== undefined) {
  if (!process.connected) process.exit(130);
  process.once('disconnect', () => orphaned());
}

/** The channel to a parent keeps a process alive that has nothing to do any more. */
function leaveParent(): void {
  orphaned = () => undefined;
  if (process.connected) process.disconnect();
}

export interface ServerOptions {
  readonly server: string;
  readonly metricsPort: string;
}

/** An abort that waits for a server which is gone is cut short. */
const ABORT_PATIENCE_MS = 2000;

/** Roles wait for a server for ever: said first, or a wrong address would look like a role that hangs. */
function connection({ server }: { readonly server: string }): ServerConnection {
  note(`connecting to ${withoutCredentials(server)}, until it answers`);
  return serverConnection(server);
}

export async function coordinator(options: ServerOptions): Promise<void> {
  const { startCoordinator } = await import('../../coordinator/index.js');
  await serve(() => startCoordinator({ connection: connection(options), metricsPort: port('--metrics-port', options.metricsPort) }));
}

export interface WorkerOptions extends ServerOptions {
  readonly slots?: string;
  readonly class: string;
  readonly engine: string;
  readonly cache?: string;
}

export async function worker(options: WorkerOptions): Promise<void> {
  const { startWorker } = await import('../../worker/index.js');
  await serve(() =>
    startWorker({
      connection: connection(options),
      metricsPort: port('--metrics-port', options.metricsPort),
      resourceClass: options.class,
      engine: options.engine,
      ...(options.slots === undefined ? {} : { slots: positiveInteger('--slots', options.slots) }),
      ...(options.cache === undefined ? {} : { cacheDir: options.cache }),
      note,
    }),
  );
}

export interface AggregatorOptions extends ServerOptions {
  readonly name?: string;
}

export async function aggregator(options: AggregatorOptions): Promise<void> {
  const { startAggregator } = await import('../../aggregator/index.js');
  await serve(() =>
    startAggregator({
      connection: connection(options),
      metricsPort: port('--metrics-port', options.metricsPort),
      ...(options.name === undefined ? {} : { name: options.name }),
    }),
  );
}

export interface GatewayOptions {
  readonly server: string;
  readonly host: string;
  readonly port: string;
}

export async function gateway(options: GatewayOptions): Promise<void> {
  const { startGateway } = await import('../../gateway/index.js');
  await serve(() => startGateway({ connection: connection(options), host: options.host, port: port('--port', options.port) }));
}

/**
 * Runs until the role ends. The first SIGTERM or SIGINT drains it, the second ends it at once. A role that was
 * forked (the local cluster) ends at once when its parent is gone: the parent's nats-server goes with it, so there is
 * nothing left to drain to, and the log makes that safe.
 */
async function serve(start: () => Promise<Role>): Promise<void> {
  let role: Role;
  try {
    role = await start();
  } catch (error) {
    leaveParent();
    throw error;
  }
  let stopping = false;
  const force = (): void => {
    setTimeout(() => process.exit(130), ABORT_PATIENCE_MS).unref();
    void role.abort().finally(() => process.exit(130));
  };
  const stop = (reason: string): void => {
    if (stopping) return force();
    stopping = true;
    note(`${role.name}: ${reason}, draining`);
    void role.drain();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  orphaned = force;
  note(`${role.name}: ready, metrics on port ${role.metricsPort}`);
  process.send?.({ ready: role.name, metricsPort: role.metricsPort });
  try {
    await role.done;
  } finally {
    await role[Symbol.asyncDispose]();
    leaveParent();
  }
}
