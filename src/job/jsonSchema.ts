// The job file's JSON Schema, for editors and other languages.
import { z } from 'zod';
import { jobSchema } from './schema.js';

export const JOB_SCHEMA_ID = 'urn:basinet:schema:job:v1';

/** JSON Schema (draft 2020-12) of what a user may write; a fresh object each time. */
export function jobJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(jobSchema, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    $id: JOB_SCHEMA_ID,
    title: 'basinet job',
    description: 'A posterior to sample: data, network, prior, likelihood and sampler. Checks across keys are made by `basinet validate`.',
    ...schema,
  };
}
