// gradient-small: a gradient of a 13-50-1 network on 506 rows, one core, where overhead is everything.
import { nativeEngine } from '../dist/engine/native.js';
import { checkSameEnergy, goal, leastTime, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const ROWS = 506;
const NOISE = 0.3;
const CALLS = 200;

export const description = `One gradient of a 13-50-1 tanh network with Gaussian likelihood on 506 rows, on one core, called from JavaScript;
and inside a native leapfrog trajectory. PyTorch's autograd may use all cores, as it does by default. The sides take turns;
the ratio compares the best times of all rounds.`;

export async function run({ rounds = 9, say = () => {} } = {}) {
  const { posterior, data, position, input } = problem({ rows: ROWS, widths: [13, 50, 1], activation: 'tanh', likelihood: 'gaussian', noise: NOISE });
  const python = await startPython('gradients.py', { say, input });
  const engine = nativeEngine();
  const potential = engine.potential(posterior, data, { threads: 1 });
  const gradient = new Float32Array(posterior.dimension);
  const energy = potential.valueAndGradient(position, gradient);
  const constant = 0.5 * Math.log(2 * Math.PI) * (posterior.dimension + ROWS) + ROWS * Math.log(NOISE);
  if (python) checkSameEnergy(energy, constant, python.ready.energy);

  const moving = position.slice();
  const momentum = new Float32Array(posterior.dimension);
  const inverseMassMatrix = new Float32Array(posterior.dimension).fill(1);
  const native = [];
  const trajectory = [];
  const torch = [];
  const torchOne = [];
  for (let round = 0; round < rounds; round++) {
    const many = () => {
      for (let i = 0; i < CALLS; i++) potential.valueAndGradient(position, gradient);
    };
    native.push(leastTime(many, 0.2, 3) / CALLS);
    const steps = () => potential.trajectory(moving, momentum, gradient, inverseMassMatrix, 1e-4, CALLS, Infinity);
    trajectory.push(leastTime(steps, 0.2, 3) / CALLS);
    if (!python) continue;
    torch.push((await python.ask('torch 0')).seconds);
    torchOne.push((await python.ask('torch 1')).seconds);
    say(`  round ${round + 1}: ${micro(native.at(-1))} µs, in a trajectory ${micro(trajectory.at(-1))} µs, PyTorch ${micro(torch.at(-1))} µs, on one thread ${micro(torchOne.at(-1))} µs`);
  }
  potential.dispose();
  await python?.stop();
  const ours = Math.min(...native);
  const theirs = python ? Math.min(...torch) : null;
  const theirsOne = python ? Math.min(...torchOne) : null;
  return {
    figures: {
      instruction_set: engine.deviceClass,
      microseconds: ours * 1e6,
      microseconds_median: median(native) * 1e6,
      microseconds_in_trajectory: Math.min(...trajectory) * 1e6,
      microseconds_pytorch: python ? theirs * 1e6 : null,
      microseconds_pytorch_one_thread: python ? theirsOne * 1e6 : null,
      ratio_to_pytorch_one_thread: python ? theirsOne / ours : null,
      ratio_to_pytorch_median_of_rounds: python ? median(torch.map((s, r) => s / native[r])) : null,
      pytorch: python?.ready.torch ?? null,
    },
    goals: [goal('ratio_to_pytorch', python ? theirs / ours : null, 8)],
  };
}

const micro = (seconds) => (seconds * 1e6).toFixed(1);
