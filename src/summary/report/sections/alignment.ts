// Section: what alignment does to R-hat and ESS, and how far draws are from the reference.
import type { ReferenceSource } from '../../../job/plan.js';
import { COLOURS } from '../chart.js';
import { distanceChart, transpositionChart } from '../chains.js';
import { histogramPair, type Panel } from '../distributions.js';
import { escapeHtml, figure, number, percent, table } from '../html.js';
import type { ReportInput, Section } from '../section.js';
import { controlFigure, nestedFigure } from './control.js';

/** Charts of NoT, one a group; deeper networks show the first ones. */
const MAX_GROUPS = 6;

export async function alignmentSection(input: ReportInput): Promise<Section | null> {
  const { summary, aligned, raw, traces, posterior } = input;
  if (aligned === null && raw === null) return null;
  const panels: Panel[] = [
    ...(raw === null ? [] : [{ label: 'as sampled', colour: COLOURS.raw, values: raw.rhat }]),
    ...(aligned === null ? [] : [{ label: 'aligned', colour: COLOURS.aligned, values: aligned.rhat }]),
  ];
  const ess: Panel[] = [
    ...(raw === null ? [] : [{ label: 'as sampled', colour: COLOURS.raw, values: raw.ess }]),
    ...(aligned === null ? [] : [{ label: 'aligned', colour: COLOURS.aligned, values: aligned.ess }]),
  ];
  const figures = [
    figure({
      id: 'rhat',
      title: 'Split R-hat of every weight',
      wide: true,
      body: await histogramPair(panels, { xTitle: 'split R-hat', what: 'split R-hat', quantiles: [0, 0.995], low: 1, digits: 3 }),
      caption: `How far the chains disagree about each weight; 1 is agreement. ${rhatShares(input)}The outermost bars hold everything beyond.`,
    }),
    figure({
      id: 'ess',
      title: 'Effective sample size of every weight',
      wide: true,
      body: await histogramPair(ess, { xTitle: 'ESS (batch means)', what: 'effective sample size', quantiles: [0.002, 0.998], digits: 0 }),
      caption: `Of ${summary.sampling.draws.toLocaleString('en-US')} draws, how many independent ones each mean is worth, by batch means: too large for a weight whose R-hat is far from 1.`,
    }),
  ];
  figures.push(...(await nestedFigure(input)), ...(await controlFigure(input)));
  const { groups } = posterior.network;
  if (aligned !== null && groups.length > 0) {
    for (const [index, { name, size }] of groups.slice(0, MAX_GROUPS).entries()) {
      const { transpositionsMedian } = summary.alignment.groups[index]!;
      figures.push(
        figure({
          id: `transpositions-${index}`,
          title: groups.length === 1 ? 'Number of transpositions per draw' : `Number of transpositions per draw, ${name}`,
          body: await transpositionChart(traces, index, groups.length, size),
          caption: `Swaps of hidden units of ${escapeHtml(name)} that separate a draw from the reference: n minus the number of cycles. Median ${number(transpositionsMedian, 0)}.`,
        }),
      );
    }
    // Two figures a row: the last of an odd number takes the whole row.
    const wide = Math.min(groups.length, MAX_GROUPS) % 2 === 0;
    figures.push(
      figure({
        id: 'distance',
        title: 'Distance to the reference',
        wide,
        body: await distanceChart(traces, wide),
        caption: `Euclidean, over all parameters. Mean ${number(summary.alignment.distanceBefore)} as sampled, ${number(summary.alignment.distanceAfter)} aligned.`,
      }),
    );
  }
  const html = `<h2>What alignment does</h2>
<p>Hidden units can be relabelled without changing the function, so chains find the same solution under different labels. ${aligned === null ? 'This job kept raw weights only.' : `Every draw was therefore matched to one reference, ${referenceText(summary)}, and relabelled; only then do means and deviations of weights have a meaning.`}</p>
<div class="figures">${figures.join('')}${tensorTable(input)}</div>`;
  return { id: 'alignment', label: 'Alignment', html };
}

const SOURCES: Readonly<Record<ReferenceSource, string>> = {
  'first-draw': 'the first kept draw of chain 0',
  map: 'a maximum a posteriori fit',
  mean: 'the mean of draws that were aligned to the version before',
  file: 'a saved network',
};

function referenceText({ alignment }: ReportInput['summary']): string {
  return alignment.referenceVersion > 1 ? `${SOURCES[alignment.reference]} (version ${alignment.referenceVersion})` : SOURCES[alignment.reference];
}

function rhatShares({ raw, aligned }: ReportInput): string {
  const below = (values: Float64Array) => percent(values.reduce((n, value) => n + Number(value < 1.1), 0) / values.length, 0);
  const parts = [...(raw === null ? [] : [`${below(raw.rhat)} as sampled`]), ...(aligned === null ? [] : [`${below(aligned.rhat)} aligned`])];
  return `Below 1.1: ${parts.join(', ')}. `;
}

function tensorTable({ summary }: ReportInput): string {
  const { raw, aligned } = summary.statistics;
  const of = (space: typeof raw, name: string) => space?.tensors.find((tensor) => tensor.name === name);
  const body = table(
    [
      { head: 'Tensor', cell: ({ name }) => `<code>${escapeHtml(name)}</code>` },
      { head: 'Shape', cell: ({ shape }) => shape.join(' × ') },
      { head: 'R-hat median<br>as sampled', numeric: true, cell: ({ name }) => number(of(raw, name)?.rhat.median ?? null, 3) },
      { head: 'R-hat median<br>aligned', numeric: true, cell: ({ name }) => number(of(aligned, name)?.rhat.median ?? null, 3) },
      { head: 'R-hat 99%<br>aligned', numeric: true, cell: ({ name }) => number(of(aligned, name)?.rhat.q99 ?? null, 2) },
      { head: 'ESS median<br>as sampled', numeric: true, cell: ({ name }) => number(of(raw, name)?.ess.median ?? null, 0) },
      { head: 'ESS median<br>aligned', numeric: true, cell: ({ name }) => number(of(aligned, name)?.ess.median ?? null, 0) },
      { head: 'SNR median<br>aligned', numeric: true, cell: ({ name }) => number(of(aligned, name)?.snr.median ?? null, 2) },
    ],
    summary.model.tensors,
  );
  return figure({ id: 'tensors', title: 'By tensor', wide: true, body, caption: 'SNR is |mean| / standard deviation: how sure the posterior is that a weight is not zero.' });
}
