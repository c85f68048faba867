// report.html: one self-contained page of the whole job. A pure function of the results; nothing is fetched to view it.
import { METHODS } from '../methods.js';
import { notices } from '../notices.js';
import type { ResultsSummary } from '../summarySchema.js';
import { escapeHtml, integer, seconds } from './html.js';
import { keyFigures } from './keyFigures.js';
import { noticeList, renderPage } from './page.js';
import type { ReportInput, Section } from './section.js';
import { alignmentSection } from './sections/alignment.js';
import { chainsSection } from './sections/chains.js';
import { compactSection } from './sections/compact.js';
import { outOfDistributionSection } from './sections/outOfDistribution.js';
import { predictiveSection } from './sections/predictive.js';
import { settingsSection, usageSection } from './sections/reference.js';
import { weightsSection } from './sections/weights.js';

export async function renderReport(input: ReportInput): Promise<string> {
  const rendered = [
    await alignmentSection(input),
    await predictiveSection(input),
    await outOfDistributionSection(input),
    await weightsSection(input),
    await compactSection(input),
    await chainsSection(input),
    usageSection(input),
    settingsSection(input),
  ];
  const sections = rendered.filter((section): section is Section => section !== null);
  const { summary } = input;
  return renderPage({
    title: summary.job.name,
    eyebrow: 'Posterior report',
    heading: summary.job.name,
    lead: lead(summary),
    overview: `${noticeList(notices(summary))}\n${keyFigures(summary)}`,
    sections,
    footer: footer(summary),
    version: summary.basinet,
  });
}

function lead({ model, sampling, chains, data, job }: ResultsSummary): string {
  const widths = [model.layers[0]!.inputs, ...model.layers.map(({ outputs }) => outputs)].join('–');
  const activations = [...new Set(model.layers.slice(0, -1).map(({ activation }) => activation))];
  const network = `a ${widths}${activations.length > 0 ? ` ${activations.join(' / ')}` : ''} network with ${integer(model.dimension)} parameters`;
  const temperature = model.temperature === 1 ? '' : ` at temperature ${model.temperature}`;
  return escapeHtml(
    `${integer(sampling.draws)} draws of ${chains.length} ${METHODS[sampling.method].adjective} ${chains.length === 1 ? 'chain' : 'chains'} from the posterior of ${network}, given ${integer(data.trainRows)} training rows${temperature}. Seed ${job.seed}.`,
  );
}

function footer({ basinet, createdAt, deviceClasses, durations, job }: ResultsSummary): string {
  const parts = [
    `Written by basinet ${basinet}${createdAt === null ? '' : ` on ${createdAt}`}`,
    ...(deviceClasses.length > 0 ? [`sampled on ${deviceClasses.join(', ')}`] : []),
    ...Object.entries(durations).map(([stage, value]) => `${stage} ${seconds(value)}`),
    `settings ${job.settingsDigest.slice(0, 16)}`,
  ];
  return escapeHtml(parts.join(' · '));
}
