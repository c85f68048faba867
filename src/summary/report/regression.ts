// Pictures of a regression's predictive: predicted against actual with intervals, and coverage of intervals.
import type { TopLevelSpec } from 'vega-lite';
import { evenlySpaced } from '../distribution.js';
import { coverageOf, type GaussianEvaluation } from '../evaluation/gaussian.js';
import { COLOURS, renderChart } from './chart.js';

const MAX_ROWS = 500;
/** Half width of a central 90% interval in standard deviations of a normal. */
const Z90 = 1.6449;

/** Of output `output` where there are several. */
export function predictedChart({ targets, predictions: { mean, std }, outputs }: GaussianEvaluation, output: number): Promise<string> {
  const values = evenlySpaced(targets.length / outputs, MAX_ROWS).map((row) => {
    const k = row * outputs + output;
    return { actual: targets[k]!, predicted: mean[k]!, low: mean[k]! - Z90 * std[k]!, high: mean[k]! + Z90 * std[k]! };
  });
  const all = values.flatMap(({ actual, predicted }) => [actual, predicted]);
  const ends = [Math.min(...all), Math.max(...all)];
  const x = { field: 'actual', type: 'quantitative', title: 'actual', scale: { zero: false } };
  const spec = {
    width: 500,
    height: 360,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: ends.map((value) => ({ actual: value, predicted: value })) },
        mark: { type: 'line', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 },
        encoding: { x, y: { field: 'predicted', type: 'quantitative', title: 'predicted' } },
      },
      {
        data: { values },
        mark: { type: 'rule', color: COLOURS.aligned, opacity: 0.28, strokeWidth: 1.2 },
        encoding: { x, y: { field: 'low', type: 'quantitative', title: 'predicted', scale: { zero: false } }, y2: { field: 'high' } },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 20, color: COLOURS.aligned, opacity: 0.9 },
        encoding: { x, y: { field: 'predicted', type: 'quantitative' } },
      },
    ],
  };
  return renderChart(spec as TopLevelSpec, 'Predicted against actual targets, each with its central 90% interval');
}

export function coverageChart({ pit }: GaussianEvaluation): Promise<string> {
  const values = Array.from({ length: 41 }, (_, i) => ({ nominal: i / 40, observed: i === 0 ? 0 : coverageOf(pit, i / 40) }));
  const x = { field: 'nominal', type: 'quantitative', title: 'probability of the central interval', axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const y = { field: 'observed', type: 'quantitative', title: 'share of targets inside', axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const spec = {
    width: 500,
    height: 360,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: [0, 1].map((value) => ({ nominal: value, observed: value })) },
        mark: { type: 'line', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 },
        encoding: { x, y },
      },
      { data: { values }, mark: { type: 'line', strokeWidth: 2.2, color: COLOURS.aligned }, encoding: { x, y } },
    ],
  };
  return renderChart(spec as TopLevelSpec, 'Share of targets inside central intervals of the predictive, over their probability');
}
