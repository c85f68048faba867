// The end of a run in a dozen lines.
import { join } from 'node:path';
import { RESULT_FILES } from '../summary/files.js';
import { FORM_NAMES } from '../summary/compact/forms.js';
import { METHODS } from '../summary/methods.js';
import { notices } from '../summary/notices.js';
import type { ResultsSummary } from '../summary/summarySchema.js';
import { duration, figure, table } from './format.js';

export function renderSummary(summary: ResultsSummary, directory: string): string {
  const { aligned, raw, probe } = summary.statistics;
  const rows: string[][] = [];
  const add = (label: string, ...cells: string[]): void => void rows.push([label, cells.join('   ')]);
  const { sampling } = summary;
  const { adjective, tested } = METHODS[sampling.method];
  add('sampling', `${sampling.draws} draws of ${summary.chains.length} ${tested ? '' : `${adjective} `}chains`, ...(tested ? [`acceptance ${show(sampling.acceptanceRate)}`, `${sampling.divergences} divergences`] : []));
  if (aligned) add('R-hat aligned', `max ${show(aligned.rhat.max)}`, `median ${show(aligned.rhat.median)}`, `ESS median ${show(aligned.ess.median)}`);
  if (raw) add('R-hat raw', `max ${show(raw.rhat.max)}`, `median ${show(raw.rhat.median)}`, `ESS median ${show(raw.ess.median)}`);
  if (probe) add('R-hat probe', `max ${show(probe.rhat.max)}`, `median ${show(probe.rhat.median)}`);
  for (const group of summary.alignment.groups) add(`NoT ${group.name}`, `mean ${show(group.transpositionsMean)}`, `of at most ${group.size - 1}`);
  rows.push(...evaluationRows(summary));
  if (summary.durations['run'] !== undefined) add('took', duration(summary.durations['run']));
  return [
    ...table(rows, [false, false]),
    ...notices(summary).map((note) => `! ${note}`),
    '',
    ...table(
      [
        [join(directory, RESULT_FILES.report), 'plots: open it in a browser'],
        [join(directory, RESULT_FILES.tensors), 'mean, std, R-hat and ESS of every weight'],
        ...(sampling.method === 'vi' ? [[join(directory, RESULT_FILES.fitted), 'what each chain fitted: mean and std of every weight']] : []),
        [join(directory, RESULT_FILES.draws), 'every draw: xarray.open_datatree(…, engine="zarr"), then ArviZ'],
        [join(directory, RESULT_FILES.summary), 'all figures'],
      ],
      [false, false],
    ),
  ].join('\n');
}

function evaluationRows({ evaluation }: ResultsSummary): string[][] {
  if (evaluation === null) return [];
  const { predictive, averageDraw } = evaluation;
  const row = (label: string, cells: Record<string, number | null>): string[] => [
    label,
    Object.entries(cells)
      .map(([name, value]) => `${name} ${show(value)}`)
      .join('   '),
  ];
  const title = `on ${evaluation.rows} ${evaluation.split} rows:`;
  return [
    ['predictive', title],
    row('  of all draws', { ...predictive }),
    row('  average draw', { ...averageDraw }),
    ...evaluation.compact.map(({ form, samples: _samples, scores, ...nearness }) => row(`  ${FORM_NAMES[form].label}`, { ...scores, ...nearness })),
    ...evaluation.outOfDistribution.map(({ name, predictive: { entropy, auroc } }) => row(`  on ${name}`, { entropy: entropy.mean, auroc })),
  ];
}

const show = (value: number | null): string => figure(value ?? Number.NaN);
