// `basinet explain`: what a job resolves to, and what it will cost on this machine.
import { dirname } from 'node:path';
import { availableParallelism } from 'node:os';
import { readJobData } from '../../data/read.js';
import { selectEngine } from '../../engine/select.js';
import { explainJob, measureGradientRate, type Explanation } from '../../job/explain.js';
import { loadJob } from '../../job/load.js';
import { modelOf } from '../../job/plan.js';
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
  let measured: { gradientsPerSecond: number } | undefined;
  if (options.measure) {
    // All cores on one gradient: close to what as many chains of one core each do together.
    const potential = engine.potential(modelOf(job, shape).posterior, train, { threads: availableParallelism() });
    try {
      measured = { gradientsPerSecond: measureGradientRate(potential, MEASURE_SECONDS, () => performance.now()) };
    } finally {
      potential.dispose();
    }
  }
  const explanation = explainJob(job, shape, measured);
  const result = { ...explanation, engine: { name: engine.name, deviceClass: engine.deviceClass, reason }, job };
  printResult(options.json === true, result, () => render(explanation, `${engine.name} (${engine.deviceClass}): ${reason}`));
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
      ['gradients', `${amount(e.gradients.total)}${e.gradients.exact ? '' : ' (about)'}${e.gradients.fullBatches === e.gradients.total ? '' : `, as much work as ${amount(e.gradients.fullBatches)} of the full batch`}`],
      ['one draw', bytes(e.bytes.perDraw)],
      ['draw log', `${bytes(e.bytes.log)} (limit ${bytes(e.bytes.logLimit)})`],
      ['aggregator', `${bytes(e.bytes.aggregator)} of statistics, ${bytes(e.bytes.aggregatorPerChain)} a chain, ${e.bytes.statisticsPerWeight} bytes of it a weight`],
      ['rate here', e.time ? `${figure(e.time.gradientsPerSecond)} gradients/s, ${figure(e.time.gigaflopsPerSecond)} GFLOP/s` : 'not measured'],
      ['time here', e.time ? duration(e.time.seconds) : 'not measured'],
    ],
    [false, false],
  );
  return [e.name, '', ...tensors, '', 'permutation groups', ...(groups.length > 0 ? groups : ['  none']), '', ...facts, ...e.notes.map((n) => `note: ${n}`)].join('\n');
}
