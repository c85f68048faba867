// Section: how uncertain predictions are on inputs from elsewhere.
import { FORM_NAMES } from '../../compact/forms.js';
import type { Evaluation } from '../../evaluation/evaluate.js';
import { COLOURS } from '../chart.js';
import { entropyChart, entropyDomain } from '../entropies.js';
import { FORM_COLOURS } from '../forms.js';
import { escapeHtml, figure, integer, number, pairs, table, type LabelledChart } from '../html.js';
import type { ReportInput, Section } from '../section.js';

interface Predictor {
  readonly label: string;
  readonly colour: string;
  readonly evaluation: Evaluation;
}

export async function outOfDistributionSection({ summary, evaluation, forms }: ReportInput): Promise<Section | null> {
  const about = summary.evaluation;
  if (evaluation === null || about === null || about.outOfDistribution.length === 0) return null;
  const predictors: Predictor[] = [
    { label: 'all draws', colour: COLOURS.accent, evaluation },
    ...forms.map((form) => ({ label: FORM_NAMES[form.form].label, colour: FORM_COLOURS[form.form], evaluation: form.evaluation })),
  ];
  const domain = entropyDomain(predictors.flatMap(({ evaluation: { predictions, outOfDistribution } }) => [predictions.entropy, ...outOfDistribution.map((other) => other.predictions.entropy)]));
  const figures = await Promise.all(
    about.outOfDistribution.map(async ({ name, rows, predictive, compact }, i) => {
      const charts = await Promise.all(
        predictors.map(async ({ label, colour, evaluation: { predictions, outOfDistribution } }): Promise<LabelledChart> => ({
          label,
          colour,
          chart: await entropyChart({ of: label, elsewhere: name, known: predictions.entropy, unknown: outOfDistribution[i]!.predictions.entropy, domain }),
        })),
      );
      const uncertainties = [predictive, ...compact];
      const scores = table(
        [
          { head: '', cell: (row: number) => escapeHtml(predictors[row]!.label) },
          { head: 'Mean entropy', numeric: true, cell: (row) => number(uncertainties[row]!.entropy.mean, 4) },
          { head: 'on test rows', numeric: true, cell: (row) => number(mean(predictors[row]!.evaluation.predictions.entropy), 4) },
          { head: 'AUROC', numeric: true, cell: (row) => number(uncertainties[row]!.auroc, 4) },
        ],
        [...predictors.keys()],
      );
      return figure({ id: `elsewhere-${i}`, title: `${name}: ${integer(rows)} rows`, wide: true, body: `${pairs(charts)}<div class="narrow">${scores}</div>`, caption: 'AUROC is the probability that a row from elsewhere has a larger entropy than a test row: ½ tells nothing, 1 everything.' });
    }),
  );
  const html = `<h2>Inputs from elsewhere</h2>
<p>On inputs unlike the training rows a good posterior is uncertain: the entropy of its predictive is larger than on test rows.</p>
<div class="figures">${figures.join('')}</div>`;
  return { id: 'elsewhere', label: 'Elsewhere', html };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
