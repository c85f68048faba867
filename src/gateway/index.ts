// The gateway: HTTP for those who have no NATS, to read, submit and follow jobs. It owns no state.
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { connectBus, type Bus, type BusOptions } from '../bus/connection.js';
import { BasinetError } from '../errors.js';
import { createMetrics, type Metrics, type Role } from '../metrics/index.js';
import { aborted, createRole } from '../metrics/lifecycle.js';
import { errorAnswer, NotFound } from './errors.js';
import { EventStreams } from './events.js';
import { addRoutes } from './routes.js';

export interface GatewayOptions {
  readonly connection: Omit<BusOptions, 'name' | 'wait'>;
  /** Address to listen on; the default is loopback only: there is no authentication yet. */
  readonly host?: string;
  /** 0, the default, takes a free one. /metrics and /healthz are on it too. */
  readonly port?: number;
}

/** Starts a gateway, as soon as NATS answers. Throws USAGE where the port cannot be bound. */
export async function startGateway({ connection, host = '127.0.0.1', port = 0 }: GatewayOptions): Promise<Role> {
  const bus = await connectBus({ ...connection, name: 'basinet gateway', wait: true });
  const metrics = createMetrics('gateway');
  const events = new EventStreams(bus, (open) => metrics.set('basinet_event_streams', {}, open));
  const app = build(bus, metrics, events);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await bus.close();
    throw new BasinetError('USAGE', `the gateway cannot listen on ${host}:${port}: ${(cause as Error).message}`, {
      path: 'port',
      value: port,
      remedy: 'Choose a free port, or 0 to take any.',
      cause,
    });
  }
  return createRole({
    name: 'gateway',
    metricsPort: (app.server.address() as AddressInfo).port,
    run: async ({ drain }) => {
      const closed = bus.closed().then((cause) => {
        if (!drain.aborted) throw new BasinetError('BUS_UNAVAILABLE', `the connection to NATS was closed${cause === undefined ? '' : `: ${cause.message}`}`, { cause });
      });
      await Promise.race([aborted(drain), closed]);
    },
    cleanUp: async () => {
      events.closeAll();
      app.server.closeIdleConnections();
      await app.close();
      await bus.close();
    },
  });
}

function build(bus: Bus, metrics: Metrics, events: EventStreams): FastifyInstance {
  const app = fastify({ forceCloseConnections: 'idle' });
  metrics.set('basinet_event_streams', {}, 0);
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = errorAnswer(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((request) => {
    throw new NotFound(`there is no ${request.method} ${request.url}`, request.url, 'See docs/gateway.md for what there is.');
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.add('basinet_http_requests_total', { method: request.method, route, status: reply.statusCode });
    if (!route.endsWith('/events')) metrics.observe('basinet_http_request_seconds', { route }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/healthz', (_request, reply) => {
    const ok = !bus.nc.isClosed();
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', role: 'gateway' });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
  addRoutes(app, bus, events);
  return app;
}
