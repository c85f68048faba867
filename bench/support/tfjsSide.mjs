// The tfjs engine as the other side of a comparison, in a process of its own: TensorFlow reads its settings once.
// On standard input a line of JSON {problem, settings}: arguments of `problem`, settings of the job's tfjs section. Then `gradient` or
// `trajectory N`, each answered with {seconds} of one gradient.
import { createInterface } from 'node:readline';
import { tfjsEngine } from '../../dist/engine/tfjs/engine.js';
import { loadTfjs } from '../../dist/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../dist/engine/tfjs/settings.js';
import { callTime, problem } from './measure.mjs';

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { problem: wanted, settings } = JSON.parse((await lines.next()).value);
const status = loadTfjs({ ...DEFAULT_TFJS_SETTINGS, ...settings });
if (status.available) await serve(tfjsEngine(status.runtime));
else say({ missing: `${status.reason}. ${status.remedy}` });

async function serve(engine) {
  const { posterior, data, position } = problem(wanted);
  const potential = engine.potential(posterior, data, { threads: 1 });
  const gradient = new Float32Array(posterior.dimension);
  const [momentum, inverseMassMatrix] = [0, 1].map((value) => new Float32Array(posterior.dimension).fill(value));
  say({ deviceClass: engine.deviceClass, energy: potential.valueAndGradient(position, gradient) });
  for await (const line of lines) {
    const [command, steps] = line.split(' ');
    if (command === 'gradient') say({ seconds: callTime(() => potential.valueAndGradient(position, gradient), 0.4, 3) });
    else {
      const at = position.slice();
      say({ seconds: callTime(() => potential.trajectory(at, momentum, gradient, inverseMassMatrix, 1e-6, Number(steps), Infinity), 0.4, 3) / Number(steps) });
    }
  }
}
