// engines: gradients per second of every engine on the same cores, beside PyTorch and JAX.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { nativeEngine } from '../dist/engine/native.js';
import { callTime, checkSameEnergy, goal, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';
import { startSide } from './support/side.mjs';

const NOISE = 0.3;
const PROBLEMS = {
  mlp: { rows: 10_000, widths: [784, 512, 10], activation: 'relu', likelihood: 'categorical' },
  small: { rows: 506, widths: [13, 50, 1], activation: 'tanh', likelihood: 'gaussian', noise: NOISE },
};
const WAYS = ['native', 'native_trajectory', 'tfjs', 'tfjs_trajectory', 'pytorch', 'jax', 'jax_trajectory'];
/** Leapfrog steps of a trajectory. */
const STEPS = { mlp: 10, small: 200 };

export const description = `Gradients per second, called one by one and within leapfrog trajectories (JAX: jitted, trajectories in
\`lax.scan\`), of 784-512-10 on 10,000 rows (\`mlp\`) and 13-50-1 on 506 rows (\`small\`). All sides have all cores, and each its faster way
of the two where they are compared; PyTorch's autograd has no trajectory, and the faster of one thread and all. The sides take turns; figures and ratios are medians over the rounds, each of
which takes the median call of each side. \`tfjs\` is libtensorflow on processors, without a goal.`;

export async function run({ rounds = 7, say = () => {} } = {}) {
  const figures = { threads: availableParallelism() };
  const goals = [];
  for (const [name, of] of Object.entries(PROBLEMS)) {
    const sides = await startSides(of, say);
    const times = Object.fromEntries(Object.keys(sides.ways).map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [way, measure] of Object.entries(sides.ways)) times[way].push(await measure(STEPS[name]));
      say(`  ${name}, round ${round + 1}: ${Object.entries(times).map(([way, list]) => `${way} ${(1 / list.at(-1)).toPrecision(3)}`).join(', ')} gradients/s`);
    }
    await sides.stop();
    for (const way of WAYS) figures[`${name}_${way}_per_second`] = times[way] ? 1 / median(times[way]) : null;
    const best = (list, round) => Math.min(...list.map((way) => times[way][round]));
    const over = (ours, theirs) => (times[theirs[0]] === undefined ? null : median(times[ours[0]].map((_, round) => best(theirs, round) / best(ours, round))));
    const native = ['native', 'native_trajectory'];
    figures[`ratio_native_to_pytorch_${name}`] = over(native, ['pytorch']);
    figures[`ratio_native_to_tfjs_${name}`] = over(native, ['tfjs', 'tfjs_trajectory']);
    goals.push(goal(`ratio_native_to_jax_${name}`, over(native, ['jax', 'jax_trajectory']), { mlp: 1.3, small: 2 }[name]));
    Object.assign(figures, sides.about);
  }
  return { figures, goals };
}

/** Every side that is there, and the seconds of one gradient by each way. */
async function startSides(of, say) {
  const threads = availableParallelism();
  const { posterior, data, position, input } = problem(of);
  const env = { OMP_NUM_THREADS: String(threads), JAX_PLATFORMS: 'cpu' };
  const torch = await startPython('gradients.py', { say, input, env });
  const jax = await startPython('jaxGradients.py', { say, input, env });
  const started = await startSide(process.execPath, [join(import.meta.dirname, 'support', 'tfjsSide.mjs')], { input: [`${JSON.stringify({ problem: of, settings: { device: 'cpu' } })}\n`] });
  const tfjs = started.ready !== null && started.ready.missing === undefined ? started : null;
  if (tfjs === null) say(`no tfjs: ${started.ready?.missing}`);

  const engine = nativeEngine();
  const potential = engine.potential(posterior, data, { threads });
  const gradient = new Float32Array(posterior.dimension);
  const energy = potential.valueAndGradient(position, gradient);
  const reals = of.likelihood === 'categorical' ? 0 : of.rows;
  const constant = 0.5 * Math.log(2 * Math.PI) * (posterior.dimension + reals) + reals * Math.log(NOISE);
  for (const side of [torch, jax]) if (side) checkSameEnergy(energy, constant, side.ready.energy);
  if (tfjs) checkSameEnergy(energy, 0, tfjs.ready.energy);

  const [momentum, inverseMassMatrix] = [0, 1].map((value) => new Float32Array(posterior.dimension).fill(value));
  const moving = position.slice();
  const asked = (side, line) => async (steps) => (await side.ask(line.replace('N', steps))).seconds;
  // A small gradient is shorter than a look at the clock is sharp.
  const calls = posterior.dimension < 10_000 ? 200 : 1;
  const many = () => {
    for (let i = 0; i < calls; i++) potential.valueAndGradient(position, gradient);
  };
  const ways = {
    native: () => callTime(many, 0.4, 3) / calls,
    native_trajectory: (steps) => callTime(() => potential.trajectory(moving, momentum, gradient, inverseMassMatrix, 1e-6, steps, Infinity), 0.4, 3) / steps,
    ...(tfjs && { tfjs: asked(tfjs, 'gradient'), tfjs_trajectory: asked(tfjs, 'trajectory N') }),
    // On a busy machine its threads wait for each other.
    ...(torch && { pytorch: async () => Math.min((await torch.ask('torch 0')).seconds, (await torch.ask('torch 1')).seconds) }),
    ...(jax && { jax: asked(jax, 'gradient'), jax_trajectory: asked(jax, 'scan N') }),
  };
  return {
    ways,
    about: { native: engine.deviceClass, tfjs: tfjs?.ready.deviceClass ?? null, pytorch: torch?.ready.torch ?? null, jax: jax?.ready.jax ?? null },
    async stop() {
      potential.dispose();
      for (const side of [torch, jax, started]) await side?.stop();
    },
  };
}
