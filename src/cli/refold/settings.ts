// What `basinet refold` changes in a job: keys of its sections on alignment and statistics, checked as a job file is.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { BasinetError } from '../../errors.js';
import { resolveJob } from '../../job/load.js';
import type { Job } from '../../job/schema.js';
import { integerFrom } from '../numbers.js';

export interface RefoldSettings {
  /** first-draw, map, mean, or a file. */
  readonly reference?: string;
  readonly matching?: string;
  readonly versions?: string;
  /** auto, true or false. */
  readonly signs?: string;
  /** SECTION.KEY=VALUE, the value as YAML. */
  readonly set: readonly string[];
}

/** What follows from the draws alone; everything else decided how they were made. */
const SECTIONS = ['rebasin', 'statistics'] as const;

/** As the job's schema has them; it refuses all other words. */
const SIGNS: ReadonlyMap<string, boolean> = new Map([['true', true], ['false', false]]);

/** The job as it is to be folded. Throws USAGE for what is no setting, JOB_INVALID for what the job's schema refuses. */
export function refoldedJob(job: Job, settings: RefoldSettings): Job {
  const changed = structuredClone(withoutOtherActivations(job, settings)) as Record<string, unknown>;
  for (const text of settings.set) {
    const { path, value } = assignment(text);
    put(changed, path, value);
  }
  const { reference, matching, versions, signs } = settings;
  if (reference !== undefined) put(changed, ['rebasin', 'reference'], referenceValue(reference));
  if (matching !== undefined) put(changed, ['rebasin', 'matching'], matching);
  if (versions !== undefined) put(changed, ['rebasin', 'versions'], integerFrom('--versions', versions, 1));
  if (signs !== undefined) put(changed, ['rebasin', 'signs'], SIGNS.get(signs) ?? signs);
  const refolded = resolveJob(changed);
  if (versions === undefined || refolded.rebasin.reference === 'mean') return refolded;
  throw new BasinetError('USAGE', '--versions counts those of a mean, and draws are aligned to something else', { path: '--versions', value: versions, remedy: 'add --reference mean, or leave --versions out' });
}

/** What a job says of the activations that it matches means nothing where others than those are matched. */
function withoutOtherActivations(job: Job, { matching = job.rebasin.matching }: RefoldSettings): unknown {
  const { activations: _unmatched, ...rebasin } = job.rebasin;
  return matching === 'activations' ? job : { ...job, rebasin };
}

/** A file's path starts at the working directory, as all arguments do; a job file's would start at that file. */
function referenceValue(text: string): unknown {
  if (['first-draw', 'map', 'mean'].includes(text)) return text;
  if (existsSync(text)) return { file: resolve(text) };
  throw new BasinetError('USAGE', `--reference: ${text} is neither first-draw, map nor mean, nor a file`, {
    path: '--reference',
    value: text,
    remedy: 'give one of the three, or the path of a safetensors file of the network',
  });
}

function assignment(text: string): { readonly path: readonly string[]; readonly value: unknown } {
  const at = text.indexOf('=');
  const path = text.slice(0, Math.max(0, at)).split('.');
  if (at > 0 && path.length > 1 && SECTIONS.some((section) => section === path[0])) {
    try {
      return { path, value: parse(text.slice(at + 1)) as unknown };
    } catch {
      // Said below, with what was given.
    }
  }
  throw new BasinetError('USAGE', `--set: ${text} sets no key of ${SECTIONS.join(' or ')}`, { path: '--set', value: text, remedy: 'write e.g. --set rebasin.maxSweeps=100; only these sections follow from the draws' });
}

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key];
  const section = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  target[key] = section;
  put(section, rest, value);
}
