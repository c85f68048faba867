// Single networks out of results, as files that every command takes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelOf, packPosition, readDraws, readMean } from 'basinet';
import { jobAndData } from './data.mjs';
import { resultsOf } from './job.mjs';

/** The mean of aligned draws of a method's results, as DIR/networks/NAME-mean.safetensors. */
export async function meanNetwork({ setting, directory }, name) {
  const posterior = await posteriorOf(setting, name);
  return save(posterior, join(directory, `${name}-mean.safetensors`), await readMean(posterior, resultsOf(directory, name)));
}

/** The first draw of a chain. Of an ensemble: member number `chain`. */
export async function drawnNetwork({ setting, directory }, name, chain) {
  const posterior = await posteriorOf(setting, name);
  const draws = await readDraws(resultsOf(directory, name), posterior.tensors);
  for await (const { position } of draws.chain(chain, [0])) return save(posterior, join(directory, `${name}-${chain}.safetensors`), position);
  throw new Error(`${resultsOf(directory, name)} holds no draw of chain ${chain}`);
}

async function posteriorOf(setting, name) {
  const { job, data } = await jobAndData(setting, name);
  return modelOf(job, data.shape).posterior;
}

function save(posterior, path, position) {
  writeFileSync(path, packPosition(posterior.tensors, position));
  return path;
}
