// The page of `basinet barrier`: loss and accuracy along the line between two networks, as they are and aligned.
import type { PermutationGroup } from '../../network/network.js';
import type { BarrierResult, PathCurve } from '../barrier.js';
import { escapeHtml, figure, integer, number, percent, table } from './html.js';
import { cardList, renderPage, type Card } from './page.js';
import { pathChart } from './pathChart.js';
import type { Section } from './section.js';

export interface BarrierReport {
  readonly jobName: string;
  /** Names of the two networks, e.g. their files. */
  readonly a: string;
  readonly b: string;
  readonly groups: readonly PermutationGroup[];
  readonly result: BarrierResult;
  /** Of basinet. */
  readonly version: string;
}

/** One self-contained page. A pure function of its arguments. */
export async function renderBarrierReport(report: BarrierReport): Promise<string> {
  const { jobName, a, b, result, version } = report;
  return renderPage({
    title: jobName,
    eyebrow: 'Loss barrier',
    heading: jobName,
    lead: escapeHtml(`From A, ${a}, to B, ${b}, in a straight line through ${result.lambdas.length} points: before and after the hidden units of B were relabelled to match A.`),
    overview: cardList(keyFigures(result)),
    sections: [await curvesSection(result), alignmentSection(report)],
    footer: escapeHtml(`Written by basinet ${version}`),
    version,
  });
}

interface SplitCurves {
  readonly id: 'train' | 'test';
  readonly name: string;
  readonly raw: PathCurve;
  readonly aligned: PathCurve;
}

function splitsOf({ raw, aligned }: BarrierResult): SplitCurves[] {
  const train: SplitCurves = { id: 'train', name: 'Training', raw: raw.train, aligned: aligned.train };
  return raw.test === null || aligned.test === null ? [train] : [train, { id: 'test', name: 'Test', raw: raw.test, aligned: aligned.test }];
}

function keyFigures(result: BarrierResult): Card[] {
  const { distanceBefore, distanceAfter } = result.alignment;
  return [
    ...splitsOf(result).map(({ name, raw, aligned }) => ({
      label: `${name} barrier, aligned`,
      value: number(aligned.barrier.height, 3),
      note: `nats per row; as they are ${number(raw.barrier.height, 3)}`,
    })),
    { label: 'Distance of B to A, aligned', value: number(distanceAfter), note: `as it is ${number(distanceBefore)}` },
  ];
}

async function curvesSection(result: BarrierResult): Promise<Section> {
  const figures = await Promise.all(splitsOf(result).map((split) => splitFigures(split, result)));
  const html = `<h2>Along the line</h2>
<p>Each point is one network, (1 − λ) A + λ B. Relabelling hidden units does not change what B computes, so both curves share their ends.</p>
<div class="figures">${figures.join('')}</div>`;
  return { id: 'curves', label: 'Curves', html };
}

async function splitFigures({ id, name, raw, aligned }: SplitCurves, { metric, lambdas }: BarrierResult): Promise<string> {
  const accuracy = metric === 'accuracy';
  const metricName = accuracy ? 'accuracy' : 'RMSE';
  const ends = [raw.metric[0]!, raw.metric.at(-1)!].map((value) => (accuracy ? percent(value, 2) : number(value, 4)));
  const alt = (what: string) => `${name} ${what} along the line from A to B, as they are and aligned`;
  return [
    figure({
      id: `loss-${id}`,
      title: `${name} loss`,
      body: await pathChart({ lambdas, raw: raw.loss, aligned: aligned.loss, yTitle: 'negative log likelihood per row (nats)', chord: true, alt: alt('loss') }),
      caption: `Barrier ${barrierText(raw)} as they are, ${barrierText(aligned)} aligned: the most that the loss rises above the dashed line between its ends.`,
    }),
    figure({
      id: `${metric}-${id}`,
      title: `${name} ${metricName}`,
      body: await pathChart({ lambdas, raw: raw.metric, aligned: aligned.metric, yTitle: metricName, ...(accuracy && { format: '.1~%' }), alt: alt(metricName) }),
      caption: `${ends[0]} at A, ${ends[1]} at B.`,
    }),
  ].join('');
}

function barrierText({ barrier: { height, lambda } }: PathCurve): string {
  return `${number(height, 3)}${height > 0 ? ` at λ = ${number(lambda)}` : ''}`;
}

function alignmentSection({ groups, result: { alignment } }: BarrierReport): Section {
  const body = table(
    [
      { head: 'Group', cell: ({ name }) => `<code>${escapeHtml(name)}</code>` },
      { head: 'Units', numeric: true, cell: ({ units }) => integer(units) },
      { head: 'Transpositions', numeric: true, cell: ({ transpositions }) => integer(transpositions) },
    ],
    groups.map(({ name, size }, g) => ({ name, units: size, transpositions: alignment.transpositions[g]! })),
  );
  const html = `<h2>Alignment of B to A</h2>
<p>The least number of swaps of hidden units that takes B to its aligned labelling: n minus the number of cycles of its permutation.</p>
<div class="figures">${figure({ id: 'transpositions', title: 'Number of transpositions', wide: true, body: `<div class="narrow">${body}</div>`, caption: '' })}</div>`;
  return { id: 'alignment', label: 'Alignment', html };
}
