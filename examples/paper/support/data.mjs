// The data of a job of this example, in memory that threads share.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadJob, readJobData } from 'basinet';

export const HERE = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param path - of the job file */
export async function jobAndData(path) {
  const job = await loadJob(path);
  const data = await readJobData(job, dirname(path));
  return { job, data: { ...data, train: shared(data.train) } };
}

function shared(dataset) {
  const share = (array) => {
    const copy = new array.constructor(new SharedArrayBuffer(array.byteLength));
    copy.set(array);
    return copy;
  };
  return { ...dataset, inputs: share(dataset.inputs), targets: share(dataset.targets) };
}
