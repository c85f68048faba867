// The settings of a chain are the inference section of a job, and steps of a trajectory follow from them.
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Job } from '../../src/job/schema.js';
import { DEFAULT_LEAPFROG_STEPS, leapfrogStepsFor, type InferenceSettings } from '../../src/inference/settings.js';
import { settings } from './targets.js';

/** Keys of every method, the method's name before each. */
type KeyOfEach<T> = T extends { method: infer Method extends string } ? `${Method}.${Exclude<keyof T & string, 'chains'>}` : never;

describe('InferenceSettings', () => {
  it('are structurally those of a job', () => {
    expectTypeOf<Job['inference']>().toExtend<InferenceSettings>();
    // The number of chains is the job's affair, everything else is a chain's.
    expectTypeOf<KeyOfEach<Job['inference']>>().toEqualTypeOf<KeyOfEach<InferenceSettings>>();
  });

  it('give the number of leapfrog steps', () => {
    expect(leapfrogStepsFor(settings({ leapfrogSteps: 7 }), 0.1)).toBe(7);
    expect(leapfrogStepsFor(settings({ leapfrogSteps: undefined }), 0.1)).toBe(DEFAULT_LEAPFROG_STEPS);
    const byLength = settings({ leapfrogSteps: undefined, trajectoryLength: 1, maxLeapfrogSteps: 30 });
    expect(leapfrogStepsFor(byLength, 0.3)).toBe(4);
    expect(leapfrogStepsFor(byLength, 5)).toBe(1);
    expect(leapfrogStepsFor(byLength, 1e-9)).toBe(30);
    expect(leapfrogStepsFor(byLength, 0)).toBe(30);
  });
});
