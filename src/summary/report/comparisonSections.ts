// Sections of a comparison's page: values of B over values of A layer by layer, and ratios of standard deviations.
import type { Comparison } from '../comparison/compare.js';
import { evenlySpaced, quantileOf } from '../distribution.js';
import { agreementChart } from './agreement.js';
import { COLOURS } from './chart.js';
import { histogramPair } from './distributions.js';
import { escapeHtml, figure, integer, pairs } from './html.js';
import type { Section } from './section.js';

/** Layers with pictures of their own; of deeper networks evenly spaced ones. */
const MAX_LAYERS = 12;

interface Layer {
  readonly name: string;
  /** Of the layer's weights, [size] each. */
  readonly a: { readonly mean: Float32Array; readonly std: Float32Array };
  readonly b: { readonly mean: Float32Array; readonly std: Float32Array };
}

/** Tensors that differ in the last part of their names only; a single weight is no picture. */
function layersOf({ tensors, a, b }: Comparison): Layer[] {
  const parts = new Map<string, [from: number, to: number][]>();
  for (const { name, offset, size } of tensors) {
    const layer = name.split('.').slice(0, -1).join('.') || name;
    parts.set(layer, [...(parts.get(layer) ?? []), [offset, offset + size]]);
  }
  const join = (values: Float32Array, ranges: readonly [number, number][]) => Float32Array.from(ranges.flatMap(([from, to]) => Array.from(values.subarray(from, to))));
  const layers = Array.from(parts, ([name, ranges]) => ({
    name,
    a: { mean: join(a.mean, ranges), std: join(a.std, ranges) },
    b: { mean: join(b.mean, ranges), std: join(b.std, ranges) },
  })).filter(({ a: { mean } }) => mean.length > 1);
  return evenlySpaced(layers.length, MAX_LAYERS).map((i) => layers[i]!);
}

export async function agreementSection(comparison: Comparison): Promise<Section | null> {
  const layers = layersOf(comparison);
  if (layers.length === 0) return null;
  const figures = await Promise.all(
    layers.map(async ({ name, a, b }, i) => {
      const chart = (statistic: 'mean' | 'std', quantity: string, colour: string) => agreementChart(a[statistic], b[statistic], { quantity, of: `layer ${name}`, colour, log: statistic === 'std' });
      return figure({
        id: `agreement-${i}`,
        title: `${name}: ${integer(a.mean.length)} weights`,
        wide: true,
        body: pairs([
          { label: 'means', colour: COLOURS.aligned, chart: await chart('mean', 'mean', COLOURS.aligned) },
          { label: 'standard deviations', colour: COLOURS.accent, chart: await chart('std', 'standard deviation', COLOURS.accent) },
        ]),
        caption: '',
      });
    }),
  );
  const html = `<h2>Weight by weight</h2>
<p>On the dashed line A and B agree. Means off it are weights that the two place elsewhere; standard deviations below it are weights of which B is surer than A. Of many weights the density is shown, on a logarithmic scale; its outermost cells hold everything beyond.</p>
<div class="figures">${figures.join('')}</div>`;
  return { id: 'agreement', label: 'Weight by weight', html };
}

export async function ratioSection(comparison: Comparison): Promise<Section | null> {
  const panels = layersOf(comparison)
    .map(({ name, a, b }) => ({ label: name, colour: COLOURS.accent, values: Float64Array.from(b.std, (std, i) => Math.log2(std / a.std[i]!)).filter(Number.isFinite) }))
    .filter(({ values }) => values.length > 0);
  if (panels.length === 0) return null;
  const sizes = Float64Array.from(panels.flatMap(({ values }) => Array.from(values, Math.abs))).sort();
  // An axis with 0 in its middle: ratios above and below 1 compare at a glance.
  const end = Math.max(0.05, quantileOf(sizes, 0.998) ?? 0);
  const body = await histogramPair(panels, { xTitle: 'log₂ (std of B / std of A)', what: 'log₂ of the ratio of standard deviations', quantiles: [0, 1], low: -end, high: end, digits: 3 });
  const html = `<h2>Who is surer</h2>
<p>Ratio of the standard deviations of every weight, in powers of two: −1 where B's is half of A's, +1 where it is twice as large. A mean-field approximation is often too sure of itself: its ratios lie left of 0.</p>
<div class="figures">${figure({ id: 'std-ratio', title: 'Standard deviation of B over that of A', wide: true, body, caption: escapeHtml('The outermost bars hold everything beyond.') })}</div>`;
  return { id: 'ratios', label: 'Standard deviations', html };
}
