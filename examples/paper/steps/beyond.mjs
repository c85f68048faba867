// Beyond the paper: what depth, sign symmetry, the way of matching and the number of chains change in R-hat of the weights, in
// the predictions of the compact forms, and in pruning a network that was trained without uncertainties.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineChart } from '../support/chart.mjs';
import { refoldOnce, resultsOf, runFile, writeVariant } from '../support/job.mjs';
import { saveDraw, saveRaw } from '../support/networks.mjs';
import { pruningCurves } from '../support/prune.mjs';
import { markdownTable, number, percent } from '../support/table.mjs';

/** Jobs of their own: hidden layers, and whether one chain makes all draws. */
const JOBS = {
  'relu-1': { activation: 'relu', layers: 1 },
  'relu-2': { activation: 'relu', layers: 2 },
  'relu-3': { activation: 'relu', layers: 3 },
  'tanh-1': { activation: 'tanh', layers: 1 },
  'tanh-2': { activation: 'tanh', layers: 2 },
  'relu-1-one-chain': { activation: 'relu', layers: 1, oneChain: true },
  'relu-3-one-chain': { activation: 'relu', layers: 3, oneChain: true },
};
/** The draws of those, aligned in another way. */
const REFOLDS = {
  'relu-1-first-draw': { of: 'relu-1', options: ['--reference', 'first-draw'] },
  'relu-1-by-weights': { of: 'relu-1', options: ['--matching', 'weights'] },
  'relu-2-by-weights': { of: 'relu-2', options: ['--matching', 'weights'] },
  'relu-3-by-weights': { of: 'relu-3', options: ['--matching', 'weights'] },
  'tanh-1-without-signs': { of: 'tanh-1', options: ['--signs', 'false'] },
  'tanh-2-without-signs': { of: 'tanh-2', options: ['--signs', 'false'] },
};
/** Trained without uncertainties, on the same data and layers: what is pruned. */
const MAP = { method: 'map', chains: 1, epochs: 200, batchSize: 100, optimizer: 'adam', learningRate: 0.001 };
const KEPT = [0.2, 0.1, 0.05];

export async function run({ setting, directory, say }) {
  const base = join(directory, 'beyond');
  const measured = [];
  const networks = {};
  const networkOf = async ({ activation, layers }) => (networks[`${activation}-${layers}`] ??= await mapNetwork(setting, base, { activation, layers }, say));
  for (const [name, variant] of Object.entries(JOBS)) {
    const job = writeJob(setting, base, name, variant);
    await runFile(job, resultsOf(base, name), say);
    measured.push(await measure(base, name, job, await networkOf(variant)));
  }
  for (const [name, { of, options }] of Object.entries(REFOLDS)) {
    const job = join(base, `${of}.yaml`);
    await refoldOnce({ job, results: resultsOf(base, of), out: resultsOf(base, name), options, say });
    measured.push(await measure(base, name, job, await networkOf(JOBS[of])));
  }
  return { figures: measured, tables: [statisticsTable(measured), scoresTable(measured), pruningTable(measured)], charts: charts(measured) };
}

function writeJob(setting, base, name, { activation, layers, oneChain = false }, inference = null) {
  return writeVariant(setting, 'beyond', join(base, `${name}.yaml`), (job) => {
    job.name = `beyond-${name}`;
    job.network.hidden = Array.from({ length: layers }, () => ({ ...job.network.hidden[0], activation }));
    if (oneChain) job.inference = { ...job.inference, chains: 1, draws: job.inference.chains * job.inference.draws };
    if (inference !== null) job.inference = inference;
  });
}

async function mapNetwork(setting, base, { activation, layers }, say) {
  const name = `${activation}-${layers}-map`;
  const job = writeJob(setting, base, name, { activation, layers }, MAP);
  await runFile(job, resultsOf(base, name), say);
  return saveDraw(job, resultsOf(base, name), join(base, `${name}.safetensors`));
}

async function measure(base, name, job, network) {
  const results = resultsOf(base, name);
  const summary = JSON.parse(readFileSync(join(results, 'summary.json'), 'utf8'));
  const raw = saveRaw(results, join(base, `${name}-raw.safetensors`));
  const [byAligned, byRaw] = [await pruningCurves(job, network, results), await pruningCurves(job, network, raw)].map(({ points }) => points);
  const accuracies = (points) => Object.fromEntries(points.map(({ keep, scores }) => [keep, scores.accuracy]));
  const { statistics, alignment, evaluation, sampling } = summary;
  return {
    name,
    chains: summary.chains.length,
    draws: sampling.draws,
    acceptanceRate: sampling.acceptanceRate,
    divergences: sampling.divergences,
    rhat: { raw: statistics.raw.rhat, aligned: statistics.aligned.rhat, probe: statistics.probe.rhat },
    snr: { raw: statistics.raw.snr, aligned: statistics.aligned.snr },
    alignment,
    scores: { draws: evaluation.predictive, averageDraw: evaluation.averageDraw, ...Object.fromEntries(evaluation.compact.map(({ form, ...scores }) => [form, scores])) },
    pruning: { aligned: accuracies(byAligned.snr), raw: accuracies(byRaw.snr), magnitude: accuracies(byAligned.magnitude) },
  };
}

function statisticsTable(measured) {
  return markdownTable(
    ['', 'chains × draws', 'NoT of units', 'distance, raw → aligned', 'R-hat raw: median', '95 %', 'R-hat aligned: median', '95 %', 'R-hat of probe outputs: median', 'median SNR raw', 'aligned'],
    measured.map(({ name, chains, draws, alignment, rhat, snr }) => [
      name,
      `${chains} × ${draws / chains}`,
      alignment.groups.map(({ size, transpositionsMean }) => `${transpositionsMean.toFixed(1)} of ${size - 1}`).join(', '),
      `${alignment.distanceBefore.toFixed(1)} → ${alignment.distanceAfter.toFixed(1)}`,
      number(rhat.raw.median, 2),
      number(rhat.raw.q95, 2),
      number(rhat.aligned.median, 2),
      number(rhat.aligned.q95, 2),
      number(rhat.probe.median, 2),
      number(snr.raw.median),
      number(snr.aligned.median),
    ]),
  );
}

function scoresTable(measured) {
  return markdownTable(
    ['', 'accuracy of all draws', 'q_r', 'q_d', 'agreement of q_r', 'q_d', 'total variation of q_r', 'q_d', 'NLL of all draws', 'q_r', 'q_d'],
    measured.map(({ name, scores: { draws, aligned, raw } }) => [
      name,
      percent(draws.accuracy),
      percent(aligned.scores.accuracy),
      percent(raw.scores.accuracy),
      percent(aligned.agreement),
      percent(raw.agreement),
      number(aligned.totalVariation),
      number(raw.totalVariation),
      number(draws.nll),
      number(aligned.scores.nll),
      number(raw.scores.nll),
    ]),
  );
}

function pruningTable(measured) {
  const shares = KEPT.map((keep) => percent(keep, 0));
  return markdownTable(
    ['MAP network pruned; kept', 'all', ...['SNR of q_r', 'SNR of q_d', 'magnitude'].flatMap((criterion) => shares.map((share) => `${criterion}: ${share}`))],
    measured.map(({ name, pruning }) => [name, percent(pruning.aligned[1]), ...['aligned', 'raw', 'magnitude'].flatMap((criterion) => KEPT.map((keep) => percent(pruning[criterion][keep])))]),
  );
}

function charts(measured) {
  const relu = measured.filter(({ name }) => /^relu-\d$/.test(name));
  const series = (label, value) => relu.map((each) => ({ series: label, x: JOBS[each.name].layers, y: value(each) }));
  const layers = { x: 'hidden layers', xAxis: { tickCount: 2, format: 'd' } };
  const accuracies = [
    ...series('all draws', ({ scores }) => 100 * scores.draws.accuracy),
    ...series('q_r (with rebasin)', ({ scores }) => 100 * scores.aligned.scores.accuracy),
    ...series('q_d (without)', ({ scores }) => 100 * scores.raw.scores.accuracy),
  ];
  const rhats = [...series('raw', ({ rhat }) => rhat.raw.median), ...series('aligned', ({ rhat }) => rhat.aligned.median), ...series('probe outputs', ({ rhat }) => rhat.probe.median)];
  const labels = (values) => [...new Set(values.map((value) => value.series))];
  return {
    accuracy: lineChart({ title: 'Test accuracy over depth, ReLU', values: accuracies, series: labels(accuracies), ...layers, y: 'test accuracy, %', yScale: { domain: [0, 100] } }),
    rhat: lineChart({ title: 'Median R-hat over depth, ReLU', values: rhats, series: labels(rhats), ...layers, y: 'R-hat' }),
  };
}
