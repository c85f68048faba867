// `basinet validate`: whether a job file, and the data it names, can be run.
import { dirname } from 'node:path';
import { readJobData } from '../../data/read.js';
import { loadJob } from '../../job/load.js';
import { modelOf } from '../../job/plan.js';
import { printResult } from '../output.js';

export interface ValidateOptions {
  readonly data: boolean;
  readonly json?: boolean;
}

export async function validate(path: string, options: ValidateOptions): Promise<void> {
  const job = await loadJob(path);
  if (!options.data) {
    printResult(options.json === true, { valid: true, name: job.name }, () => `${path}: valid (data not read)`);
    return;
  }
  const { shape } = await readJobData(job, dirname(path));
  const { posterior } = modelOf(job, shape);
  printResult(
    options.json === true,
    { valid: true, name: job.name, dimension: posterior.dimension, ...shape },
    () => `${path}: valid: ${posterior.dimension} parameters, ${shape.trainRows} training rows, ${shape.testRows} test rows`,
  );
}
