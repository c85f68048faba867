// stack: gradients per second of chains on TensorFlow.js, computed as one or each by itself.
import { loadTfjs } from '../dist/engine/tfjs/load.js';
import { resolveJob } from '../dist/job/load.js';
import { separateSpeed, stackedSpeed } from '../dist/worker/device/measure.js';
import { goal, median, problem } from './support/measure.mjs';

const CASES = [
  { name: '13_50_1', rows: 506, widths: [13, 50, 1], activation: 'tanh', likelihood: 'gaussian', noise: 0.3 },
  { name: '784_512_10', rows: 1000, widths: [784, 512, 10], activation: 'relu', likelihood: 'categorical' },
];
const CHAINS = [1, 2, 4, 8];
const SECONDS = 1;
/** Of eight chains of the small network, by processor time. */
const GOAL = 'ratio_small_network';
const WANTED = 2;

const rate = ({ gradientsPerSecond }) => gradientsPerSecond;

export const description = `Gradients per second of K chains together, in trajectories of ten steps, on TensorFlow.js for processors: stacked into one computation,
and with a thread and an engine for each. Everything that a worker does is in it: the chain threads, the device thread, the messages between them.
On a busy machine many threads get more of it than a few: the ratio of gradients a second of processor time does not have that.
The sides take turns; the ratio is the median over the rounds. Networks are ${CASES.map(({ name, rows }) => `${name.replaceAll('_', '-')} on ${rows} rows`).join(', ')}.`;

const shared = (values) => {
  const copy = new values.constructor(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
};

/** A job and its data as a worker holds them. */
function loadedJob({ name, rows, widths, activation, likelihood, noise }) {
  const { data } = problem({ rows, widths, activation, likelihood, noise });
  const hidden = widths.slice(1, -1).map((width) => ({ width, activation }));
  const job = resolveJob({
    name: name.replaceAll('_', '-'),
    data: { train: likelihood === 'gaussian' ? { format: 'csv', file: 'none', targets: ['y'] } : { format: 'idx', inputs: 'none', targets: 'none' } },
    network: { hidden },
    likelihood: likelihood === 'gaussian' ? { kind: likelihood, noise } : { kind: likelihood },
    engine: 'tfjs',
    tfjs: { device: 'cpu' },
    inference: { warmup: 10, draws: 10, leapfrogSteps: 10, stepSize: 1e-3 },
  });
  const shape = { features: widths[0], outputs: widths.at(-1), trainRows: rows, testRows: 0, targetKind: likelihood === 'gaussian' ? 'real' : 'class' };
  return { job, data: { train: { ...data, inputs: shared(data.inputs), targets: shared(data.targets) }, shape } };
}

export async function run({ rounds = 3, say = () => {} } = {}) {
  // Sets TensorFlow's environment for all threads, as a worker's main thread does.
  const status = loadTfjs(loadedJob(CASES[0]).job.tfjs);
  if (!status.available) {
    say(`  ${status.reason}: ${status.remedy}`);
    return { figures: { device_class: null }, goals: [goal(GOAL, null, WANTED)] };
  }
  const figures = { device_class: status.runtime.deviceClass };
  let small = null;
  for (const one of CASES) {
    const loaded = loadedJob(one);
    for (const chains of CHAINS) {
      const stacked = [];
      const separate = [];
      for (let round = 0; round < rounds; round++) {
        stacked.push(await stackedSpeed(loaded, status.runtime.deviceClass, chains, SECONDS));
        separate.push(await separateSpeed(loaded, status.runtime.deviceClass, chains, SECONDS));
      }
      const ratioOf = (of) => median(stacked.map((speed, round) => of(speed) / of(separate[round])));
      const figure = (name, value) => (figures[`${one.name}_${chains}_${name}`] = value);
      const rates = [stacked, separate].map((side) => median(side.map(rate)));
      figure('stacked', rates[0]);
      figure('separate', rates[1]);
      const ratio = figure('ratio', ratioOf(rate));
      const work = figure('ratio_by_processor_time', ratioOf((speed) => rate(speed) / speed.processors));
      if (one === CASES[0] && chains === CHAINS.at(-1)) small = work;
      say(`  ${loaded.job.name}, ${chains} chains: ${rates[0].toFixed(0)} stacked, ${rates[1].toFixed(0)} separate, ratio ${ratio.toFixed(2)}, by processor time ${work.toFixed(2)}`);
    }
  }
  return { figures, goals: [goal(GOAL, small, WANTED)] };
}
