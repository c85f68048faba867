// The pruning report: how good a network stays when less and less of it is kept, one curve a criterion.
import type { TopLevelSpec } from 'vega-lite';
import type { TensorLayout } from '../../network/network.js';
import type { Scores } from '../evaluation/evaluate.js';
import type { PruningCriterion } from '../prune/criteria.js';
import type { PruningCurve } from '../prune/curve.js';
import { CHAIN_COLOURS, COLOURS, renderChart, valueScale } from './chart.js';
import { escapeHtml, figure, integer, number, percent, share, table, type Column } from './html.js';
import { renderPage } from './page.js';
import type { Section } from './section.js';

export interface PruningReportInput {
  /** Paths as the user gave them. */
  readonly network: string;
  readonly summary: string;
  readonly about: { readonly job: string; readonly kind: 'categorical' | 'gaussian'; readonly split: 'test' | 'train'; readonly rows: number };
  /** Of the network. */
  readonly tensors: readonly Pick<TensorLayout, 'name' | 'shape' | 'size'>[];
  readonly prunable: number;
  readonly parameters: number;
  readonly biases: boolean;
  readonly alignment: {
    readonly groups: readonly { readonly name: string; readonly size: number; readonly transpositions: number }[];
    readonly distanceBefore: number;
    readonly distanceAfter: number;
  };
  /** All over the same fractions, at least one. */
  readonly curves: readonly PruningCurve[];
  /** Version of basinet. */
  readonly version: string;
}

/** What goes first, in words. */
const FIRST: Record<PruningCriterion, string> = {
  std: 'largest standard deviation of the posterior',
  snr: 'lowest |mean| / standard deviation of the posterior',
  magnitude: 'lowest |weight| of the network',
  random: 'at random',
};

interface Metric {
  readonly id: string;
  readonly title: string;
  /** In a table. */
  readonly short: string;
  readonly of: (scores: Scores) => number | null;
  readonly show: (value: number | null) => string;
  readonly axisFormat: string;
  readonly domain?: readonly number[];
}

const NLL = { id: 'nll', title: 'Negative log likelihood (nats per row)', short: 'NLL', of: ({ nll }: Scores) => nll, show: (value: number | null) => number(value, 4), axisFormat: '.3~g' };

const METRICS: Record<PruningReportInput['about']['kind'], readonly Metric[]> = {
  categorical: [
    { id: 'accuracy', title: 'Accuracy', short: 'accuracy', of: (scores) => ('accuracy' in scores ? scores.accuracy : null), show: (value) => percent(value, 2), axisFormat: '.0%', domain: [0, 1] },
    NLL,
  ],
  gaussian: [{ id: 'rmse', title: 'RMSE', short: 'RMSE', of: (scores) => ('rmse' in scores ? scores.rmse : null), show: (value) => number(value, 4), axisFormat: '.3~g' }, NLL],
};

/** One self-contained page, as `renderReport`'s; a pure function of its input. */
export async function renderPruningReport(input: PruningReportInput): Promise<string> {
  const { about, network, summary, prunable, parameters, biases, version } = input;
  const rows = `${integer(about.rows)} ${about.split === 'test' ? 'test' : 'training'} rows`;
  return renderPage({
    title: about.job,
    eyebrow: 'Pruning report',
    heading: about.job,
    version,
    lead: escapeHtml(
      `The network ${network}, pruned by the summary ${summary}: ${integer(prunable)} of ${integer(parameters)} parameters can go${biases ? '' : ', biases are kept'}. Scores on ${rows}.`,
    ),
    overview: '',
    sections: [await curveSection(input), alignmentSection(input)],
    footer: escapeHtml(`Written by basinet ${version}`),
  });
}

async function curveSection({ curves, about, tensors, biases }: PruningReportInput): Promise<Section> {
  const metrics = METRICS[about.kind];
  const charts = await Promise.all(
    metrics.map(async (metric) => figure({ id: metric.id, title: metric.title, body: await curveChart(curves, metric), caption: 'Over the fraction of weights that is kept; the others are zero.' })),
  );
  const fraction: Column<number> = { head: 'Kept', numeric: true, cell: (i) => share(curves[0]!.points[i]!.keep) };
  const scores: Column<number>[] = [
    { head: 'Weights', numeric: true, cell: (i) => integer(curves[0]!.points[i]!.kept) },
    ...curves.flatMap(({ criterion, points }) =>
      metrics.map(({ short, of, show }): Column<number> => ({ head: `${criterion}<br>${short}`, numeric: true, cell: (i) => show(of(points[i]!.scores)) })),
    ),
  ];
  const layers = curves.flatMap(({ criterion, points }) =>
    tensors
      .filter(({ shape }) => biases || shape.length > 1)
      .map(({ name, size }): Column<number> => ({ head: `${criterion}<br><code>${escapeHtml(name)}</code>`, numeric: true, cell: (i) => percent(points[i]!.tensors[name]! / size) })),
  );
  const rows = (columns: readonly Column<number>[]) => table([fraction, ...columns], Array.from(curves[0]!.points.keys()));
  const criteria = curves.map(({ criterion }) => `<strong>${criterion}</strong>: ${escapeHtml(FIRST[criterion])}`).join('; ');
  const html = `<h2>Scores over the fraction kept</h2><p>What goes first. ${criteria}.</p>
<div class="figures">${charts.join('')}${figure({ id: 'points', title: 'Every point', wide: true, body: rows(scores), caption: '' })}${figure({
    id: 'layers',
    title: 'What stays of each layer',
    wide: true,
    body: rows(layers),
    caption: 'The ranking is over all layers at once: one that goes as a whole cuts the network off, whatever the others keep.',
  })}</div>`;
  return { id: 'curves', label: 'Curves', html };
}

/** Kept weights run from all on the left to few on the right, on a logarithmic scale, which has no place for 0. */
function curveChart(curves: readonly PruningCurve[], { title, of, axisFormat, domain }: Metric): Promise<string> {
  const values = curves.flatMap(({ criterion, points }) =>
    points.map(({ keep, scores }) => ({ criterion, keep, value: of(scores) })).filter(({ keep, value }) => keep > 0 && Number.isFinite(value)),
  );
  const heights = values.map(({ value }) => value!);
  const least = Math.min(...values.map(({ keep }) => keep));
  const spec = {
    width: 500,
    height: 320,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values },
    mark: { type: 'line', strokeWidth: 2, color: COLOURS.aligned, point: { size: 30, filled: true, ...(curves.length === 1 && { color: COLOURS.aligned }) } },
    encoding: {
      x: {
        field: 'keep',
        type: 'quantitative',
        title: 'weights kept',
        scale: { type: 'log', nice: false, reverse: true },
        axis: { format: '~%', values: [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].filter((tick) => tick >= least) },
      },
      y: { field: 'value', type: 'quantitative', title, scale: domain ? { domain } : valueScale(Math.min(...heights), Math.max(...heights)), axis: { format: axisFormat, tickCount: 5 } },
      ...(curves.length > 1 && {
        color: {
          field: 'criterion',
          type: 'nominal',
          scale: { domain: curves.map(({ criterion }) => criterion), range: CHAIN_COLOURS.slice(0, curves.length) },
          legend: { title: null, symbolType: 'stroke', symbolStrokeWidth: 2.5 },
        },
      }),
    },
  };
  return renderChart(spec as TopLevelSpec, `${title} over the fraction of weights kept, one line a criterion`);
}

function alignmentSection({ alignment }: PruningReportInput): Section {
  const rows = table(
    [
      { head: 'Permutation group', cell: ({ name }) => `<code>${escapeHtml(name)}</code>` },
      { head: 'Units', numeric: true, cell: ({ size }) => integer(size) },
      { head: 'Number of transpositions', numeric: true, cell: ({ transpositions }) => integer(transpositions) },
    ],
    alignment.groups,
  );
  const html = `<h2>Alignment</h2><p>Hidden units of the network and of the summary can be in any order: the summary’s uncertainties were relabelled into the network’s own order before anything was pruned.</p>
<div class="figures">${figure({
    id: 'transpositions',
    title: 'From the summary to the network',
    wide: true,
    body: `<div class="narrow">${rows}</div>`,
    caption: `Euclidean distance between the network and the summary’s mean: ${number(alignment.distanceBefore, 3)}, aligned ${number(alignment.distanceAfter, 3)}.`,
  })}</div>`;
  return { id: 'alignment', label: 'Alignment', html };
}
