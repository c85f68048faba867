// Reproduces Xiao, Liu and Bamler 2023 (arXiv 2401.00611): `npm run paper -- STEP [--setting small|full] [--out DIR]`.
// Each step writes DIR/STEP.json, its tables as DIR/STEP.md and its charts as DIR/STEP-CHART.svg; DIR is results/paper-SETTING.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderSvg } from './support/chart.mjs';

const STEPS = {
  hmc: 'samples the posterior with HMC',
  ensemble: 'fits the ensemble of MAP networks',
  vi: 'fits the mean-field Gaussian',
  predictive: 'scores of HMC, its compact forms, ensemble and VI, with and without rebasin',
  pruning: 'accuracy over the weights kept, by the uncertainties of each method',
  weights: 'HMC, ensemble and VI compared in weight space',
  dynamics: 'transpositions and barriers of pairs of networks, before and after training',
  beyond: 'deeper networks, tanh, other ways of matching, one chain and many',
};
const SETTINGS = ['small', 'full'];
const USAGE = `usage: npm run paper -- STEP [--setting ${SETTINGS.join('|')}] [--out DIR]

${Object.entries(STEPS).map(([step, does]) => `  ${step.padEnd(12)} ${does}`).join('\n')}
  all          every step in this order

small finishes on two cores in under two hours; full is the paper's, for GPUs. examples/paper/README.md says what each step needs.`;

const { steps, setting, directory } = parse();
mkdirSync(directory, { recursive: true });
for (const step of steps) {
  try {
    await runStep(step);
  } catch (error) {
    console.error(`${step}: ${error.message}`);
    process.exit(1);
  }
}

async function runStep(step) {
  console.log(`── ${step}: ${STEPS[step]}`);
  const start = performance.now();
  const { run } = await import(`./steps/${step}.mjs`);
  const { figures = null, tables = [], charts = {} } = await run({ setting, directory, say: (line) => console.log(line) });
  const seconds = Math.round((performance.now() - start) / 1000);
  if (figures !== null) writeFileSync(join(directory, `${step}.json`), `${JSON.stringify({ step, setting, seconds, figures }, null, 2)}\n`);
  for (const table of tables) console.log(`\n${table}\n`);
  if (tables.length > 0) writeFileSync(join(directory, `${step}.md`), `${tables.join('\n\n')}\n`);
  for (const [name, spec] of Object.entries(charts)) {
    const path = join(directory, `${step}-${name}.svg`);
    writeFileSync(path, await renderSvg(spec));
    console.log(`wrote ${path}`);
  }
  console.log(`${step} took ${seconds} s`);
}

function parse() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { setting: { type: 'string', default: 'small' }, out: { type: 'string' } } });
    const [step] = positionals;
    if (positionals.length !== 1 || !(step === 'all' || step in STEPS)) throw new Error(step === undefined ? 'no step is given' : `there is no step ${positionals.join(' ')}`);
    if (!SETTINGS.includes(values.setting)) throw new Error(`--setting is ${values.setting}; it must be one of ${SETTINGS.join(', ')}`);
    return { steps: step === 'all' ? Object.keys(STEPS) : [step], setting: values.setting, directory: values.out ?? `results/paper-${values.setting}` };
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(64);
  }
}
