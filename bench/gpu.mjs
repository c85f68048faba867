// gpu: a full-batch gradient on an NVIDIA GPU, beside what the device can do and beside JAX; says so where there is no GPU.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { visibleGpus } from '../dist/engine/tfjs/gpu.js';
import { checkSameEnergy, median, problem } from './support/measure.mjs';
import { startPython } from './support/python.mjs';
import { startSide } from './support/side.mjs';

const PROBLEM = { rows: 60_000, widths: [784, 512, 10], activation: 'relu', likelihood: 'categorical' };
const STEPS = 50;
/** Side of the matrices whose product shows what the device can do. */
const SQUARE = 8192;

export const description = `Milliseconds per gradient of 784-512-10 on 60,000 rows, within leapfrog trajectories of ${STEPS} steps that stay on
the device, in float32 and with products in TF32; JAX's in \`lax.scan\` on the same device with the same products. Operations are counted as for
gradient-mlp. The peak is a measured one: JAX's product of two ${SQUARE} × ${SQUARE} matrices in TF32. \`idle\` is the share of samples, ten a second while
trajectories run, in which the driver saw no kernel at work. The sides take turns.`;

export async function run({ rounds = 5, say = () => {} } = {}) {
  const [gpu] = visibleGpus();
  if (gpu === undefined) {
    say('  no GPU');
    return { figures: { gpu: 'no GPU' }, goals: [] };
  }
  const figures = { gpu: gpu.name, driver: gpu.driver };
  const [inputs, hidden, outputs] = PROBLEM.widths;
  const operations = 2 * PROBLEM.rows * (2 * (inputs * hidden + hidden * outputs) + hidden * outputs);
  let peak = null;
  for (const tf32 of [true, false]) {
    const name = tf32 ? 'tf32' : 'float32';
    const { tfjs, jax, about } = await startSides(tf32, say);
    Object.assign(figures, about);
    if (jax && tf32) {
      const { seconds, operations: counted } = await jax.ask(`matmul ${SQUARE}`);
      peak = counted / seconds / 1e12;
      figures.teraflops_peak_tf32 = peak;
    }
    const times = { tfjs: [], jax: [], idle: [] };
    for (let round = 0; round < rounds; round++) {
      if (tfjs) {
        const watch = watchIdle();
        times.tfjs.push((await tfjs.ask(`trajectory ${STEPS}`)).seconds);
        times.idle.push(await watch.end());
      }
      if (jax) times.jax.push((await jax.ask(`scan ${STEPS}`)).seconds);
      say(`  ${name}, round ${round + 1}: tfjs ${milliseconds(times.tfjs)} ms, JAX ${milliseconds(times.jax)} ms`);
    }
    const typical = (list) => (list.length === 0 ? null : median(list));
    const [own, other] = [typical(times.tfjs), typical(times.jax)];
    figures[`milliseconds_per_gradient_${name}`] = own && 1000 * own;
    figures[`milliseconds_per_gradient_jax_${name}`] = other && 1000 * other;
    figures[`ratio_to_jax_${name}`] = own && other && other / own;
    figures[`idle_${name}`] = typical(times.idle);
    if (tf32) figures.share_of_tf32_peak = own && peak && operations / own / 1e12 / peak;
    await tfjs?.stop();
    await jax?.stop();
  }
  return { figures, goals: [] };
}

const milliseconds = (list) => (list.length === 0 ? '–' : (1000 * list.at(-1)).toFixed(2));

async function startSides(tf32, say) {
  const { posterior, input } = problem(PROBLEM);
  // One process must not take the memory that the other needs.
  const env = { XLA_PYTHON_CLIENT_PREALLOCATE: 'false', JAX_DEFAULT_MATMUL_PRECISION: tf32 ? 'tensorfloat32' : 'float32' };
  const jax = await startPython('jaxGradients.py', { say, input, env });
  const started = await startSide(process.execPath, [join(import.meta.dirname, 'support', 'tfjsSide.mjs')], { input: [`${JSON.stringify({ problem: PROBLEM, settings: { device: 'gpu', tf32 } })}\n`] });
  const tfjs = started.ready !== null && started.ready.missing === undefined ? started : null;
  if (tfjs === null) say(`  no tfjs: ${started.ready?.missing}`);
  if (tfjs && jax) checkSameEnergy(tfjs.ready.energy, 0.5 * Math.log(2 * Math.PI) * posterior.dimension, jax.ready.energy);
  return { tfjs, jax, about: { tfjs: tfjs?.ready.deviceClass ?? null, jax: jax === null ? null : `${jax.ready.jax} on ${jax.ready.device}` } };
}

/** Samples of the driver's word on whether a kernel ran since its last sample. */
function watchIdle() {
  const child = spawn('nvidia-smi', ['--query-gpu=utilization.gpu', '--format=csv,noheader,nounits', '-lms', '100'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  child.on('error', () => {});
  return {
    /** Mean share of time without work, 0 to 1; NaN without a sample. */
    async end() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const busy = text.split('\n').filter((line) => line !== '').map(Number).filter(Number.isFinite);
      return 1 - busy.reduce((sum, value) => sum + value, 0) / busy.length / 100;
    },
  };
}
