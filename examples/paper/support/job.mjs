// Runs a job of this example once: results that are there are not made again, a run that was stopped goes on.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { basinet } from './basinet.mjs';
import { HERE } from './data.mjs';

export const jobFile = (setting, name) => join(HERE, setting, `${name}.yaml`);
export const resultsOf = (directory, name) => join(directory, name);

const done = (out) => existsSync(join(out, 'summary.json'));

export async function runJob({ setting, directory, say }, name) {
  await runFile(jobFile(setting, name), resultsOf(directory, name), say);
  return {};
}

/** Runs a job file into `out`. */
export async function runFile(file, out, say) {
  if (done(out)) say(`${out} is there: nothing to do (remove it to run the job again)`);
  else if (existsSync(join(out, 'cluster', 'run.json'))) await basinet('run', '--resume', out);
  else await basinet('run', file, '--out', out);
}

/** Folds the draws that `job` (a file) left in `results` again into `out`, with options of `basinet refold`. */
export async function refoldOnce({ job, results, out, options, say }) {
  if (done(out)) say(`${out} is there: nothing to do (remove it to fold again)`);
  else await basinet('refold', results, '--job', job, ...options, '--out', out);
}

/** Writes the job of a setting with `change(job)` applied to it as `file`; its paths then start there. Returns `file`. */
export function writeVariant(setting, name, file, change) {
  const base = jobFile(setting, name);
  const job = parse(readFileSync(base, 'utf8'));
  mkdirSync(dirname(file), { recursive: true });
  for (const split of [job.data.train, job.data.test]) {
    for (const key of ['inputs', 'targets']) split[key] = relative(dirname(file), join(dirname(base), split[key]));
  }
  change(job);
  writeFileSync(file, stringify(job));
  return file;
}

/** Throws where a step's jobs have not been run. */
export function requireResults(directory, names) {
  const missing = names.filter((name) => !done(resultsOf(directory, name)));
  if (missing.length > 0) throw new Error(`${missing.map((name) => resultsOf(directory, name)).join(', ')} missing: run first ${missing.map((name) => `npm run paper -- ${name}`).join(', ')}`);
}
