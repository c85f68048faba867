// Checks across keys of a job: combinations that each key's own type cannot exclude.
import { layerNames } from '../network/dense.js';
import { inferenceIssues } from './inferenceChecks.js';
import type { JobIssue } from './issues.js';
import { closest } from './suggest.js';
import type { Job } from './schema.js';

/** Everything about `job` that excludes itself. Empty where it can run. */
export function crossFieldIssues(job: Job): JobIssue[] {
  return [...dataIssues(job), ...networkIssues(job), ...inferenceIssues(job), ...logIssues(job)];
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

function logIssues({ log, inference }: Job): JobIssue[] {
  if (log.partitions <= inference.chains) return [];
  return [
    {
      path: ['log', 'partitions'],
      value: log.partitions,
      message: `is more than inference.chains (${inference.chains}), so that some partitions would stay empty`,
      remedy: `Use ${inference.chains} or fewer.`,
    },
  ];
}
