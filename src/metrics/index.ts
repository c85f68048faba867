// Metrics and lifecycle that all roles share.
export { serveMetrics, type MetricsServer, type MetricsServerOptions } from './server.js';
export { createMetrics, type Metrics } from './metrics.js';
export { METRICS, metricsMarkdown, type LabelsOf, type MetricName, type MetricRole, type MetricRow } from './table.js';
export type { Role } from './role.js';
