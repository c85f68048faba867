// The HTTP endpoint of a role: /metrics for Prometheus, /healthz for whoever keeps it alive.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { BasinetError } from '../errors.js';
import { createMetrics, type Metrics } from './metrics.js';
import type { MetricRole } from './table.js';

export interface MetricsServerOptions {
  readonly role: MetricRole;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Address to listen on; the default is loopback only. */
  readonly host?: string;
  /** Whether the role is well; called at each GET /healthz, which answers 503 where it says no. Default: always. */
  readonly healthy?: () => boolean;
}

export interface MetricsServer {
  /** As bound. */
  readonly port: number;
  readonly registry: Registry;
  readonly metrics: Metrics;
  /** Stops listening and cuts open connections. Idempotent. */
  close(): Promise<void>;
}

/** Serves a role's metrics. Throws BasinetError USAGE where the port cannot be bound. */
export async function serveMetrics(options: MetricsServerOptions): Promise<MetricsServer> {
  const metrics = createMetrics(options.role);
  const healthy = options.healthy ?? (() => true);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`${String(error)}\n`);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (path === '/metrics') {
      const text = await metrics.registry.metrics();
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
    } else if (path === '/healthz') {
      const ok = healthy();
      response
        .writeHead(ok ? 200 : 503, { 'content-type': 'application/json' })
        .end(`${JSON.stringify({ status: ok ? 'ok' : 'unavailable', role: options.role })}\n`);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found: try /metrics or /healthz\n');
    }
  }

  const host = options.host ?? '127.0.0.1';
  const port = options.port ?? 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new BasinetError('USAGE', `the metrics endpoint cannot listen on ${host}:${port}: ${cause.message}`, {
          path: 'metricsPort',
          value: port,
          remedy: 'Choose a free port, or 0 to take any.',
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });

  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    registry: metrics.registry,
    metrics,
    close: () =>
      (closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}
