// gradient-small: a gradient of a 13-50-1 network on 506 rows, one core, where overhead is everything.
import { nativeEngine } from '../dist/engine/native.js';
import { checkSameEnergy, goal, callTime, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const ROWS = 506;
const NOISE = 0.3;
const CALLS = 200;

export const description = `One gradient of a 13-50-1 tanh network with Gaussian likelihood on 506 rows, on one core, called from JavaScript;
and inside a native leapfrog trajectory. PyTorch's autograd runs on all cores, as it does by default, and on one; the faster counts.
The sides take turns;
the ratio is the median over the rounds, each of which takes the median call of each side.`;

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
    native.push(callTime(many, 0.2, 3) / CALLS);
    const steps = () => potential.trajectory(moving, momentum, gradient, inverseMassMatrix, 1e-4, CALLS, Infinity);
    trajectory.push(callTime(steps, 0.2, 3) / CALLS);
    if (!python) continue;
    torch.push((await python.ask('torch 0')).seconds);
    torchOne.push((await python.ask('torch 1')).seconds);
    say(`  round ${round + 1}: ${micro(native.at(-1))} µs, in a trajectory ${micro(trajectory.at(-1))} µs, PyTorch ${micro(torch.at(-1))} µs, on one thread ${micro(torchOne.at(-1))} µs`);
  }
  potential.dispose();
  await python?.stop();
  const typical = (list) => (list.length === 0 ? null : median(list) * 1e6);
  const over = (others) => (others.length === 0 ? null : median(native.map((value, round) => others[round] / value)));
  return {
    figures: {
      instruction_set: engine.deviceClass,
      microseconds: typical(native),
      microseconds_in_trajectory: typical(trajectory),
      microseconds_pytorch: typical(torch),
      microseconds_pytorch_one_thread: typical(torchOne),
      ratio_to_pytorch_one_thread: over(torchOne),
      pytorch: python?.ready.torch ?? null,
    },
    // On a busy machine PyTorch's threads wait for each other: it is compared with its faster way.
    goals: [goal('ratio_to_pytorch', over(torch.map((value, round) => Math.min(value, torchOne[round]))), 8)],
  };
}

const micro = (seconds) => (seconds * 1e6).toFixed(1);
