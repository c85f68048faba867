// Checks across keys of a job's `inference` section, method by method.
import { adaptationWindows } from '../inference/adaptation/windows.js';
import type { JobIssue } from './issues.js';
import { chainsPerStart } from './plan.js';
import type { Job } from './schema.js';

export function inferenceIssues(job: Job): JobIssue[] {
  return [...methodIssues(job), ...startIssues(job)];
}

function startIssues(job: Job): JobIssue[] {
  const { chains } = job.inference;
  const shared = chainsPerStart(job);
  if (chains % shared === 0) return [];
  return [{ path: ['inference', 'start', 'chainsPerStart'], value: shared, message: `does not divide inference.chains (${chains})`, remedy: 'Let as many chains share each starting point.' }];
}

function methodIssues({ inference }: Job): JobIssue[] {
  switch (inference.method) {
    case 'hmc':
      return hmcIssues(inference);
    case 'map':
      return mapIssues(inference);
    case 'sgld':
    case 'sghmc':
      return scheduleIssues(inference);
    case 'vi':
      return [];
  }
}

function hmcIssues(inference: Extract<Job['inference'], { method: 'hmc' }>): JobIssue[] {
  const issues: JobIssue[] = [];
  const at = (key: keyof typeof inference, message: string, remedy: string) =>
    issues.push({ path: ['inference', key], value: inference[key], message, remedy });
  const { leapfrogSteps, trajectoryLength, maxLeapfrogSteps, stepSize, adaptStepSize, warmup, massMatrix } = inference;
  if (leapfrogSteps !== undefined && trajectoryLength !== undefined) {
    at('trajectoryLength', 'excludes inference.leapfrogSteps', 'Keep one of the two.');
  } else if (leapfrogSteps !== undefined && leapfrogSteps > maxLeapfrogSteps) {
    at('leapfrogSteps', `is more than inference.maxLeapfrogSteps (${maxLeapfrogSteps})`, 'Lower it, or raise maxLeapfrogSteps.');
  } else if (trajectoryLength !== undefined && !adaptStepSize && Math.ceil(trajectoryLength / stepSize) > maxLeapfrogSteps) {
    at(
      'trajectoryLength',
      `takes ${Math.ceil(trajectoryLength / stepSize)} steps of ${stepSize}, more than inference.maxLeapfrogSteps (${maxLeapfrogSteps})`,
      'Shorten it, raise the step size, or raise maxLeapfrogSteps.',
    );
  }
  if (warmup === 0 && adaptStepSize) {
    at('adaptStepSize', 'without warmup there is nothing to adapt in', 'Set adaptStepSize to false, or warmup to 1 or more.');
  }
  if (massMatrix === 'diagonal' && adaptationWindows(warmup).length === 0) {
    at(
      'massMatrix',
      `cannot be adapted in ${warmup} warmup transitions`,
      'Set inference.warmup to 20 or more (200 is a sound start), or massMatrix to identity.',
    );
  }
  if (massMatrix === 'diagonal' && !adaptStepSize) {
    at('massMatrix', 'the step size must be adapted along with it', 'Set adaptStepSize to true, or massMatrix to identity.');
  }
  return issues;
}

function mapIssues({ optimizer, momentum }: Extract<Job['inference'], { method: 'map' }>): JobIssue[] {
  if (optimizer === 'sgd' || momentum === undefined) return [];
  return [{ path: ['inference', 'momentum'], value: momentum, message: 'is of sgd; adam has moments of its own', remedy: 'Remove it, or set inference.optimizer to sgd.' }];
}

function scheduleIssues({ schedule, draws }: Extract<Job['inference'], { method: 'sgld' | 'sghmc' }>): JobIssue[] {
  if (schedule.kind === 'constant' || draws % schedule.cycles === 0) return [];
  return [
    {
      path: ['inference', 'schedule', 'cycles'],
      value: schedule.cycles,
      message: `cannot share out inference.draws (${draws}) evenly`,
      remedy: 'Choose a number of draws that is a multiple of the cycles.',
    },
  ];
}
