// Test scores of every method's draws and of the compact forms made of them, and how near each predictive is to HMC's.
import { basinetJson } from '../support/basinet.mjs';
import { jobFile, refoldOnce, requireResults, resultsOf } from '../support/job.mjs';
import { markdownTable, number, percent } from '../support/table.mjs';

const METHODS = ['hmc', 'ensemble', 'vi'];
const FORMS = { draws: 'draws', aligned: 'q_r (with rebasin)', raw: 'q_d (without)' };
const SAMPLES = 200;
/** The same draws of HMC, aligned to their own mean rather than to the first of them: what the paper does not do. */
const TO_MEAN = { name: 'hmc-to-mean', label: 'q_r, aligned to the mean' };

export async function run({ setting, directory, say }) {
  requireResults(directory, METHODS);
  const hmc = resultsOf(directory, 'hmc');
  const toMean = resultsOf(directory, TO_MEAN.name);
  await refoldOnce({ job: jobFile(setting, 'hmc'), results: hmc, out: toMean, options: ['--reference', 'mean', '--versions', '4'], say });
  // All draws of HMC are its predictive; of a compact form as many samples as in the paper.
  const draws = await basinetJson('evaluate', jobFile(setting, 'hmc'), ...METHODS.map((name) => resultsOf(directory, name)), '--from', 'draws', '--against', hmc);
  const forms = await basinetJson('evaluate', jobFile(setting, 'hmc'), ...METHODS.map((name) => resultsOf(directory, name)), '--from', 'aligned,raw', '--samples', String(SAMPLES), '--against', hmc);
  const meanForm = await basinetJson('evaluate', jobFile(setting, 'hmc'), toMean, '--from', 'aligned', '--samples', String(SAMPLES), '--against', hmc);
  const found = [...draws.networks, ...forms.networks];
  const rows = METHODS.flatMap((name) =>
    Object.entries(FORMS).map(([source, label]) => ({ name, label, ...found.find((each) => each.path === resultsOf(directory, name) && each.source === source) })),
  );
  rows.splice(Object.keys(FORMS).length, 0, { name: 'hmc', label: TO_MEAN.label, ...meanForm.networks[0] });
  return { figures: rows, tables: [table(rows)] };
}

function table(rows) {
  return markdownTable(
    ['', 'networks', 'accuracy', 'agreement', 'total variation', 'NLL', 'Brier score', 'calibration error'],
    rows.map(({ name, label, networks, scores, nearness }) => [
      `${name}: ${label}`,
      String(networks),
      percent(scores.accuracy, 2),
      percent(nearness?.agreement, 2),
      number(nearness?.totalVariation),
      number(scores.nll),
      number(scores.brier),
      number(scores.ece),
    ]),
  );
}
