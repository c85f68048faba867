// The resolved job as text: YAML for people, a digest for comparing, flat rows for the report.
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { Job } from '../job/schema.js';

/** job.yaml: the job with every default filled in; `basinet run` takes it as it is. */
export function jobYaml(job: Job): string {
  return `# The job as it was resolved: every default is written out. Data paths start from the original job file’s directory.\n${stringify(job, { lineWidth: 120 })}`;
}

/** SHA-256 (hex) of the job as JSON with sorted keys: equal for equal settings, however they were written. */
export function settingsDigest(job: Job): string {
  return createHash('sha256').update(JSON.stringify(sorted(job))).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

/** `inference.stepSize` → `0.01`, in the order of the job file. */
export function flatSettings(value: unknown, path = ''): [path: string, value: string][] {
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, item]) => flatSettings(item, path === '' ? key : `${path}.${key}`));
}
