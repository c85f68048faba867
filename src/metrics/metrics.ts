// The metrics of one role: a prom-client registry filled from the table, with typed setters.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { METRICS, type LabelsOf, type MetricName, type MetricOfKind, type MetricRole, type MetricRow } from './table.js';

/** What a role calls to count. A name that is not the role's own throws: it is a defect. */
export interface Metrics {
  readonly registry: Registry;
  /** Adds `amount` (default 1, never negative) to a counter. */
  add<Name extends MetricOfKind<'counter'>>(name: Name, labels: LabelsOf<Name>, amount?: number): void;
  /** Sets a gauge. */
  set<Name extends MetricOfKind<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** Puts one observation into a histogram. */
  observe<Name extends MetricOfKind<'histogram'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** Removes the gauges whose label `job` is this: a job that has ended shows no stale values. */
  forgetJob(job: string): void;
}

/** Lag is sampled this often. The default, 10 ms, wakes every role a hundred times a second, at the expense of the chains. */
const EVENT_LOOP_SAMPLE_MS = 250;

/** A registry with the role's metrics, and with the process's own (CPU, memory, event-loop lag) unless `processMetrics` is false. */
export function createMetrics(role: MetricRole, options: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_SAMPLE_MS });

  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, row] of Object.entries<MetricRow>(METRICS)) {
    if (!row.roles.includes(role)) continue;
    const common = { name, help: row.help, labelNames: [...row.labels], registers: [registry] };
    if (row.kind === 'counter') counters.set(name, new Counter(common));
    else if (row.kind === 'gauge') gauges.set(name, new Gauge(common));
    else histograms.set(name, new Histogram({ ...common, ...(row.buckets === undefined ? {} : { buckets: [...row.buckets] }) }));
  }
  const known = <T>(metrics: ReadonlyMap<string, T>, name: MetricName): T => {
    const metric = metrics.get(name);
    if (metric === undefined) throw new Error(`metric ${name} is not one of role ${role}`);
    return metric;
  };
  // Gauge labels by job, since prom-client has no removal by a part of the labels.
  type Series = Map<string, { readonly gauge: Gauge; readonly labels: Readonly<Record<string, string | number>> }>;
  const series = new Map<string, Series>();

  return {
    registry,
    add: (name, labels, amount = 1) => known(counters, name).inc(labels, amount),
    set: (name, labels, value) => {
      const gauge = known(gauges, name);
      gauge.set(labels, value);
      const { job } = labels as { job?: string };
      if (job === undefined) return;
      const ofJob: Series = series.get(job) ?? new Map<never, never>();
      series.set(job, ofJob);
      ofJob.set(`${name}\n${Object.values(labels).join('\n')}`, { gauge, labels });
    },
    observe: (name, labels, value) => known(histograms, name).observe(labels, value),
    forgetJob: (job) => {
      for (const { gauge, labels } of series.get(job)?.values() ?? []) gauge.remove(labels);
      series.delete(job);
    },
  };
}
