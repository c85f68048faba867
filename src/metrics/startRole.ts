// Starts a role that works through NATS: its connection, its metrics endpoint, its life.
import { connectBus, type Bus, type BusOptions } from '../bus/connection.js';
import { BasinetError } from '../errors.js';
import { createRole, type RoleSignals } from './lifecycle.js';
import type { Metrics } from './metrics.js';
import type { Role } from './role.js';
import { serveMetrics } from './server.js';

export interface RoleOptions {
  /** Where NATS is. The role waits for it as long as it takes. */
  readonly connection: Omit<BusOptions, 'name' | 'wait'>;
  /** Default 0: any free port. */
  readonly metricsPort?: number;
  /** Address of that port; default loopback. */
  readonly metricsHost?: string;
}

/**
 * `run` is the role's work; the role ends with it, and with BUS_UNAVAILABLE where the connection is closed for good.
 * `label` tells this process from others in the server's list of connections. Throws USAGE where the port is taken.
 */
export async function startRole(
  name: 'coordinator' | 'worker',
  label: string,
  options: RoleOptions,
  run: (bus: Bus, metrics: Metrics, signals: RoleSignals) => Promise<void>,
): Promise<Role> {
  const bus = await connectBus({ ...options.connection, name: `basinet ${label}`, wait: true });
  const served = await serveMetrics({
    role: name,
    port: options.metricsPort ?? 0,
    ...(options.metricsHost === undefined ? {} : { host: options.metricsHost }),
    healthy: () => !bus.nc.isClosed(),
  }).catch(async (error: unknown) => {
    await bus.close();
    throw error;
  });
  const closed = bus.closed().then((cause) => {
    throw new BasinetError('BUS_UNAVAILABLE', `the connection to NATS was closed: ${cause?.message ?? 'by the client'}`, { cause, remedy: `Restart this ${name}.` });
  });
  closed.catch(() => undefined);
  return createRole({
    name,
    metricsPort: served.port,
    run: (signals) => Promise.race([run(bus, served.metrics, signals), closed]),
    cleanUp: async () => {
      await served.close();
      await bus.close();
    },
  });
}
