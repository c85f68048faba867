// Section: how the chains moved.
import { acceptanceChart, ACCEPTANCE_WINDOW, energyChart, stepSizeChart, warmupEnergyChart } from '../chains.js';
import { figure, integer, number, percent, table } from '../html.js';
import type { ReportInput, Section } from '../section.js';

export async function chainsSection({ summary, traces, job }: ReportInput): Promise<Section | null> {
  if (traces.length === 0) return null;
  const { adaptStepSize, targetAcceptance } = job.inference;
  const figures = [
    figure({
      id: 'energy',
      title: 'Potential energy',
      body: await energyChart(traces),
      caption: 'Minus the log posterior density of every kept draw. Chains at rest scatter about one level.',
    }),
    figure({
      id: 'acceptance',
      title: 'Acceptance rate',
      body: await acceptanceChart(traces, adaptStepSize && job.inference.warmup > 0 ? targetAcceptance : null),
      caption: `Metropolis acceptance probability, moving average over ${ACCEPTANCE_WINDOW} draws.`,
    }),
  ];
  if (traces.some(({ warmup }) => warmup.iteration.length > 1)) {
    figures.push(
      figure({ id: 'warmup-energy', title: 'Warmup: potential energy', body: await warmupEnergyChart(traces), caption: 'At the checkpoints of the warmup: the way from the starting point to the typical set.' }),
      figure({ id: 'step-size', title: 'Warmup: step size', body: await stepSizeChart(traces), caption: adaptStepSize ? 'Dual averaging towards the target acceptance rate; frozen for sampling.' : 'Fixed by the job.' }),
    );
  }
  const rows = table(
    [
      { head: 'Chain', cell: ({ chain }) => String(chain) },
      { head: 'Draws', numeric: true, cell: ({ draws }) => integer(draws) },
      { head: 'Potential energy', numeric: true, cell: ({ potentialEnergyMean, potentialEnergyStd }) => `${number(potentialEnergyMean, 1)} ± ${number(potentialEnergyStd, 1)}` },
      { head: 'Acceptance', numeric: true, cell: ({ acceptanceRate }) => percent(acceptanceRate) },
      { head: 'Divergences', numeric: true, cell: ({ divergences }) => integer(divergences) },
      { head: 'E-BFMI', numeric: true, cell: ({ ebfmi }) => number(ebfmi, 2) },
      { head: 'Step size', numeric: true, cell: ({ stepSize }) => number(stepSize, 5) },
      { head: 'Leapfrog steps', numeric: true, cell: ({ leapfrogSteps }) => number(leapfrogSteps, 1) },
      { head: 'Gradients', numeric: true, cell: ({ gradients }) => integer(gradients) },
    ],
    summary.chains,
  );
  figures.push(
    figure({ id: 'chain-table', title: 'Chain by chain', wide: true, body: rows, caption: 'E-BFMI below about 0.3 means that refreshing the momentum explores the energies too slowly. Gradients include warmup.' }),
  );
  return { id: 'chains', label: 'Chains', html: `<h2>How the chains moved</h2><p>Full-batch Hamiltonian Monte Carlo with a Metropolis correction: energies, acceptance and warmup of every chain.</p><div class="figures">${figures.join('')}</div>` };
}
