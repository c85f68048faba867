// Section: networks sampled from the compact forms, beside the draws that the forms stand for.
import { FORM_NAMES } from '../../compact/forms.js';
import type { ResultsSummary } from '../../summarySchema.js';
import { COLOURS } from '../chart.js';
import { FORM_COLOURS, formChart, type FormPanel } from '../forms.js';
import { escapeHtml, figure, integer, number, percent, table } from '../html.js';
import type { ReportInput, Section } from '../section.js';

type Evaluated = NonNullable<ResultsSummary['evaluation']>;

/** A quantity, with its value of the draws and of each form in their order. */
interface Quantity {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly show: (value: number | null) => string;
}

export async function compactSection({ summary: { evaluation } }: ReportInput): Promise<Section | null> {
  if (evaluation === null || evaluation.compact.length === 0) return null;
  const labels = [`all draws (${integer(evaluation.draws)})`, ...evaluation.compact.map(({ form }) => FORM_NAMES[form].label)];
  const colours = [COLOURS.accent, ...evaluation.compact.map(({ form }) => FORM_COLOURS[form])];
  const quantities = evaluation.kind === 'categorical' ? classification(evaluation) : regression(evaluation);
  const panels = quantities
    .filter(({ name }) => PANELS.has(name))
    .map(({ name, values, show }): FormPanel => ({ title: name, bars: values.map((value, i) => ({ label: labels[i]!, colour: colours[i]!, value, text: show(value) })), ...(SHARES.has(name) ? { high: 1 } : {}) }));
  const charts = await Promise.all(panels.map(formChart));
  const columns = [
    { head: '', cell: (row: number) => escapeHtml(labels[row]!) },
    ...quantities.map(({ name, values, show }) => ({ head: name, numeric: true, cell: (row: number) => show(values[row]!) })),
  ];
  const distance = evaluation.kind === 'categorical' ? 'Agreement is the share of rows with the same most probable class as under all draws, total variation half the sum of absolute differences of the probabilities, on average over rows.' : 'The Wasserstein distance is that of the normals of the same mean and standard deviation as under all draws, in units of the latter, on average over rows.';
  const html = `<h2>Sampling from the compact posterior</h2>
<p>A compact form replaces all draws by a mean and a standard deviation for every weight. Here ${integer(evaluation.compact[0]!.samples)} networks were sampled from each form, and their predictions averaged. <strong>As sampled</strong> mixes the labellings of hidden units; <strong>aligned</strong> does not.</p>
<div class="figures">${figure({ id: 'forms', title: 'Each form beside the draws it stands for', wide: true, body: `<div class="panels">${charts.join('')}</div>`, caption: distance })}${figure({ id: 'form-scores', title: 'Scores of each form', wide: true, body: table(columns, [...labels.keys()]), caption: '' })}</div>`;
  return { id: 'compact', label: 'Compact forms', html };
}

const PANELS: ReadonlySet<string> = new Set(['Accuracy', 'Agreement', 'Total variation', 'RMSE', 'Wasserstein distance']);
/** From 0 to 1, whatever the values. */
const SHARES: ReadonlySet<string> = new Set(['Accuracy', 'Agreement', 'Total variation']);

function classification({ predictive, compact }: Extract<Evaluated, { kind: 'categorical' }>): Quantity[] {
  const of = (name: string, key: keyof typeof predictive, show: Quantity['show']): Quantity => ({ name, values: [predictive[key], ...compact.map(({ scores }) => scores[key])], show });
  return [
    of('Accuracy', 'accuracy', (value) => percent(value, 2)),
    { name: 'Agreement', values: [1, ...compact.map(({ agreement }) => agreement)], show: (value) => percent(value, 2) },
    { name: 'Total variation', values: [0, ...compact.map(({ totalVariation }) => totalVariation)], show: (value) => number(value, 4) },
    of('NLL', 'nll', (value) => number(value, 4)),
    of('Brier score', 'brier', (value) => number(value, 4)),
    of('Calibration error', 'ece', (value) => percent(value, 2)),
    of('Entropy', 'entropy', (value) => number(value, 4)),
  ];
}

function regression({ predictive, compact }: Extract<Evaluated, { kind: 'gaussian' }>): Quantity[] {
  const of = (name: string, key: keyof typeof predictive, show: Quantity['show']): Quantity => ({ name, values: [predictive[key], ...compact.map(({ scores }) => scores[key])], show });
  return [
    of('RMSE', 'rmse', (value) => number(value, 4)),
    { name: 'Wasserstein distance', values: [0, ...compact.map(({ wasserstein2 }) => wasserstein2)], show: (value) => number(value, 4) },
    of('NLL', 'nll', (value) => number(value, 4)),
    of('Coverage of 50% intervals', 'coverage50', (value) => percent(value)),
    of('Coverage of 90% intervals', 'coverage90', (value) => percent(value)),
  ];
}
