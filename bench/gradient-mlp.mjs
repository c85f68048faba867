// gradient-mlp: a full-batch gradient of a 784-512-10 network on 10,000 rows, all cores, beside what the cores can do.
import { availableParallelism } from 'node:os';
import { measureFmaPeak, nativeEngine } from '../dist/engine/native.js';
import { checkSameEnergy, goal, leastTime, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const ROWS = 10_000;
const WIDTHS = [784, 512, 10];

export const description = `One gradient of a 784-512-10 ReLU network with categorical likelihood on 10,000 rows, on all cores. Operations
counted: 2·rows·weights forward, as many for the weight gradients, and 2·rows·512·10 for the hidden layer's deltas.
\`ratio_to_gemm\` is over OpenBLAS (NumPy) on the two large products of that gradient, [10000, 784]·[784, 512] and
[512, 10000]·[10000, 784]; \`share_of_fma_peak\` over fused multiply-adds in registers on all cores at once;
\`ratio_to_pytorch\` over autograd on as many threads. The sides take turns; a ratio compares the best times of all rounds.`;

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
  const seconds = { native: [], gemm: [], torch: [] };
  const peaks = [];
  let gemmOperations = 0;
  let squareRate = 0;
  for (let round = 0; round < rounds; round++) {
    seconds.native.push(leastTime(() => potential.valueAndGradient(position, gradient), 0.3, 3));
    peaks.push(measureFmaPeak(threads, 100));
    if (!python) continue;
    const gemm = await python.ask('gemm');
    gemmOperations = gemm.operations;
    seconds.gemm.push(gemm.seconds);
    const square = await python.ask('square');
    squareRate = Math.max(squareRate, square.operations / square.seconds / 1e9);
    seconds.torch.push((await python.ask(`torch ${threads}`)).seconds);
    say(`  round ${round + 1}: ${rate(operations, seconds.native.at(-1))} GFLOP/s, OpenBLAS ${rate(gemm.operations, gemm.seconds)}, PyTorch ${rate(operations, seconds.torch.at(-1))}, peak ${peaks.at(-1).toFixed(0)}`);
  }
  potential.dispose();
  await python?.stop();

  const ours = operations / Math.min(...seconds.native) / 1e9;
  const gemm = python ? gemmOperations / Math.min(...seconds.gemm) / 1e9 : null;
  const torch = python ? operations / Math.min(...seconds.torch) / 1e9 : null;
  const peak = Math.max(...peaks);
  return {
    figures: {
      threads,
      instruction_set: engine.deviceClass,
      gflops: ours,
      gflops_median: operations / median(seconds.native) / 1e9,
      milliseconds_per_gradient: 1000 * Math.min(...seconds.native),
      gflops_fma_peak: peak,
      gflops_openblas: gemm,
      gflops_openblas_square_2048: python ? squareRate : null,
      gflops_pytorch: torch,
      ratio_to_gemm_median_of_rounds: python ? median(seconds.native.map((s, r) => (operations / s) / (gemmOperations / seconds.gemm[r]))) : null,
      ratio_to_pytorch_median_of_rounds: python ? median(seconds.native.map((s, r) => seconds.torch[r] / s)) : null,
      numpy: python?.ready.numpy ?? null,
      pytorch: python?.ready.torch ?? null,
    },
    goals: [
      goal('ratio_to_gemm', gemm === null ? null : ours / gemm, 0.95),
      goal('share_of_fma_peak', ours / peak, 0.85),
      goal('ratio_to_pytorch', torch === null ? null : ours / torch, 1.8),
    ],
  };
}

const rate = (operations, seconds) => (operations / seconds / 1e9).toFixed(0);
