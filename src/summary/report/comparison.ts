// The page of `basinet compare`: one self-contained page of two compact posteriors, a pure function of the comparison.
import type { DescribedComparison } from '../comparison/document.js';
import type { ComparedPosterior } from '../comparison/posterior.js';
import type { GaussianFigures } from '../comparison/figures.js';
import { escapeHtml, figure, integer, number, table, type Column } from './html.js';
import { agreementSection, ratioSection } from './comparisonSections.js';
import { cardList, noticeList, renderPage, type Card } from './page.js';
import type { Section } from './section.js';

export async function renderComparison(input: DescribedComparison): Promise<string> {
  const { a, b, space, comparison, version } = input;
  const { alignment, overall } = comparison;
  const relabelled =
    alignment === null
      ? 'Units were compared as they were given.'
      : `B was relabelled to match A by weight matching of the means: distance ${real(overall.meanDistanceBefore, 3)} before, ${real(overall.meanDistance, 3)} after.`;
  return renderPage({
    title: `${titleOf(a)} and ${titleOf(b)}`,
    eyebrow: 'Two posteriors compared',
    heading: `${titleOf(a)} and ${titleOf(b)}`,
    lead: escapeHtml(`${integer(overall.weights)} weights, ${space === 'aligned' ? 'after alignment of the draws' : 'as sampled'}. ${describe('A', a)} ${describe('B', b)} ${relabelled}`),
    overview: `${noticeList(noticesOf(input))}\n${cardList(cards(input))}`,
    sections: [await agreementSection(comparison), await ratioSection(comparison), tensorSection(input)].filter((section): section is Section => section !== null),
    footer: escapeHtml(`Written by basinet ${version}`),
    version,
  });
}

/** A result's job, a file's last part. */
function titleOf({ job, path }: ComparedPosterior): string {
  return job ?? path.split(/[\\/]/).at(-1)!;
}

function describe(letter: string, { kind, path, draws }: ComparedPosterior): string {
  return `${letter}: ${path}${kind === 'results' ? `, ${integer(draws ?? 0)} draws` : ''}.`;
}

function noticesOf({ comparison: { overall, alignment } }: DescribedComparison): string[] {
  const zeros = [
    ...(overall.zeroStdA > 0 ? [`${integer(overall.zeroStdA)} of A`] : []),
    ...(overall.zeroStdB > 0 ? [`${integer(overall.zeroStdB)} of B`] : []),
  ];
  return [
    ...(alignment === null ? ['B was not aligned to A. Where hidden units can be relabelled, distances are then upper bounds, and correlations say little.'] : []),
    ...(zeros.length > 0 ? [`Standard deviations of 0: ${zeros.join(', ')}. Kullback-Leibler divergences over such weights are infinite, unless both sides are the same point.`] : []),
  ];
}

/** As `number`, and infinities as such. */
function real(value: number, digits = 2): string {
  return value === Infinity ? '∞' : number(value, digits);
}

function cards({ comparison: { overall, alignment } }: DescribedComparison): Card[] {
  const { stdRatio } = overall;
  return [
    { label: 'KL(A‖B) per weight', value: real(overall.klABPerWeight, 3), note: `nats; ${real(overall.klAB, 1)} over all weights` },
    { label: 'KL(B‖A) per weight', value: real(overall.klBAPerWeight, 3), note: `nats; ${real(overall.klBA, 1)} over all weights` },
    { label: 'Wasserstein-2', value: real(overall.wasserstein2, 3), note: `${real(overall.wasserstein2Rms, 4)} per weight (root mean square)` },
    { label: 'Correlation of the means', value: real(overall.meanCorrelation, 3), note: 'Pearson, over all weights' },
    { label: 'std of B / std of A', value: real(stdRatio.geometricMean, 3), note: `geometric mean; half of them from ${real(stdRatio.q25, 3)} to ${real(stdRatio.q75, 3)}` },
    { label: 'Correlation of ln std', value: real(overall.logStdCorrelation, 3), note: 'Pearson, over all weights' },
    ...(alignment?.groups ?? []).map(({ name, size, transpositions }) => ({ label: `Transpositions, ${name}`, value: integer(transpositions), note: `of at most ${integer(size - 1)}` })),
  ];
}

interface Row extends GaussianFigures {
  readonly name: string;
  readonly shape: readonly number[] | null;
  readonly meanDistanceBefore: number;
}

const NAME: readonly Column<Row>[] = [
  { head: 'Tensor', cell: ({ name, shape }) => (shape === null ? `<strong>${name}</strong>` : `<code>${escapeHtml(name)}</code>`) },
  { head: 'Shape', cell: ({ shape, weights }) => (shape === null ? `${integer(weights)} weights` : shape.join(' × ')) },
];

const DISTANCES: readonly Column<Row>[] = [
  ...NAME,
  { head: 'KL(A‖B)<br>nats', numeric: true, cell: ({ klAB }) => real(klAB, 2) },
  { head: '<br>per weight', numeric: true, cell: ({ klABPerWeight }) => real(klABPerWeight, 4) },
  { head: 'KL(B‖A)<br>nats', numeric: true, cell: ({ klBA }) => real(klBA, 2) },
  { head: '<br>per weight', numeric: true, cell: ({ klBAPerWeight }) => real(klBAPerWeight, 4) },
  { head: 'W₂²', numeric: true, cell: ({ wasserstein2Squared }) => real(wasserstein2Squared, 3) },
  { head: '<br>per weight', numeric: true, cell: ({ wasserstein2SquaredPerWeight }) => real(wasserstein2SquaredPerWeight, 5) },
  { head: 'W₂', numeric: true, cell: ({ wasserstein2 }) => real(wasserstein2, 3) },
  { head: '√(W₂²<br>per weight)', numeric: true, cell: ({ wasserstein2Rms }) => real(wasserstein2Rms, 4) },
];

const MOMENTS: readonly Column<Row>[] = [
  ...NAME,
  { head: 'Distance of means<br>as given', numeric: true, cell: ({ meanDistanceBefore }) => real(meanDistanceBefore, 3) },
  { head: '<br>aligned', numeric: true, cell: ({ meanDistance }) => real(meanDistance, 3) },
  { head: 'Correlation<br>of means', numeric: true, cell: ({ meanCorrelation }) => real(meanCorrelation, 3) },
  { head: 'std B / std A<br>geometric mean', numeric: true, cell: ({ stdRatio }) => real(stdRatio.geometricMean, 3) },
  { head: '<br>25%', numeric: true, cell: ({ stdRatio }) => real(stdRatio.q25, 3) },
  { head: '<br>median', numeric: true, cell: ({ stdRatio }) => real(stdRatio.median, 3) },
  { head: '<br>75%', numeric: true, cell: ({ stdRatio }) => real(stdRatio.q75, 3) },
  { head: 'Correlation<br>of ln std', numeric: true, cell: ({ logStdCorrelation }) => real(logStdCorrelation, 3) },
];

function tensorSection({ comparison: { overall, byTensor } }: DescribedComparison): Section {
  const rows: Row[] = [...byTensor, { ...overall, name: 'all', shape: null }];
  const figures = [
    figure({ id: 'distances', title: 'Divergences and distances', wide: true, body: table(DISTANCES, rows), caption: 'W₂ and its root mean square are in units of the weights.' }),
    figure({ id: 'moments', title: 'Means and standard deviations', wide: true, body: table(MOMENTS, rows), caption: 'Half of the ratios lie between the quartiles.' }),
  ];
  const html = `<h2>By tensor</h2>
<p>Both posteriors as independent normals, one a weight. Sums grow with the number of weights; what is given per weight compares between tensors.</p>
<div class="figures">${figures.join('')}</div>`;
  return { id: 'tensors', label: 'Tensors', html };
}
