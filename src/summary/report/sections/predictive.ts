// Section: predictions of the posterior on the test set.
import { exampleGrid, growthChart, reliabilityChart } from '../classification.js';
import { figure, integer, number, percent, table } from '../html.js';
import { coverageChart, predictedChart } from '../regression.js';
import type { ReportInput, Section } from '../section.js';
import { imageShapeOf } from '../weights.js';
import type { CategoricalEvaluation } from '../../evaluation/categorical.js';
import type { GaussianEvaluation } from '../../evaluation/gaussian.js';

/** Outputs of a regression that are plotted. */
const MAX_OUTPUTS = 4;

export async function predictiveSection(input: ReportInput): Promise<Section | null> {
  const { evaluation, summary } = input;
  const about = summary.evaluation;
  if (evaluation === null || about === null) return null;
  const draws = about.draws < about.drawsAvailable ? `${integer(about.draws)} evenly spaced draws of ${integer(about.drawsAvailable)}` : `all ${integer(about.draws)} draws`;
  const rows = `${integer(about.rows)} ${about.split === 'test' ? 'test' : 'training'} rows`;
  const figures = evaluation.kind === 'categorical' ? await classification(evaluation, input) : await regression(evaluation);
  const html = `<h2>Predictions</h2>
<p>The predictive averages ${evaluation.kind === 'categorical' ? 'the class probabilities' : 'the densities'} of ${draws} on ${rows}. <strong>Average single draw</strong> is the mean score of the same draws used one by one.</p>
<div class="figures">${metricsTable(input)}${figures}</div>`;
  return { id: 'predictions', label: 'Predictions', html };
}

async function classification(evaluation: CategoricalEvaluation, { job, testSet }: ReportInput): Promise<string> {
  const shape = imageShapeOf(job.data.train.format, testSet.features);
  const caption = 'Bars are predictive probabilities by class, whiskers one standard deviation over draws, blue the true class. Below the class: entropy of the predictive, and the part of it that is due to uncertain weights.';
  return [
    figure({
      id: 'calibration',
      title: 'Calibration',
      body: await reliabilityChart(evaluation),
      caption: 'Above: how often predictions of a given confidence are right; on the dashed line confidence is honest. Below: how many rows have that confidence under the predictive.',
    }),
    figure({
      id: 'growth',
      title: 'What averaging buys',
      body: await growthChart(evaluation),
      caption: 'The predictive of the first draws, the first chain first: each further chain can add solutions that the ones before it have not seen.',
    }),
    figure({ id: 'uncertain', title: 'Least certain rows', wide: true, body: exampleGrid(evaluation.uncertain, testSet, shape), caption }),
    figure({ id: 'certain', title: 'Most certain rows', wide: true, body: exampleGrid(evaluation.certain, testSet, shape), caption: 'The same for the rows of least entropy.' }),
  ].join('');
}

async function regression(evaluation: GaussianEvaluation): Promise<string> {
  const outputs = Array.from({ length: Math.min(MAX_OUTPUTS, evaluation.outputs) }, (_, i) => i);
  const predicted = await Promise.all(
    outputs.map(async (output) =>
      figure({
        id: `predicted-${output}`,
        title: evaluation.outputs === 1 ? 'Predicted against actual' : `Predicted against actual, output ${output}`,
        body: await predictedChart(evaluation, output),
        caption: 'Points are predictive means, bars central 90% intervals, noise included; the dashed line is perfect prediction.',
      }),
    ),
  );
  return [
    ...predicted,
    figure({
      id: 'calibration',
      title: 'Calibration of intervals',
      body: await coverageChart(evaluation),
      caption: 'Share of targets inside central intervals of the predictive. Above the dashed line intervals are too wide, below too narrow.',
    }),
  ].join('');
}

function metricsTable({ summary }: ReportInput): string {
  const evaluation = summary.evaluation!;
  const rows =
    evaluation.kind === 'categorical'
      ? metricRows(evaluation, [
          ['Accuracy', 'accuracy', (v) => percent(v, 2)],
          ['Negative log likelihood (nats per row)', 'nll', (v) => number(v, 4)],
          ['Brier score', 'brier', (v) => number(v, 4)],
          ['Expected calibration error', 'ece', (v) => percent(v, 2)],
        ])
      : metricRows(evaluation, [
          ['RMSE', 'rmse', (v) => number(v, 4)],
          ['Negative log density (nats per row)', 'nll', (v) => number(v, 4)],
          ['Coverage of 50% intervals', 'coverage50', (v) => percent(v)],
          ['Coverage of 90% intervals', 'coverage90', (v) => percent(v)],
        ]);
  const body = table<readonly string[]>(
    [
      { head: '', cell: ([name]) => name! },
      { head: 'Predictive', numeric: true, cell: ([, predictive]) => `<strong>${predictive!}</strong>` },
      { head: 'Average single draw', numeric: true, cell: ([, , single]) => single! },
    ],
    rows,
  );
  return figure({ id: 'metrics', title: 'Scores', wide: true, body: `<div class="narrow">${body}</div>`, caption: '' });
}

function metricRows<Key extends string>(
  { predictive, averageDraw }: { readonly predictive: Readonly<Record<Key, number | null>>; readonly averageDraw: Readonly<Record<Key, number | null>> },
  metrics: readonly (readonly [label: string, key: Key, format: (value: number | null) => string])[],
): string[][] {
  return metrics.map(([label, key, format]) => [label, format(predictive[key]), format(averageDraw[key])]);
}
