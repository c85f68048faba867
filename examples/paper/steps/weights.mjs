// HMC, ensemble and VI compared in weight space, pair by pair, the second aligned to the first.
import { basinetJson } from '../support/basinet.mjs';
import { requireResults, resultsOf } from '../support/job.mjs';
import { join } from 'node:path';
import { markdownTable, number } from '../support/table.mjs';

const PAIRS = [
  ['hmc', 'ensemble'],
  ['hmc', 'vi'],
  ['ensemble', 'vi'],
];

export async function run({ directory }) {
  requireResults(directory, [...new Set(PAIRS.flat())]);
  const pairs = [];
  for (const [a, b] of PAIRS) {
    const page = join(directory, `weights-${a}-${b}.html`);
    const comparison = await basinetJson('compare', resultsOf(directory, a), resultsOf(directory, b), '--out', page);
    pairs.push({ ...comparison, a, b });
  }
  return { figures: pairs, tables: [table(pairs)] };
}

function table(pairs) {
  const rows = pairs.flatMap(({ a, b, overall, tensors }) =>
    [...tensors, { ...overall, name: 'all' }].map((figures) => [
      `${a} – ${b}: ${figures.name}`,
      number(figures.klABPerWeight),
      number(figures.klBAPerWeight),
      number(figures.wasserstein2Rms),
      number(figures.meanCorrelation),
      number(figures.logStdCorrelation),
      number(figures.stdRatio?.geometricMean),
    ]),
  );
  return markdownTable(['A – B: tensor', 'KL(A‖B) per weight', 'KL(B‖A) per weight', 'W₂ per weight (rms)', 'correlation of means', 'correlation of log std', 'std ratio B/A'], rows);
}
