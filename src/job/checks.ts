// Checks across keys of a job: combinations that each key's own type cannot exclude.
import { layerNames } from '../network/dense.js';
import { MOST_CONTROL_UNITS } from '../rebasin/control.js';
import { isOdd, ODD_ACTIVATIONS } from '../rebasin/index.js';
import { MOST_HISTOGRAM_DRAWS } from '../stats/index.js';
import { inferenceIssues } from './inferenceChecks.js';
import type { JobIssue } from './issues.js';
import { chainsPerStart, gridOf } from './plan.js';
import { closest } from './suggest.js';
import type { Job } from './schema.js';

/** Everything about `job` that excludes itself. Empty where it can run. */
export function crossFieldIssues(job: Job): JobIssue[] {
  return [...dataIssues(job), ...networkIssues(job), ...inferenceIssues(job), ...rebasinIssues(job), ...statisticsIssues(job), ...logIssues(job)];
}

function dataIssues({ data, likelihood }: Job): JobIssue[] {
  const issues: JobIssue[] = [];
  if (data.inputs.standardize && data.inputs.scale !== undefined) {
    issues.push({
      path: ['data', 'inputs', 'scale'],
      value: data.inputs.scale,
      message: 'excludes data.inputs.standardize',
      remedy: 'Keep one of the two.',
    });
  }
  for (const part of ['train', 'test'] as const) {
    const source = data[part];
    if (source?.format === 'idx' && likelihood.kind === 'gaussian') {
      issues.push({
        path: ['data', part, 'targets'],
        value: source.targets,
        message: 'IDX targets are class labels, which a gaussian likelihood cannot take',
        remedy: 'Set likelihood.kind to categorical, or read real targets from npy, csv or safetensors.',
      });
    }
    if (source?.format !== 'csv') continue;
    if (likelihood.kind === 'categorical' && source.targets.length > 1) {
      issues.push({
        path: ['data', part, 'targets'],
        value: source.targets,
        message: 'names several columns; a categorical likelihood takes one column of class labels',
        remedy: 'Name one column, or set likelihood.kind to gaussian.',
      });
    }
    source.targets.forEach((column, i) => {
      if (!source.header && typeof column === 'string') {
        issues.push({
          path: ['data', part, 'targets', i],
          value: column,
          message: 'is a column name, but header is false',
          remedy: 'Give column numbers from 0, or set header to true.',
        });
      }
    });
  }
  data.outOfDistribution.forEach(({ name }, i) => {
    if (data.outOfDistribution.findIndex((other) => other.name === name) === i) return;
    issues.push({ path: ['data', 'outOfDistribution', i, 'name'], value: name, message: `other inputs are called ${name}`, remedy: 'Name all of them differently.' });
  });
  if (likelihood.kind === 'categorical' && data.targets.standardize) {
    issues.push({
      path: ['data', 'targets', 'standardize'],
      value: true,
      message: 'class labels cannot be standardised',
      remedy: 'Remove it, or set likelihood.kind to gaussian.',
    });
  }
  if (likelihood.kind === 'gaussian' && data.targets.classes !== undefined) {
    issues.push({
      path: ['data', 'targets', 'classes'],
      value: data.targets.classes,
      message: 'a gaussian likelihood has no classes',
      remedy: 'Remove it, or set likelihood.kind to categorical.',
    });
  }
  return issues;
}

function networkIssues({ network, prior }: Job): JobIssue[] {
  const issues: JobIssue[] = [];
  const names = layerNames(network.hidden);
  names.forEach((name, k) => {
    const first = names.indexOf(name);
    if (first === k) return;
    // The output layer has no entry of its own: then the hidden layer of its name is at fault.
    const own = Math.min(k, network.hidden.length - 1);
    issues.push({
      path: ['network', 'hidden', network.hidden[own]?.name === name ? own : first, 'name'],
      value: name,
      message: `another layer is called ${name}`,
      remedy: `Name every layer differently; the output layer is ${names[names.length - 1]}.`,
    });
  });
  for (const name of Object.keys(prior.layers)) {
    if (names.includes(name)) continue;
    const guess = closest(name, names);
    issues.push({
      path: ['prior', 'layers', name],
      value: prior.layers[name],
      message: 'there is no such layer',
      remedy: `${guess === undefined ? 'Use' : `Did you mean ${guess}? Use`} one of ${names.join(', ')}.`,
    });
  }
  return issues;
}

function statisticsIssues(job: Job): JobIssue[] {
  const { statistics, network } = job;
  const issues: JobIssue[] = [];
  const at = (key: keyof typeof statistics, message: string, remedy: string) =>
    issues.push({ path: ['statistics', key], value: statistics[key], message, remedy });
  const { aligned, control, quantiles, lowRank } = statistics;
  if (!aligned) {
    const remedy = 'Set statistics.aligned to true, or remove it.';
    if (control !== 'none') at('control', 'needs statistics.aligned, which it is compared with', remedy);
    if (quantiles.length > 0) at('quantiles', 'are of aligned draws, and statistics.aligned is false', remedy);
    if (lowRank > 0) at('lowRank', 'is of aligned draws, and statistics.aligned is false', remedy);
  }
  const wide = network.hidden.findIndex(({ width }) => width > MOST_CONTROL_UNITS);
  if (control !== 'none' && wide >= 0) {
    at('control', `shuffles layers of at most ${MOST_CONTROL_UNITS} units, and network.hidden[${wide}].width is ${network.hidden[wide]!.width}`, 'Set statistics.control to none, or make the layer narrower.');
  }
  const repeated = quantiles.findIndex((p, k) => quantiles.indexOf(p) < k);
  if (repeated >= 0) {
    issues.push({ path: ['statistics', 'quantiles', repeated], value: quantiles[repeated], message: 'is given twice', remedy: 'Name every probability once.' });
  }
  const { draws } = gridOf(job);
  if (quantiles.length > 0 && draws > MOST_HISTOGRAM_DRAWS) {
    at('quantiles', `count at most ${MOST_HISTOGRAM_DRAWS} draws of a chain, and inference.draws is ${draws}`, 'Raise inference.thin and lower inference.draws, or remove it.');
  }
  return issues;
}

function rebasinIssues({ rebasin, network, probe }: Job): JobIssue[] {
  const issues: JobIssue[] = [];
  const at = (keys: readonly string[], value: unknown, message: string, remedy: string) => issues.push({ path: ['rebasin', ...keys], value, message, remedy });
  const { matching, signs, orders, activations } = rebasin;
  const notOdd = network.hidden.findIndex(({ activation }) => !isOdd(activation));
  if (signs === true && notOdd >= 0) {
    at(
      ['signs'],
      signs,
      `network.hidden[${notOdd}].activation is ${network.hidden[notOdd]!.activation}, which is not odd: changing signs would change the function`,
      `Set signs to auto or false, or every activation to one of ${ODD_ACTIVATIONS.join(', ')}.`,
    );
  }
  if (matching !== 'weights' && orders > 1) {
    at(['orders'], orders, `matching ${matching} goes through the layers once, in one order`, 'Set orders to 1, or matching to weights.');
  }
  if (matching !== 'activations' && activations !== undefined) {
    at(['activations'], activations, `matching ${matching} looks at no activations`, 'Remove it, or set matching to activations.');
  }
  if (activations?.data === 'probe' && probe.rows === 0) {
    at(['activations', 'data'], activations.data, 'probe.rows is 0: there is no probe', 'Set activations.data to train, or probe.rows to 1 or more.');
  }
  return issues;
}

function logIssues(job: Job): JobIssue[] {
  const { log } = job;
  const { chains } = job.inference;
  const starts = Math.ceil(chains / chainsPerStart(job));
  if (log.partitions <= starts) return [];
  const bound = chainsPerStart(job) === 1 ? `inference.chains (${chains})` : `the ${starts} starting points of inference.chains, each of which lies in one partition`;
  return [
    {
      path: ['log', 'partitions'],
      value: log.partitions,
      message: `is more than ${bound}, so that some partitions would stay empty`,
      remedy: `Use ${starts} or fewer.`,
    },
  ];
}
