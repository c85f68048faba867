// Pictures of a classifier's predictive: reliability diagram, what averaging buys, most and least certain rows.
import type { TopLevelSpec } from 'vega-lite';
import type { Dataset } from '../../engine/engine.js';
import type { CategoricalEvaluation, Example } from '../evaluation/categorical.js';
import { COLOURS, renderChart } from './chart.js';
import { number, percent } from './html.js';
import { GREY, tilesToPng } from './image.js';
import type { ImageShape } from './weights.js';

const SERIES = { domain: ['average single draw', 'predictive'], range: [COLOURS.raw, COLOURS.aligned] };

export function reliabilityChart({ reliability }: CategoricalEvaluation): Promise<string> {
  const total = reliability.predictive.reduce((sum, { rows }) => sum + rows, 0);
  const values = (['averageDraw', 'predictive'] as const).flatMap((kind) =>
    reliability[kind]
      .filter(({ rows }) => rows > 0)
      .map(({ confidence, accuracy }) => ({ confidence, accuracy, kind: kind === 'predictive' ? 'predictive' : 'average single draw' })),
  );
  const bars = reliability.predictive.map(({ lower, upper, rows }) => ({ from: lower, to: upper, share: rows / total }));
  const spec = {
    spacing: 12,
    vconcat: [
      {
        width: 420,
        height: 250,
        layer: [
          {
            data: { values: [{ x: 0, y: 0 }, { x: 1, y: 1 }] },
            mark: { type: 'line', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 },
            encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
          },
          {
            data: { values },
            mark: { type: 'line', strokeWidth: 2, point: { size: 42, filled: true } },
            encoding: {
              x: { field: 'confidence', type: 'quantitative', title: null, scale: { domain: [0, 1] }, axis: { format: '.0%', labels: false, ticks: false } },
              y: { field: 'accuracy', type: 'quantitative', title: 'accuracy', scale: { domain: [0, 1] }, axis: { format: '.0%', tickCount: 5 } },
              color: { field: 'kind', type: 'nominal', scale: SERIES, legend: { title: null, symbolType: 'circle' } },
            },
          },
        ],
      },
      {
        width: 420,
        height: 56,
        data: { values: bars },
        mark: { type: 'rect', color: COLOURS.aligned, opacity: 0.55 },
        encoding: {
          x: { field: 'from', type: 'quantitative', title: 'confidence', scale: { domain: [0, 1] }, axis: { format: '.0%', tickCount: 5 } },
          x2: { field: 'to' },
          y: { field: 'share', type: 'quantitative', title: 'rows', axis: { format: '.0%', tickCount: 2 } },
          y2: { datum: 0 },
        },
      },
    ],
  };
  return renderChart(spec as TopLevelSpec, 'Reliability diagram: accuracy over confidence, for the predictive and for the average single draw, with the share of rows per bin');
}

export function growthChart({ growth, averageDraw }: CategoricalEvaluation): Promise<string> {
  const spec = {
    width: 500,
    height: 352,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: growth.filter(({ nll }) => Number.isFinite(nll)) },
        mark: { type: 'line', strokeWidth: 2, color: COLOURS.aligned, point: { size: 22, filled: true, color: COLOURS.aligned } },
        encoding: {
          x: { field: 'draws', type: 'quantitative', title: 'draws averaged (chain after chain)', scale: { type: 'log', nice: false }, axis: { tickCount: 5, format: '~s' } },
          y: { field: 'nll', type: 'quantitative', title: 'negative log likelihood per row (nats)', scale: { zero: false }, axis: { tickCount: 6 } },
        },
      },
      {
        data: { values: [{ y: averageDraw.nll, label: `average single draw ${number(averageDraw.nll, 4)}` }] },
        layer: [
          { mark: { type: 'rule', color: COLOURS.raw, strokeWidth: 1.6, strokeDash: [5, 4] }, encoding: { y: { field: 'y', type: 'quantitative' } } },
          {
            mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -5, fontSize: 11.5, color: COLOURS.raw },
            encoding: { y: { field: 'y', type: 'quantitative' }, x: { value: 'width' }, text: { field: 'label' } },
          },
        ],
      },
    ],
  };
  return renderChart(spec as TopLevelSpec, 'Negative log likelihood of the predictive over the number of draws averaged, against the average single draw');
}

/** Classes listed for one row: all of a few, else the most probable ones and the true one. */
const MAX_CLASSES = 10;

export function exampleGrid(examples: readonly Example[], data: Dataset, shape: ImageShape | null): string {
  return `<div class="examples">${examples.map((example) => exampleCard(example, data, shape)).join('')}</div>`;
}

function exampleCard(example: Example, data: Dataset, shape: ImageShape | null): string {
  const { row, target, probabilities, deviations, entropy, mutualInformation } = example;
  const best = probabilities.indexOf(Math.max(...probabilities));
  const ranked = probabilities.map((_, k) => k).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const listed = probabilities.length <= MAX_CLASSES ? ranked.sort((a, b) => a - b) : [...new Set([...ranked.slice(0, MAX_CLASSES - 1), target])];
  const bars = listed
    .map((k) => {
      const p = probabilities[k]!;
      const low = Math.max(0, p - deviations[k]!);
      const high = Math.min(1, p + deviations[k]!);
      const mark = k === target ? ' true' : '';
      return `<span class="k${mark}">${k}</span><span class="track" title="${percent(p)} ± ${percent(deviations[k]!)}"><span class="fill${mark}" style="width:${cssPercent(p)}"></span><span class="whisker" style="left:${cssPercent(low)};width:${cssPercent(high - low)}"></span></span>`;
    })
    .join('');
  const image = shape === null ? '' : inputImage(data, row, shape, target);
  const classes = ['example', ...(shape === null ? ['plain'] : []), ...(best === target ? [] : ['wrong'])].join(' ');
  return `<div class="${classes}">${image}<div><div class="about"><b>${target}${best === target ? '' : ` taken for ${best}`}</b> · row ${row}<br>${number(entropy, 3)} nats, ${number(mutualInformation, 3)} from the weights</div><div class="probs">${bars}</div></div></div>`;
}

function cssPercent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

function inputImage(data: Dataset, row: number, shape: ImageShape, target: number): string {
  const values = data.inputs.subarray(row * data.features, (row + 1) * data.features);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const { uri, width, height } = tilesToPng({ values, tiles: 1, ...shape, columns: 1, map: GREY, low, high });
  return `<img src="${uri}" width="${width}" height="${height}" alt="Input of row ${row}, class ${target}">`;
}
