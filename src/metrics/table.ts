// Every Prometheus metric of basinet: name, kind, labels, unit, role and meaning. docs/metrics.md says the same, and a test holds them together.

/** One row of the table. */
export interface MetricRow {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly roles: readonly MetricRole[];
  readonly labels: readonly string[];
  readonly unit: string;
  readonly help: string;
  /** Upper bounds of a histogram's buckets, in `unit`. */
  readonly buckets?: readonly number[];
}

/** The roles that serve metrics. */
export type MetricRole = 'coordinator' | 'worker' | 'aggregator' | 'gateway';

const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/**
 * Counters count since the process began, so rates survive restarts. `job` is the job's id, `chain` and `partition`
 * are decimal numbers. Gauges of a job vanish when its role lets go of it.
 */
export const METRICS = {
  basinet_gradients_total: { kind: 'counter', roles: ['worker'], labels: ['job', 'chain'], unit: 'gradients', help: 'Gradient evaluations; one of a mini-batch counts as one.' },
  basinet_transitions_total: { kind: 'counter', roles: ['worker'], labels: ['job', 'chain', 'phase'], unit: 'transitions', help: 'Iterations: transitions, steps or epochs of the method, by phase (warmup or sampling).' },
  basinet_draws_total: { kind: 'counter', roles: ['worker'], labels: ['job', 'chain'], unit: 'draws', help: 'Kept draws that are stored in the draw log.' },
  basinet_divergences_total: { kind: 'counter', roles: ['worker'], labels: ['job', 'chain'], unit: 'transitions', help: 'Divergent transitions while sampling.' },
  basinet_acceptance_rate: { kind: 'gauge', roles: ['worker'], labels: ['job', 'chain'], unit: 'ratio', help: 'Mean acceptance rate of the current phase; HMC only.' },
  basinet_step_size: { kind: 'gauge', roles: ['worker'], labels: ['job', 'chain'], unit: 'integration time', help: 'Step size in use; of a fit, the learning rate.' },
  basinet_potential_energy: { kind: 'gauge', roles: ['worker'], labels: ['job', 'chain'], unit: 'nats', help: 'Potential energy of the last record.' },
  basinet_chains_active: { kind: 'gauge', roles: ['worker'], labels: [], unit: 'chains', help: 'Chains that this worker samples now.' },
  basinet_chain_slots: { kind: 'gauge', roles: ['worker'], labels: [], unit: 'chains', help: 'Chains that this worker can sample at once.' },
  basinet_fences_total: { kind: 'counter', roles: ['worker'], labels: ['job'], unit: 'chains', help: 'Chains given up because another worker claimed them.' },
  basinet_claims_total: { kind: 'counter', roles: ['worker'], labels: ['job'], unit: 'claims', help: 'Claims written: chains started or taken over.' },
  basinet_device_class_changes_total: { kind: 'counter', roles: ['worker'], labels: ['job'], unit: 'chains', help: 'Chains that went on as another device class than they were computed on.' },
  basinet_publish_seconds: { kind: 'histogram', roles: ['worker'], labels: [], unit: 'seconds', help: 'Time from publishing a slot to its acknowledgement, chunks included.', buckets: SHORT },
  basinet_publish_bytes_total: { kind: 'counter', roles: ['worker'], labels: ['job'], unit: 'bytes', help: 'Payload published to the draw log.' },
  basinet_publish_ambiguous_total: { kind: 'counter', roles: ['worker'], labels: ['job'], unit: 'slots', help: 'Publishes without a clear answer, settled by reading the slot back.' },

  basinet_draws_folded_total: { kind: 'counter', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'draws', help: 'Draws folded into the statistics.' },
  basinet_draws_refolded_total: { kind: 'counter', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'draws', help: 'Draws folded again under a newer version of the reference, beside the statistics that others see.' },
  basinet_reference_version: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'version', help: 'Version of the reference that the statistics are aligned to; 0 before the first draw.' },
  basinet_slots_quarantined_total: { kind: 'counter', roles: ['aggregator'], labels: ['job', 'partition', 'reason'], unit: 'slots', help: 'Slots that were judged unfit and not folded, by reason.' },
  basinet_fold_seconds_total: { kind: 'counter', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'seconds', help: 'Time spent in folding entries of the log.' },
  basinet_fold_sequence: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'sequence', help: 'Stream sequence of the last entry folded.' },
  basinet_fold_lag_messages: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'messages', help: 'Messages of the stream (all partitions, chunks too) after the last entry folded.' },
  basinet_rhat: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition', 'side', 'stat'], unit: 'ratio', help: 'Split R-hat over all weights: side raw or aligned, stat max or median.' },
  basinet_nested_rhat_max: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition', 'side'], unit: 'ratio', help: 'Worst nested R-hat over all weights, side raw or aligned; only where chains share starting points.' },
  basinet_transpositions: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'chain', 'group'], unit: 'transpositions', help: 'Number of transpositions that align the chain\'s last draw, by permutation group.' },
  basinet_reference_distance: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'chain', 'side'], unit: 'norm', help: 'Euclidean distance of the chain\'s last draw to the reference: side raw or aligned.' },
  basinet_probe_accuracy: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'ratio', help: 'Accuracy of the running predictive on the probe.' },
  basinet_probe_nll: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'nats per row', help: 'Negative log likelihood of the running predictive on the probe.' },
  basinet_probe_calibration_error: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'ratio', help: 'Expected calibration error of the running predictive on the probe.' },
  basinet_probe_rhat_max: { kind: 'gauge', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'ratio', help: 'Worst split R-hat of the probe predictions (function space).' },
  basinet_snapshot_seconds: { kind: 'histogram', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'seconds', help: 'Time to encode and store a snapshot.', buckets: SHORT },
  basinet_snapshot_bytes: { kind: 'histogram', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'bytes', help: 'Size of a snapshot.', buckets: BYTES },
  basinet_snapshots_rejected_total: { kind: 'counter', roles: ['aggregator'], labels: ['job', 'partition'], unit: 'snapshots', help: 'Snapshots that were damaged, or not of this job and log; the partition was folded from the start.' },
  basinet_partitions_active: { kind: 'gauge', roles: ['aggregator'], labels: [], unit: 'partitions', help: 'Partitions that this aggregator folds now.' },
  basinet_partitions_lost_total: { kind: 'counter', roles: ['aggregator'], labels: [], unit: 'partitions', help: 'Partitions given up because another aggregator saved a snapshot first.' },

  basinet_jobs: { kind: 'gauge', roles: ['coordinator'], labels: ['state'], unit: 'jobs', help: 'Jobs by state.' },
  basinet_chains_finished: { kind: 'gauge', roles: ['coordinator'], labels: ['job'], unit: 'chains', help: 'Chains of a running job whose last draw has been folded.' },
  basinet_workers: { kind: 'gauge', roles: ['coordinator'], labels: ['class'], unit: 'workers', help: 'Workers that announce themselves, by resource class.' },
  basinet_worker_slots: { kind: 'gauge', roles: ['coordinator'], labels: ['class'], unit: 'chains', help: 'Chains that they can sample at once, by resource class.' },
  basinet_chain_tasks_total: { kind: 'counter', roles: ['coordinator'], labels: ['class'], unit: 'tasks', help: 'Chain tasks put on the work queue, by resource class.' },
  basinet_job_seconds: { kind: 'histogram', roles: ['coordinator'], labels: ['state'], unit: 'seconds', help: 'Time from a job\'s start to its end, by final state.', buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400] },

  basinet_http_requests_total: { kind: 'counter', roles: ['gateway'], labels: ['method', 'route', 'status'], unit: 'requests', help: 'HTTP requests answered, by route pattern.' },
  basinet_http_request_seconds: { kind: 'histogram', roles: ['gateway'], labels: ['route'], unit: 'seconds', help: 'Time to answer an HTTP request; event streams are not counted.', buckets: SHORT },
  basinet_event_streams: { kind: 'gauge', roles: ['gateway'], labels: [], unit: 'streams', help: 'Open event streams.' },
} as const satisfies Readonly<Record<string, MetricRow>>;

export type MetricName = keyof typeof METRICS;

/** Names of the metrics of one kind. */
export type MetricOfKind<Kind extends MetricRow['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

/** The labels that a metric needs, all of them. */
export type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string | number>>;

/** The table as Markdown, as docs/metrics.md holds it. */
export function metricsMarkdown(): string {
  const lines = ['| metric | kind | role | labels | unit | meaning |', '| --- | --- | --- | --- | --- | --- |'];
  for (const [name, row] of Object.entries<MetricRow>(METRICS)) {
    const labels = row.labels.map((label) => `\`${label}\``).join(', ');
    lines.push(`| \`${name}\` | ${row.kind} | ${row.roles.join(', ')} | ${labels} | ${row.unit} | ${row.help} |`);
  }
  return lines.join('\n');
}
