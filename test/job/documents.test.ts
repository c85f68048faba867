// What is derived from the schema is up to date, and the examples are jobs.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { jobJsonSchema } from '../../src/job/jsonSchema.js';
import { jobKeys, jobKeyTable } from '../../src/job/keys.js';
import { loadJob, parseJob } from '../../src/job/load.js';

const root = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');

test('docs/job.schema.json is what the schema generates', () => {
  expect(JSON.parse(text('docs/job.schema.json'))).toEqual(JSON.parse(JSON.stringify(jobJsonSchema())));
});

test('docs/job.md has the table of keys as the schema generates it', () => {
  expect(text('docs/job.md')).toContain(jobKeyTable());
});

test('every key says what it means', () => {
  const keys = jobKeys();
  expect(keys.length).toBeGreaterThan(80);
  expect(keys.filter((key) => key.description === '').map((key) => key.path)).toEqual([]);
});

test('keys know their alternatives, bounds and defaults', () => {
  const find = (path: string, when = '') => jobKeys().find((key) => key.path === path && key.when === when);
  expect(find('data.train.header', 'format: csv')).toMatchObject({ type: 'boolean', default: 'true', required: false });
  expect(find('network.hidden[].width')).toMatchObject({ type: 'whole number ≥ 1', required: true });
  expect(find('prior.layers.<name>.bias')).toMatchObject({ type: 'number > 0', default: null });
  expect(find('inference.jitter', 'method: hmc')).toMatchObject({ type: 'number ≥ 0, < 1', default: '0' });
  expect(find('inference.start.steps', 'method: sgld; from: map')).toMatchObject({ type: 'whole number ≥ 1', default: '200' });
  expect(find('likelihood.noise', 'kind: gaussian')).toMatchObject({ type: 'number > 0 or mapping', required: true });
});

test('the job in docs/job.md is valid', () => {
  const [, yaml] = /```yaml\n([^]*?)```/.exec(text('docs/job.md'))!;
  expect(parseJob(yaml!).name).toBe('digits');
});

describe('examples', () => {
  const files = ['mnist', 'regression'].flatMap((folder) =>
    readdirSync(new URL(`examples/${folder}/`, root))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `examples/${folder}/${name}`),
  );
  test.each(files)('%s', async (file) => {
    await expect(loadJob(fileURLToPath(new URL(file, root)))).resolves.toBeDefined();
  });
});
