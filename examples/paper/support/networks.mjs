// Single networks and bare means and standard deviations out of results, as files that every command takes. Each returns the path it wrote.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelOf, packPosition, readDraws, readMean, readSafetensors, writeSafetensors } from 'basinet';
import { jobAndData } from './data.mjs';

/** The mean of aligned draws. */
export async function saveMean(job, results, path) {
  const posterior = await posteriorOf(job);
  return save(path, packPosition(posterior.tensors, await readMean(posterior, results)));
}

/** The first draw of chain 0. Of MAP and ensembles: the first network. */
export async function saveDraw(job, results, path) {
  const { tensors } = await posteriorOf(job);
  const draws = await readDraws(results, tensors);
  for await (const { position } of draws.chain(0, [0])) return save(path, packPosition(tensors, position));
  throw new Error(`${results} holds no draw of chain 0`);
}

/** Mean and standard deviation without alignment, named as a summary names the aligned ones. */
export function saveRaw(results, path) {
  const tensors = readSafetensors(readFileSync(join(results, 'summary.safetensors')));
  const raw = [...tensors].filter(([name]) => /^raw\/(mean|std)\//.test(name)).map(([name, tensor]) => [name.slice('raw/'.length), tensor]);
  return save(path, writeSafetensors(new Map(raw)));
}

async function posteriorOf(path) {
  const { job, data } = await jobAndData(path);
  return modelOf(job, data.shape).posterior;
}

function save(path, bytes) {
  writeFileSync(path, bytes);
  return path;
}
