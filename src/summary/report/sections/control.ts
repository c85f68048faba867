// Figures of the alignment section that only some jobs have: the shuffled control, and nested R-hat.
import { chainsPerStart } from '../../../job/plan.js';
import type { MergedStatistics } from '../../statistics.js';
import { COLOURS } from '../chart.js';
import { histogramPair, type Panel } from '../distributions.js';
import { figure, number } from '../html.js';
import type { ReportInput } from '../section.js';

const WHAT = {
  permuted: 'The control are the same draws with their hidden units permuted at random: where alignment finds them again, it coincides with the aligned ones.',
  scrambled: 'The control are draws without hidden units (every feature shuffled over them by itself), aligned all the same: how narrow matching alone makes draws of which no unit corresponds to any of another.',
};

/** Standard deviations of weights as sampled, of the control, and aligned; nothing without a control. */
export async function controlFigure({ raw, control, aligned, job, summary }: ReportInput): Promise<string[]> {
  const { control: kind } = job.statistics;
  if (control === null || kind === 'none') return [];
  const means = summary.statistics.control!.tensors.map(({ name, stdMean }) => `${name} ${number(stdMean, 3)}`).join(', ');
  return [
    figure({
      id: 'control',
      title: 'Standard deviation of every weight, and of the control',
      wide: true,
      body: await histogramPair(spaces({ raw, control, aligned }, ({ std }) => std), { xTitle: 'standard deviation', what: 'the standard deviation', quantiles: [0.002, 0.998], digits: 3 }),
      caption: `${WHAT[kind]} Mean deviation of the control by tensor: ${means}.`,
    }),
  ];
}

/** Nested R-hat; nothing where every chain has a starting point of its own. */
export async function nestedFigure({ raw, aligned, job }: ReportInput): Promise<string[]> {
  if (((aligned ?? raw)?.nestedRhat ?? null) === null) return [];
  return [
    figure({
      id: 'nested-rhat',
      title: 'Nested R-hat of every weight',
      wide: true,
      body: await histogramPair(spaces({ raw, control: null, aligned }, ({ nestedRhat }) => nestedRhat!), { xTitle: 'nested R-hat', what: 'nested R-hat', quantiles: [0, 0.995], low: 1, digits: 3 }),
      caption: `${chainsPerStart(job)} chains share each starting point: how far the groups disagree, against the spread within them. It needs no long chains, only many.`,
    }),
  ];
}

function spaces({ raw, control, aligned }: Pick<ReportInput, 'raw' | 'control' | 'aligned'>, pick: (statistics: MergedStatistics) => Float64Array): Panel[] {
  return [
    ...(raw === null ? [] : [{ label: 'as sampled', colour: COLOURS.raw, values: pick(raw) }]),
    ...(control === null ? [] : [{ label: 'control', colour: COLOURS.muted, values: pick(control) }]),
    ...(aligned === null ? [] : [{ label: 'aligned', colour: COLOURS.aligned, values: pick(aligned) }]),
  ];
}
