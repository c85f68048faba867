// `basinet log-prob`: potential energy, its parts and the gradient of the log posterior at given parameters.
import { dirname } from 'node:path';
import { readJobData } from '../../data/read.js';
import { loadPosition, packPosition } from '../../data/parameters.js';
import { selectEngine } from '../../engine/select.js';
import type { Engine } from '../../engine/engine.js';
import { loadJob } from '../../job/load.js';
import { modelOf } from '../../job/plan.js';
import { writeFileAtomic } from '../../summary/files.js';
import { printResult } from '../output.js';
import { requireOwnFiles } from '../ownFiles.js';

export interface LogProbOptions {
  readonly params: string;
  readonly gradient?: string;
  readonly engine: 'auto' | Engine['name'];
  readonly json?: boolean;
}

export async function logProb(path: string, options: LogProbOptions): Promise<void> {
  if (options.gradient !== undefined) requireOwnFiles('log-prob', [['--gradient', options.gradient]], [path, options.params]);
  const job = await loadJob(path);
  const { train, shape } = await readJobData(job, dirname(path));
  const { posterior } = modelOf(job, shape);
  const position = await loadPosition(posterior.tensors, options.params);
  const { engine, reason } = selectEngine(options.engine, job.tfjs);
  const potential = engine.potential(posterior, train, { threads: 1 });
  try {
    const gradient = new Float32Array(posterior.dimension);
    const energy = potential.valueAndGradient(position, gradient);
    const { prior, likelihood } = potential.parts();
    if (options.gradient !== undefined) {
      // The gradient of the log posterior points uphill: the potential's, negated.
      await writeFileAtomic(options.gradient, packPosition(posterior.tensors, gradient.map((g) => -g)));
    }
    const result = {
      logProb: -energy,
      logPrior: -prior,
      logLikelihood: -likelihood,
      temperature: posterior.temperature,
      gradientNorm: Math.hypot(...chunkNorms(gradient)),
      dimension: posterior.dimension,
      rows: train.rows,
      engine: engine.name,
      deviceClass: engine.deviceClass,
    };
    printResult(options.json === true, result, () =>
      [
        `log posterior (unnormalised)  ${result.logProb}`,
        `  log prior                   ${result.logPrior}`,
        `  log likelihood              ${result.logLikelihood}   (${result.rows} rows)`,
        ...(result.temperature === 1 ? [] : [`  temperature                 ${result.temperature}`]),
        `gradient norm                 ${result.gradientNorm}   (${result.dimension} parameters)`,
        `engine                        ${result.engine} (${result.deviceClass}): ${reason}`,
      ].join('\n'),
    );
  } finally {
    potential.dispose();
  }
}

/** Euclidean norms of short pieces: Math.hypot cannot take a whole gradient as arguments. */
function chunkNorms(values: Float32Array): number[] {
  const norms: number[] = [];
  for (let start = 0; start < values.length; start += 4096) norms.push(Math.hypot(...values.subarray(start, start + 4096)));
  return norms;
}
