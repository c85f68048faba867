// Section: how the chains moved.
import { METHODS } from '../../methods.js';
import type { ResultsSummary } from '../../summarySchema.js';
import { acceptanceChart, ACCEPTANCE_WINDOW, energyChart, stepSizeChart, warmupEnergyChart } from '../chains.js';
import { figure, integer, number, percent, table, type Column } from '../html.js';
import type { ReportInput, Section } from '../section.js';

export async function chainsSection(input: ReportInput): Promise<Section | null> {
  const { summary, traces, job } = input;
  if (traces.length === 0) return null;
  const { about, tested, warmup, unit, warmupCaption } = METHODS[job.inference.method];
  const figures: string[] = [];
  if (traces.some(({ iteration }) => iteration.length > 1)) {
    figures.push(
      figure({
        id: 'energy',
        title: 'Potential energy',
        body: await energyChart(traces),
        caption: 'Minus the log posterior density of every kept draw. Chains at rest scatter about one level.',
      }),
    );
  }
  if (job.inference.method === 'hmc') {
    const { adaptStepSize, targetAcceptance } = job.inference;
    figures.push(
      figure({
        id: 'acceptance',
        title: 'Acceptance rate',
        body: await acceptanceChart(traces, adaptStepSize && job.inference.warmup > 0 ? targetAcceptance : null),
        caption: `Metropolis acceptance probability, moving average over ${ACCEPTANCE_WINDOW} draws.`,
      }),
    );
  }
  if (traces.some((trace) => trace.warmup.iteration.length > 1)) {
    figures.push(figure({ id: 'warmup-energy', title: `${warmup}: potential energy`, body: await warmupEnergyChart(traces, unit), caption: warmupCaption }));
    if (job.inference.method === 'hmc') {
      figures.push(
        figure({ id: 'step-size', title: 'Warmup: step size', body: await stepSizeChart(traces), caption: job.inference.adaptStepSize ? 'Dual averaging towards the target acceptance rate; frozen for sampling.' : 'Fixed by the job.' }),
      );
    }
  }
  const caption = tested ? 'E-BFMI below about 0.3 means that refreshing the momentum explores the energies too slowly. Gradients include warmup.' : 'Gradients of mini-batches and of the full batch, those before the first draw included.';
  figures.push(figure({ id: 'chain-table', title: 'Chain by chain', wide: true, body: table(columns(tested, job.inference.method === 'map'), summary.chains), caption }));
  return { id: 'chains', label: 'Chains', html: `<h2>How the chains moved</h2><p>${about}</p><div class="figures">${figures.join('')}</div>` };
}

type Chain = ResultsSummary['chains'][number];

function columns(tested: boolean, single: boolean): Column<Chain>[] {
  const always: Column<Chain>[] = [
    { head: 'Chain', cell: ({ chain }) => String(chain) },
    { head: 'Draws', numeric: true, cell: ({ draws }) => integer(draws) },
    {
      head: 'Potential energy',
      numeric: true,
      cell: ({ potentialEnergyMean, potentialEnergyStd }) => `${number(potentialEnergyMean, 1)}${single ? '' : ` ± ${number(potentialEnergyStd, 1)}`}`,
    },
  ];
  const ofTest: Column<Chain>[] = [
    { head: 'Acceptance', numeric: true, cell: ({ acceptanceRate }) => percent(acceptanceRate) },
    { head: 'Divergences', numeric: true, cell: ({ divergences }) => integer(divergences) },
    { head: 'E-BFMI', numeric: true, cell: ({ ebfmi }) => number(ebfmi, 2) },
    { head: 'Step size', numeric: true, cell: ({ stepSize }) => number(stepSize, 5) },
    { head: 'Leapfrog steps', numeric: true, cell: ({ leapfrogSteps }) => number(leapfrogSteps, 1) },
  ];
  return [...always, ...(tested ? ofTest : []), { head: 'Gradients', numeric: true, cell: ({ gradients }) => integer(gradients) }];
}
