// Metrics: the table, its documentation and what the endpoint serves agree.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import { METRICS, createMetrics, metricsMarkdown, serveMetrics, type MetricRow } from '../../src/metrics/index.js';

/** All files of a role, one after the other. */
function sourceOf(role: string): string {
  const folder = fileURLToPath(new URL(`../../src/${role}`, import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

const rows = Object.entries<MetricRow>(METRICS);

describe('the table', () => {
  it('is what docs/metrics.md holds', () => {
    expect(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toContain(metricsMarkdown());
  });

  it.each(rows)('%s is named as Prometheus advises', (name, row) => {
    expect(name).toMatch(/^basinet_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(row.kind === 'counter');
    expect(row.help).toMatch(/\.$/);
    expect(row.buckets !== undefined).toBe(row.kind === 'histogram');
    expect(row.roles.length).toBeGreaterThan(0);
  });

  it.each(rows)('%s is set by each of its roles', (name, row) => {
    for (const role of row.roles) expect(sourceOf(role), `src/${role} never names ${name}`).toContain(`'${name}'`);
  });
});

describe('a role\'s metrics', () => {
  it('count, and forget the gauges of a job but not its counters', async () => {
    const metrics = createMetrics('aggregator', { processMetrics: false });
    metrics.add('basinet_draws_folded_total', { job: 'a', partition: 0 }, 3);
    metrics.add('basinet_draws_folded_total', { job: 'a', partition: 0 });
    metrics.set('basinet_probe_nll', { job: 'a', partition: 0 }, 0.25);
    metrics.set('basinet_probe_nll', { job: 'b', partition: 0 }, 0.5);
    metrics.observe('basinet_snapshot_seconds', { job: 'a', partition: 0 }, 0.02);
    metrics.forgetJob('a');
    const text = await metrics.registry.metrics();
    expect(text).toContain('basinet_draws_folded_total{job="a",partition="0",role="aggregator"} 4');
    expect(text).not.toContain('basinet_probe_nll{job="a"');
    expect(text).toContain('basinet_probe_nll{job="b",partition="0",role="aggregator"} 0.5');
    expect(text).toContain('basinet_snapshot_seconds_count{role="aggregator",job="a",partition="0"} 1');
  });

  it('reject a name of another role', () => {
    expect(() => createMetrics('worker', { processMetrics: false }).add('basinet_draws_folded_total', { job: 'a', partition: 0 })).toThrow(/not one of role worker/);
  });
});

describe('the endpoint', () => {
  it('serves metrics and health, and nothing else', async () => {
    let healthy = true;
    const server = await serveMetrics({ role: 'worker', healthy: () => healthy });
    try {
      const url = `http://127.0.0.1:${server.port}`;
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('# TYPE basinet_gradients_total counter');
      expect(metrics).toContain('process_cpu_user_seconds_total');
      expect(metrics).not.toContain('basinet_draws_folded_total');
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', role: 'worker' });
      healthy = false;
      expect((await fetch(`${url}/healthz`)).status).toBe(503);
      expect((await fetch(`${url}/other`)).status).toBe(404);
      expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
      const taken = await serveMetrics({ role: 'worker', port: server.port }).catch((error: unknown) => error);
      expect(taken).toBeInstanceOf(BasinetError);
      expect(taken).toMatchObject({ code: 'USAGE', path: 'metricsPort' });
    } finally {
      await server.close();
      await server.close();
    }
  });
});
