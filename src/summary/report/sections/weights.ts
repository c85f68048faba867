// Section: the compact posterior, seen through the first layer and the signal-to-noise ratio.
import { COLOURS } from '../chart.js';
import { histogramPair } from '../distributions.js';
import { escapeHtml, figure, integer, number, percent, table } from '../html.js';
import type { ReportInput, Section } from '../section.js';
import { imageShapeOf, weightMaps } from '../weights.js';
import { signalToNoise } from '../../statistics.js';

export async function weightsSection({ posterior, job, aligned, raw, summary }: ReportInput): Promise<Section | null> {
  if (aligned === null) return null;
  const first = posterior.tensors[0]!;
  const shape = imageShapeOf(job.data.train.format, posterior.network.inputs);
  const maps = weightMaps(first, shape, aligned, raw);
  const layout =
    shape === null
      ? 'A row is a hidden unit, a column an input.'
      : `A tile is a hidden unit, its ${shape.height} × ${shape.width} pixels the weights from the input image.`;
  const chosen = maps.shown < maps.units ? `The ${maps.shown} units of ${integer(maps.units)} with the largest mean` : `All ${maps.units} units, largest mean first`;
  const figures = [
    figure({
      id: 'first-layer',
      title: `First layer: ${first.name}`,
      wide: true,
      body: maps.html,
      caption: `${layout} ${chosen}, in the same order in every picture.${raw === null ? '' : ' As sampled, a place holds different units in different chains: structure averages out, and the disagreement passes for uncertainty.'}`,
    }),
    figure({
      id: 'snr',
      title: 'Signal-to-noise ratio of every weight',
      wide: true,
      body: await histogramPair(
        [
          ...(raw === null ? [] : [{ label: 'as sampled', colour: COLOURS.raw, values: signalToNoise(raw) }]),
          { label: 'aligned', colour: COLOURS.aligned, values: signalToNoise(aligned) },
        ],
        { xTitle: '|mean| / standard deviation', what: 'the signal-to-noise ratio', quantiles: [0.005, 0.999], digits: 3 },
      ),
      caption: 'Weights far to the left can be pruned: the posterior does not know their sign.',
    }),
  ];
  const { covariance } = summary.statistics;
  if (covariance !== null) {
    const body = table(
      [
        { head: 'Direction', numeric: true, cell: ({ k }) => integer(k + 1) },
        { head: 'Variance', numeric: true, cell: ({ variance }) => number(variance) },
        { head: 'Standard deviation', numeric: true, cell: ({ variance }) => number(variance === null ? null : Math.sqrt(variance)) },
      ],
      covariance.variances.map((variance, k) => ({ k, variance })),
    );
    figures.push(
      figure({
        id: 'covariance',
        title: 'Directions in which aligned draws vary most',
        wide: true,
        body,
        caption: `The factors of <code>summary.safetensors</code>: together ${percent(covariance.captured, 1)} of the variance of all weights. No direction at right angles to all of them has a variance above ${number(covariance.errorBound)}.`,
      }),
    );
  }
  const html = `<h2>The compact posterior</h2>
<p>Mean and standard deviation of all ${integer(summary.model.dimension)} aligned parameters, as they are in <code>${escapeHtml('summary.safetensors')}</code>.</p>
<div class="figures">${figures.join('')}</div>`;
  return { id: 'weights', label: 'Weights', html };
}
