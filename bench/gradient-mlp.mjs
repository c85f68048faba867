// gradient-mlp: a full-batch gradient of a 784-512-10 network on 10,000 rows, all cores, beside what the cores can do.
import { availableParallelism } from 'node:os';
import { measureFmaPeak, nativeEngine } from '../dist/engine/native.js';
import { checkSameEnergy, goal, callTime, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const ROWS = 10_000;
const WIDTHS = [784, 512, 10];

export const description = `One gradient of a 784-512-10 ReLU network with categorical likelihood on 10,000 rows, on all cores. Operations
counted: 2·rows·weights forward, as many for the weight gradients, and 2·rows·512·10 for the hidden layer's deltas.
\`ratio_to_gemm\` is over OpenBLAS (NumPy) on the two large products of that gradient, [10000, 784]·[784, 512] and
[512, 10000]·[10000, 784]; \`share_of_fma_peak\` over fused multiply-adds in registers on all cores at once;
\`ratio_to_pytorch\` over autograd on as many threads; \`share_of_speed_when_sure\`: with 20 times the weights, where logits lie so
far apart that probabilities are subnormal numbers, over the usual speed. The sides take turns; a ratio is the
median over the rounds, each of which takes the median call of each side.`;

export async function run({ rounds = 9, say = () => {} } = {}) {
  const threads = availableParallelism();
  const { posterior, data, position, input } = problem({ rows: ROWS, widths: WIDTHS, activation: 'relu', likelihood: 'categorical' });
  const python = await startPython('gradients.py', { say, input, env: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) } });
  const engine = nativeEngine();
  const potential = engine.potential(posterior, data, { threads });
  const gradient = new Float32Array(posterior.dimension);
  const energy = potential.valueAndGradient(position, gradient);
  if (python) checkSameEnergy(energy, 0.5 * Math.log(2 * Math.PI) * posterior.dimension, python.ready.energy);

  const [inputs, hidden, outputs] = WIDTHS;
  const operations = 2 * ROWS * (2 * (inputs * hidden + hidden * outputs) + hidden * outputs);
  const sure = position.map((value) => 20 * value);
  const seconds = { native: [], sure: [], gemm: [], torch: [] };
  const peaks = [];
  let gemmOperations = 0;
  const squares = [];
  for (let round = 0; round < rounds; round++) {
    seconds.native.push(callTime(() => potential.valueAndGradient(position, gradient), 0.4, 3));
    seconds.sure.push(callTime(() => potential.valueAndGradient(sure, gradient), 0.4, 3));
    peaks.push(measureFmaPeak(threads, 100));
    if (!python) continue;
    const gemm = await python.ask('gemm');
    gemmOperations = gemm.operations;
    seconds.gemm.push(gemm.seconds);
    const square = await python.ask('square');
    squares.push(square.operations / square.seconds / 1e9);
    seconds.torch.push((await python.ask(`torch ${threads}`)).seconds);
    say(`  round ${round + 1}: ${rate(operations, seconds.native.at(-1))} GFLOP/s, OpenBLAS ${rate(gemm.operations, gemm.seconds)}, PyTorch ${rate(operations, seconds.torch.at(-1))}, peak ${peaks.at(-1).toFixed(0)}`);
  }
  potential.dispose();
  await python?.stop();

  const rates = (list, count) => list.map((value) => count / value / 1e9);
  const ours = rates(seconds.native, operations);
  const gemm = rates(seconds.gemm, gemmOperations);
  const torch = rates(seconds.torch, operations);
  const over = (others) => (others.length === 0 ? null : median(ours.map((value, round) => value / others[round])));
  const typical = (list) => (list.length === 0 ? null : median(list));
  const highest = (list) => (list.length === 0 ? null : Math.max(...list));
  return {
    figures: {
      threads,
      instruction_set: engine.deviceClass,
      milliseconds_per_gradient: 1000 * median(seconds.native),
      gflops: median(ours),
      gflops_fma_peak: median(peaks),
      gflops_openblas: typical(gemm),
      gflops_openblas_square_2048: typical(squares),
      gflops_pytorch: typical(torch),
      best_round_gflops: highest(ours),
      best_round_gflops_fma_peak: highest(peaks),
      best_round_gflops_openblas: highest(gemm),
      best_round_gflops_pytorch: highest(torch),
      numpy: python?.ready.numpy ?? null,
      pytorch: python?.ready.torch ?? null,
    },
    goals: [goal('ratio_to_gemm', over(gemm), 0.95), goal('share_of_fma_peak', over(peaks), 0.85), goal('ratio_to_pytorch', over(torch), 1.8), goal('share_of_speed_when_sure', median(seconds.native.map((value, round) => value / seconds.sure[round])), 0.9)],
  };
}

const rate = (operations, seconds) => (operations / seconds / 1e9).toFixed(0);
