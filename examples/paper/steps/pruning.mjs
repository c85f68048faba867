// Test accuracy over the fraction of weights kept: each method's own mean network by its own uncertainties, and a network of the
// ensemble, trained without any uncertainty, by those of HMC and of VI.
import { join } from 'node:path';
import { lineChart } from '../support/chart.mjs';
import { jobFile, requireResults, resultsOf } from '../support/job.mjs';
import { saveDraw, saveMean } from '../support/networks.mjs';
import { pruningCurves } from '../support/prune.mjs';
import { markdownTable, percent } from '../support/table.mjs';

const METHODS = ['hmc', 'ensemble', 'vi'];
/** The paper's criterion, and one that does not compare standard deviations across layers of different scales. */
const CRITERIA = { std: 'largest standard deviation first', snr: 'smallest |mean| / std first' };

export async function run({ setting, directory }) {
  requireResults(directory, METHODS);
  const job = jobFile(setting, 'hmc');
  const mean = (name) => saveMean(job, resultsOf(directory, name), join(directory, `${name}-mean.safetensors`));
  const member = await saveDraw(job, resultsOf(directory, 'ensemble'), join(directory, 'ensemble-0.safetensors'));
  const cases = [
    ...(await Promise.all(METHODS.map(async (name) => ({ network: await mean(name), summary: name, label: `${name}: its mean, its own` })))),
    { network: member, summary: 'hmc', label: "one of the ensemble, HMC's" },
    { network: member, summary: 'vi', label: "one of the ensemble, VI's" },
  ];
  const pruned = [];
  for (const each of cases) pruned.push({ ...each, ...(await pruningCurves(job, each.network, resultsOf(directory, each.summary))) });
  const ofMember = pruned.find(({ network }) => network === member).points;
  const curves = [
    ...Object.keys(CRITERIA).flatMap((criterion) => pruned.map(({ label, points, transpositions }) => ({ criterion, label, points: points[criterion], transpositions }))),
    ...['magnitude', 'random'].map((criterion) => ({ criterion, label: `one of the ensemble, ${criterion}`, points: ofMember[criterion] })),
  ];
  const of = (criterion) => curves.filter((curve) => curve.criterion === criterion || !(curve.criterion in CRITERIA));
  return {
    figures: curves,
    tables: Object.entries(CRITERIA).map(([criterion, title]) => `**${title}**\n\n${table(of(criterion))}`),
    charts: Object.fromEntries(Object.entries(CRITERIA).map(([criterion, title]) => [criterion, chart(title, of(criterion))])),
  };
}

function table(curves) {
  return markdownTable(
    ['kept', ...curves.map(({ label }) => label)],
    curves[0].points.map(({ keep }, i) => [percent(keep, 0), ...curves.map(({ points }) => percent(points[i].scores.accuracy))]),
  );
}

function chart(title, curves) {
  return lineChart({
    title: `Test accuracy after pruning, ${title}`,
    values: curves.flatMap(({ label, points }) => points.map(({ keep, scores }) => ({ series: label, x: 100 * keep, y: 100 * scores.accuracy }))),
    series: curves.map(({ label }) => label),
    x: 'weights kept, %',
    y: 'test accuracy, %',
    xScale: { reverse: true },
    yScale: { domain: [0, 100] },
  });
}
