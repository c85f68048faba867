// Makes train.csv (506 rows) and test.csv (100 rows): synthetic, 13 inputs and a target that depends on six of them.
// Run after `npm run build`: node examples/regression/make-data.mjs
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillNormal } from '../../dist/random/index.js';

const FEATURES = 13;
const NOISE_STD = 0.5;
const here = dirname(fileURLToPath(import.meta.url));

/** What a network has to find: bends, a product and a wiggle. Inputs 7 to 13 play no part. */
function mean([x1, x2, x3, x4, x5, x6]) {
  return 2 * Math.tanh(x1) + x2 * x3 - Math.abs(x4) + 1.5 * Math.sin(2 * x5) + 0.5 * x6;
}

function rows(count, chain) {
  const normals = new Float32Array(count * (FEATURES + 1));
  fillNormal({ seed: 20260101, chain, iteration: 0 }, 'test', normals);
  return Array.from({ length: count }, (_, row) => {
    const [noise, ...inputs] = normals.subarray(row * (FEATURES + 1), (row + 1) * (FEATURES + 1));
    const rounded = inputs.map((value) => Number(value.toFixed(4)));
    return [...rounded, Number((20 + 3 * (mean(rounded) + NOISE_STD * noise)).toFixed(4))].join(',');
  });
}

const header = [...Array.from({ length: FEATURES }, (_, i) => `x${i + 1}`), 'y'].join(',');
for (const [name, count, chain] of [
  ['train.csv', 506, 0],
  ['test.csv', 100, 1],
]) {
  writeFileSync(join(here, name), `${[header, ...rows(count, chain)].join('\n')}\n`);
}
