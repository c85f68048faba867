// `basinet explain`: what a job resolves to, and what it will cost on this machine.
import { dirname } from 'node:path';
import { availableParallelism } from 'node:os';
import { readJobData } from '../../data/read.js';
import { selectEngine } from '../../engine/select.js';
import type { Dataset, Engine, EnginePotential } from '../../engine/engine.js';
import { potentialOver } from '../../engine/potentialOver.js';
import { MOST_WIDTH, stackedClass } from '../../engine/stack.js';
import { BasinetError } from '../../errors.js';
import { differInSteps } from '../../inference/settings.js';
import { explainJob, type Explanation, type Measured } from '../../job/explain.js';
import { loadJob } from '../../job/load.js';
import { measureGradientRate, measureSecondsPerStep } from '../../job/measure.js';
import { modelOf } from '../../job/plan.js';
import type { Job } from '../../job/schema.js';
import type { Posterior } from '../../posterior/posterior.js';
import { amount, bytes, duration, figure, table } from '../format.js';
import { printResult } from '../output.js';

const MEASURE_SECONDS = 0.5;

/** What a method's iterations before the first draw are. */
const WARMUP_UNITS: Readonly<Record<Explanation['method'], string>> = { hmc: 'warmup transitions', sgld: 'warmup steps', sghmc: 'warmup steps', map: 'epochs', vi: 'epochs' };

export interface ExplainOptions {
  readonly measure: boolean;
  readonly json?: boolean;
}

export async function explain(path: string, options: ExplainOptions): Promise<void> {
  const job = await loadJob(path);
  const { train, shape } = await readJobData(job, dirname(path));
  const { engine, reason } = selectEngine(job.engine, job.tfjs);
  const measured = options.measure ? measure(job, engine, modelOf(job, shape).posterior, train) : undefined;
  const explanation = explainJob(job, shape, measured);
  const deviceClass = stackedClass(engine.deviceClass, measured?.width ?? 1);
  const result = { ...explanation, engine: { name: engine.name, deviceClass, reason }, job };
  printResult(options.json === true, result, () => render(explanation, `${engine.name} (${deviceClass}): ${reason}`));
}

/** With the width of the stacks that it holds for. */
function measure(job: Job, engine: Engine, posterior: Posterior, train: Dataset): Measured & { readonly width: number } {
  const cores = availableParallelism();
  const { inference } = job;
  const clock = () => performance.now();
  // All cores on one gradient: close to what as many chains of one core each do together.
  const alone = withPotential(engine.potential(posterior, train, { threads: cores }), (potential) => measureGradientRate(potential, MEASURE_SECONDS, clock));
  const { width, gradientsPerSecond } = faster(job, alone, (chains) => stackedRate(engine, posterior, train, chains));
  // Noise and update have one core a chain, so that a step is measured as a chain takes it.
  const { threadsPerChain } = job.resources;
  const threads = threadsPerChain === 'auto' ? Math.max(1, Math.floor(cores / inference.chains)) : threadsPerChain;
  // TensorFlow's threads are the whole process's: its chains take turns.
  const chainsAtOnce = engine.name === 'tfjs' ? 1 : Math.min(inference.chains, Math.max(1, Math.floor(cores / threads)));
  if (inference.method === 'hmc') return { width, gradientsPerSecond, secondsPerStep: null, chainsAtOnce };
  const secondsPerStep = withPotential(engine.potential(posterior, train, { threads }), (potential) => measureSecondsPerStep(inference, potential, posterior, MEASURE_SECONDS, clock));
  return { width, gradientsPerSecond, secondsPerStep, chainsAtOnce };
}

/** The width that workers of this machine would choose for chains of HMC, if `tfjs.stack` leaves it open, and what it gives. */
function faster({ inference, tfjs }: Job, alone: number, rateOf: (width: number) => number | null): { readonly width: number; readonly gradientsPerSecond: number } {
  const width = tfjs.stack === 'auto' ? Math.min(inference.chains, 2 * availableParallelism(), MOST_WIDTH) : tfjs.stack;
  const stacked = width === 1 || inference.method !== 'hmc' || differInSteps(inference) ? null : rateIfItFits(() => rateOf(width), tfjs.stack);
  if (stacked === null || (tfjs.stack === 'auto' && stacked < alone)) return { width: 1, gradientsPerSecond: alone };
  return { width, gradientsPerSecond: stacked };
}

/** As a worker that may choose: what the device has no memory for is not chosen. */
function rateIfItFits(rate: () => number | null, stack: Job['tfjs']['stack']): number | null {
  try {
    return rate();
  } catch (error) {
    if (stack === 'auto' && error instanceof BasinetError && error.code === 'ENGINE_UNAVAILABLE') return null;
    throw error;
  }
}

/** Gradients per second of a full stack; null where the engine has none. */
function stackedRate(engine: Engine, posterior: Posterior, train: Dataset, width: number): number | null {
  const stack = engine.stack?.(posterior, train, width);
  if (!stack) return null;
  const potential = potentialOver(posterior, train.rows, (request) => stack.run([request])[0]!, () => stack.dispose());
  // Places that nobody takes are computed all the same.
  return width * withPotential(potential, () => measureGradientRate(potential, MEASURE_SECONDS, () => performance.now()));
}

function withPotential<Result>(potential: EnginePotential, use: (potential: EnginePotential) => Result): Result {
  try {
    return use(potential);
  } finally {
    potential.dispose();
  }
}

function render(e: Explanation, engine: string): string {
  const tensors = table(
    [
      ['tensor', 'shape', 'parameters', 'prior std'],
      ...e.tensors.map((t) => [t.name, `[${t.shape.join(', ')}]`, t.parameters.toLocaleString('en'), figure(t.priorStd)]),
      ['', '', e.parameters.toLocaleString('en'), ''],
    ],
    [false, false, true, true],
  );
  const groups = e.groups.map((g) => `  ${g.name}: ${g.size} units (${g.tensors.join(', ')})`);
  const facts = table(
    [
      ['data', `${e.data.trainRows} training rows, ${e.data.testRows} test rows, ${e.data.features} features, ${e.data.outputs} ${e.data.outputs === 1 ? 'output' : 'outputs'}, probe of ${e.data.probeRows} rows`],
      ['chains', `${e.chains}, each ${e.warmupPerChain} ${WARMUP_UNITS[e.method]}, then ${e.drawsPerChain} ${e.drawsPerChain === 1 ? 'draw' : 'draws'}`],
      ['method', e.method],
      ['engine', engine],
      ['one gradient', `${amount(e.flopsPerGradient).replace(/(?<=\d)$/, ' ')}FLOP`],
      ['gradients', `${amount(e.gradients.total)}${e.gradients.exact ? '' : ' (about)'}${e.gradients.steps === 0 ? '' : `: ${amount(e.gradients.steps)} steps, and as much as ${amount(e.gradients.fullBatches)} of the full batch`}`],
      ['one draw', bytes(e.bytes.perDraw)],
      ['draw log', `${bytes(e.bytes.log)} (limit ${bytes(e.bytes.logLimit)})`],
      ['aggregator', `${bytes(e.bytes.aggregator)} of statistics, ${bytes(e.bytes.aggregatorPerChain)} a chain, ${e.bytes.statisticsPerWeight} bytes of it a weight`],
      ['rate here', e.time ? `${figure(e.time.gradientsPerSecond)} gradients/s, ${figure(e.time.gigaflopsPerSecond)} GFLOP/s` : 'not measured'],
      ...(e.time && e.time.secondsPerStep !== null ? [['one step here', `${figure(1000 * e.time.secondsPerStep)} ms, ${e.time.chainsAtOnce} ${e.time.chainsAtOnce === 1 ? 'chain' : 'chains'} at once`]] : []),
      ['time here', e.time ? duration(e.time.seconds) : 'not measured'],
    ],
    [false, false],
  );
  return [e.name, '', ...tensors, '', 'permutation groups', ...(groups.length > 0 ? groups : ['  none']), '', ...facts, ...e.notes.map((n) => `note: ${n}`)].join('\n');
}
