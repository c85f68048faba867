// Compact posteriors put to use: samples of each form predict the test set, held against the predictive of the draws themselves.
import { setImmediate } from 'node:timers/promises';
import type { NamedValues } from '../../network/parameters.js';
import type { Posterior } from '../../posterior/posterior.js';
import type { Evaluation, TestSet } from '../evaluation/evaluate.js';
import { nearness, type Nearness } from '../evaluation/predictions.js';
import { FORM_NAMES, type CompactForm, type CompactFormName } from './forms.js';
import { formsHeld, readForm } from './read.js';
import { compactSamples } from './sample.js';

export interface EvaluatedForm {
  readonly form: CompactFormName;
  readonly evaluation: Evaluation;
  /** To the predictive of the draws. */
  readonly nearness: Nearness;
}

export interface FormEvaluationOptions {
  readonly seed: number;
  /** Samples of each form, at least one. */
  readonly samples: number;
  /** Of the draws. */
  readonly reference: Evaluation;
  readonly onSample?: (done: number, total: number) => void;
}

export async function evaluateForms(testSet: TestSet, forms: readonly CompactForm[], { seed, samples, reference, onSample }: FormEvaluationOptions): Promise<EvaluatedForm[]> {
  const evaluated: EvaluatedForm[] = [];
  let done = 0;
  for (const form of forms) {
    const evaluator = testSet.evaluator(samples);
    for (const position of compactSamples(form, seed, samples)) {
      evaluator.add(position);
      onSample?.(++done, samples * forms.length);
      // A signal or a status request is answered between two samples.
      await setImmediate();
    }
    const evaluation = evaluator.finish();
    evaluated.push({ form: form.name, evaluation, nearness: nearness(evaluation.predictions, reference.predictions) });
  }
  return evaluated;
}

/**
 * The forms that can be sampled: of a single draw there is no standard deviation, and a weight that was ever NaN has no mean.
 *
 * @param file - by the names of summary.safetensors
 */
export function sampledForms(posterior: Posterior, file: { readonly path: string; readonly tensors: ReadonlyMap<string, NamedValues> }): CompactForm[] {
  return formsHeld(file.tensors.keys())
    .filter((form) => {
      const { mean, std, factor } = FORM_NAMES[form];
      return posterior.tensors.every(({ name }) => [mean, std, ...(factor === null ? [] : [factor])].every((prefix) => allFinite(file.tensors.get(`${prefix}${name}`)?.data)));
    })
    .map((form) => readForm(posterior, file, form));
}

function allFinite(values: ArrayLike<number> | undefined): boolean {
  if (values === undefined) return false;
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
