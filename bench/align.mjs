// align: the same alignment of one draw in Python (NumPy, SciPy) over ours, one thread each, in turns.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hiddenActivations } from '../dist/engine/activations.js';
import { selectEngine } from '../dist/engine/select.js';
import { denseNetwork } from '../dist/network/dense.js';
import { buildPosterior } from '../dist/posterior/build.js';
import { randomPermutation } from '../dist/random/index.js';
import { applyPermutations, createAligner, identityRelabelling } from '../dist/rebasin/index.js';
import { goal, median, uniforms } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const ROWS = 1000;
const GOAL = 5;
/** Sweeps of coordinate descent, on both sides at most: unrelated deep networks would take some ten. */
const SWEEPS = 3;
const CASES = [
  { name: 'weight_1x512', widths: [784, 512, 10], matching: 'weights', sweeps: 1, rounds: 15 },
  { name: 'weight_3x512', widths: [784, 512, 512, 512, 10], matching: 'weights', sweeps: SWEEPS, rounds: 7 },
  { name: 'activation_1x512', widths: [784, 512, 10], matching: 'activations', sweeps: 1, rounds: 15 },
  { name: 'weight_1x4096', widths: [784, 4096, 10], matching: 'weights', sweeps: 1, rounds: 3 },
];
/** A network of its own (hard), and a noisy copy under other labels (easy). */
const KINDS = ['independent', 'chain'];

export const description = `One draw aligned to a reference: similarities, assignments, relabelling, both distances, NoT. In Python as NumPy and
SciPy do it: float32 products (\`float32\`, which the goals take) or float64 ones (\`float64\`), and \`linear_sum_assignment\`. Ours finds the assignment
on float64 sums: from bounds by products of int8 (in float32 where the processor has none), and the sums that these leave open.
Networks 784-…-10 with normal weights: \`independent\`, a network of its own; \`chain\`, the reference with a half of noise, relabelled. One thread
each, CPU time, the same start and ${SWEEPS} sweeps at most where there are several groups; activations on ${ROWS} rows. Goals take the worse kind.`;

export async function run({ say = () => {} } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'basinet-align-'));
  const goals = (figures) => CASES.map(({ name }) => goal(`ratio_${name}`, figures[`ratio_${name}`] ?? null, GOAL));
  const inputs = Float32Array.from({ length: ROWS * 784 }, uniforms(1));
  writeFileSync(join(directory, 'inputs.f32'), inputs);
  const one = { OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const python = await startPython('align.py', { say, env: one, input: [`${JSON.stringify({ directory, rows: ROWS, cases: CASES })}\n`] });
  const figures = {};
  try {
    if (python === null) return { figures, goals: goals(figures) };
    for (const test of CASES) {
      const network = networkOf(test.widths);
      const positions = positionsOf(network, uniforms(CASES.indexOf(test) + 2));
      for (const [which, position] of Object.entries(positions)) writeFileSync(join(directory, `${test.name}.${which}.f32`), position);
      for (const kind of KINDS) await compare(test, kind, network, positions, inputs, python, figures);
      figures[`ratio_${test.name}`] = Math.min(...KINDS.map((kind) => figures[`ratio_${test.name}_${kind}_float32`]));
    }
    return { figures, goals: goals(figures) };
  } finally {
    await python?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compare({ name, matching, sweeps, rounds }, kind, network, positions, inputs, python, figures) {
  const aligner = createAligner(network, network.tensors, positions.reference, { matching, maxSweeps: sweeps, activations: matching === 'activations' ? activationsOf(network, inputs) : null });
  const start = identityRelabelling(network.groups.map(({ size }) => size));
  const aligned = new Float32Array(network.dimension);
  const times = { ours: [], float32: [], float64: [] };
  for (let round = -1; round < rounds; round++) {
    for (const dtype of ['float32', 'float64']) {
      const theirs = await python.ask(`${name} ${kind} ${dtype}`);
      const before = process.cpuUsage();
      const result = aligner.align(positions[kind], aligned, start);
      const { user, system } = process.cpuUsage(before);
      const objective = matching === 'weights' ? product(positions.reference, aligned) : result.objective;
      requireSame(`${name}, ${kind}, ${dtype}`, matching === 'weights' && dtype === 'float64' ? 1e-9 : 1e-3, objective, theirs.objective);
      if (round < 0) continue; // both warm up
      times.ours.push((user + system) / 1000);
      times[dtype].push(theirs.milliseconds);
    }
  }
  figures[`milliseconds_${name}_${kind}`] = median(times.ours);
  for (const dtype of ['float32', 'float64']) {
    figures[`python_milliseconds_${name}_${kind}_${dtype}`] = median(times[dtype]);
    figures[`ratio_${name}_${kind}_${dtype}`] = median(times[dtype]) / median(times.ours);
  }
}

function networkOf([inputs, ...rest]) {
  const outputs = rest.at(-1);
  return denseNetwork(inputs, rest.slice(0, -1).map((width) => ({ width, activation: 'relu' })), outputs);
}

function positionsOf(network, next) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const random = () => Float32Array.from({ length: network.dimension }, normal);
  const reference = random();
  const noisy = reference.map((value) => Math.SQRT1_2 * (value + normal()));
  const permutations = network.groups.map(({ size }, g) => randomPermutation({ seed: 1, chain: 0, iteration: g }, 'permutation', size));
  return { reference, independent: random(), chain: applyPermutations(network, network.tensors, noisy, permutations) };
}

function activationsOf(network, inputs) {
  const posterior = buildPosterior(network, { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 });
  const data = { rows: ROWS, features: network.inputs, inputs, targets: new Int32Array(ROWS) };
  return { activations: hiddenActivations(selectEngine('auto').engine, posterior, data, 1).at, centered: false };
}

function product(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Single precision may take one of two all but equal assignments for the other, and descent go on from there. */
function requireSame(what, tolerance, ours, theirs) {
  if (Math.abs(ours - theirs) > tolerance * Math.abs(theirs)) throw new Error(`${what}: our objective ${ours} is not Python's ${theirs}`);
}
