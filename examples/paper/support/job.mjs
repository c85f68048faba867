// Runs a job of this example once: results that are there are not made again, a run that was stopped goes on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { basinet } from './basinet.mjs';
import { HERE } from './data.mjs';

export const jobFile = (setting, name) => join(HERE, setting, `${name}.yaml`);
export const resultsOf = (directory, name) => join(directory, name);

export async function runJob({ setting, directory, say }, name) {
  const out = resultsOf(directory, name);
  if (existsSync(join(out, 'summary.json'))) {
    say(`${out} is there: nothing to do (remove it to run the job again)`);
  } else if (existsSync(join(out, 'cluster', 'run.json'))) {
    await basinet('run', '--resume', out);
  } else {
    await basinet('run', jobFile(setting, name), '--out', out);
  }
  return {};
}

/** Throws where a step's jobs have not been run. */
export function requireResults(directory, names) {
  const missing = names.filter((name) => !existsSync(join(resultsOf(directory, name), 'summary.json')));
  if (missing.length > 0) throw new Error(`${missing.map((name) => resultsOf(directory, name)).join(', ')} missing: run first ${missing.map((name) => `npm run paper -- ${name}`).join(', ')}`);
}
