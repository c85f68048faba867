// Job files: defaults, freezing, and errors that name path, value, line and remedy.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import { DEFAULT_LEAPFROG_STEPS, DEFAULT_MOMENTUM } from '../../src/inference/settings.js';
import { loadJob, parseJob, resolveJob } from '../../src/job/load.js';
import { minimalJob } from './minimal.js';

function failure(run: () => unknown): BasinetError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(BasinetError);
    expect((error as BasinetError).code).toBe('JOB_INVALID');
    return error as BasinetError;
  }
  throw new Error('nothing was thrown');
}

describe('a valid job', () => {
  test('gets every default', () => {
    const job = resolveJob(minimalJob());
    expect(job.inference).toEqual({
      method: 'hmc',
      chains: 4,
      warmup: 200,
      draws: 500,
      thin: 1,
      leapfrogSteps: DEFAULT_LEAPFROG_STEPS,
      maxLeapfrogSteps: 10_000,
      jitter: 0,
      stepSize: 0.01,
      adaptStepSize: true,
      targetAcceptance: 0.8,
      massMatrix: 'identity',
      divergenceThreshold: 1000,
      start: { from: 'prior', scale: 1, chainsPerStart: 1 },
    });
    expect(job.likelihood).toEqual({ kind: 'categorical' });
    expect(job.engine).toBe('auto');
    expect(job.tfjs).toEqual({ device: 'auto', activationBytes: 2 ** 30, tf32: false, stack: 'auto' });
    expect(job.log.slotBytes).toBe(1 << 20);
  });

  test.each([
    ['map', { chains: 4, epochs: 50, batchSize: 100, optimizer: 'adam', learningRate: 0.001, start: { from: 'prior', scale: 0.1 } }],
    ['sgld', { chains: 4, warmup: 1000, draws: 500, thin: 10, batchSize: 100, stepSize: 1e-5, schedule: { kind: 'constant' }, start: { from: 'prior', scale: 1, chainsPerStart: 1 } }],
    ['sghmc', { chains: 4, warmup: 1000, draws: 500, thin: 10, batchSize: 100, stepSize: 0.001, friction: 0.1, schedule: { kind: 'constant' }, start: { from: 'prior', scale: 1, chainsPerStart: 1 } }],
    ['vi', { chains: 4, epochs: 50, batchSize: 100, learningRate: 0.001, initialStd: 0.05, draws: 500, start: { from: 'prior', scale: 0.1 } }],
  ])('gets the defaults of its method: %s', (method, defaults) => {
    const job = resolveJob(minimalJob({ inference: { method } }));
    expect(job.inference).toEqual({ method, ...defaults });
    expect(resolveJob(job)).toEqual(job);
  });

  test('gets a momentum with sgd alone', () => {
    expect(resolveJob(minimalJob({ inference: { method: 'map', optimizer: 'sgd' } })).inference).toHaveProperty('momentum', DEFAULT_MOMENTUM);
    expect(resolveJob(minimalJob({ inference: { method: 'map', optimizer: 'sgd', momentum: 0 } })).inference).toHaveProperty('momentum', 0);
    expect(resolveJob(minimalJob({ inference: { method: 'map' } })).inference).not.toHaveProperty('momentum');
  });

  test('keeps an explicit zero and takes no default of the other trajectory setting', () => {
    const job = resolveJob(minimalJob({ probe: { rows: 0 }, inference: { trajectoryLength: 2, jitter: 0 } }));
    expect(job.probe.rows).toBe(0);
    expect(job.inference).not.toHaveProperty('leapfrogSteps');
  });

  test('resolves to itself, also through JSON', () => {
    const job = resolveJob(minimalJob());
    expect(resolveJob(job)).toEqual(job);
    expect(parseJob(JSON.stringify(job))).toEqual(job);
  });

  test('is frozen to the bottom and leaves its input alone', () => {
    const input = minimalJob();
    const copy = structuredClone(input);
    const job = resolveJob(input);
    expect(input).toEqual(copy);
    expect(Object.isFrozen(job)).toBe(true);
    expect(Object.isFrozen(job.data.train)).toBe(true);
    expect(Object.isFrozen(job.network.hidden[0])).toBe(true);
    expect(Object.isFrozen(input)).toBe(false);
  });
});

describe('errors', () => {
  test.each([
    ['a misspelt key', { infrence: {} }, 'infrence', /did you mean inference\?/, /Write inference/],
    ['a key of another method', { inference: { method: 'vi', warmup: 5 } }, 'inference.warmup', /no such key/, /Known here: method, chains, epochs/],
    ['a key of another style', { inference: { step_size: 1 } }, 'inference.step_size', /did you mean stepSize\?/, /Write stepSize/],
    ['a key that resembles nothing', { inference: { zzzzzzzz: 1 } }, 'inference.zzzzzzzz', /no such key/, /Known here: method, chains/],
    ['a misspelt nested key', { prior: { layers: { fc1: { wieght: 1 } } } }, 'prior.layers.fc1.wieght', /did you mean weight\?/, /bias/],
    ['a wrong type', { inference: { draws: 'many' } }, 'inference.draws', /must be a whole number, not "many"/, /Give a whole number/],
    ['a fraction', { inference: { draws: 1.5 } }, 'inference.draws', /whole number, not 1.5/, /whole number/],
    ['a number below its range', { inference: { warmup: -1 } }, 'inference.warmup', /at least 0, not -1/, /at least 0/],
    ['a number at an open bound', { inference: { targetAcceptance: 1 } }, 'inference.targetAcceptance', /less than 1, not 1/, /less than 1/],
    ['a value that is not listed', { engine: 'naitve' }, 'engine', /must be "auto" or "native" or "reference"/, /"native"/],
    ['a branch that is unknown', { inference: { start: { from: 'pior' } } }, 'inference.start.from', /did you mean prior\?/, /"prior" or "map"/],
    ['a name that NATS could not take', { name: 'My Job' }, 'name', /lower-case letters/, /lower-case letters/],
    ['a key of another alternative', { data: { train: { format: 'csv', file: 'a', target: ['y'], inputs: 'x' } } }, 'data.train.targets', /data\.train\.target = \["y"\]: there is no such key; did you mean targets\? Write targets\. Known here: format, file, header, delimiter, targets, limit\./, /Give a list/],
    ['a mapping with a key that it has not, where a word does too', { rebasin: { reference: { from: 'map' } } }, 'rebasin.reference.file', /rebasin\.reference\.from.*there is no such key/s, /Or give "first-draw" or "map" or "mean" as rebasin\.reference itself/],
    ['a key of another branch', { likelihood: { kind: 'categorical', noise: 1 } }, 'likelihood.noise', /no such key/, /./],
  ])('%s', (_what, change, path, message, remedy) => {
    const error = failure(() => resolveJob(minimalJob(change)));
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(path);
    expect(error.remedy).toMatch(remedy);
  });

  test('carry the value as it was written', () => {
    expect(failure(() => resolveJob(minimalJob({ inference: { draws: 'many' } }))).value).toBe('many');
    expect(failure(() => resolveJob(minimalJob({ infrence: { a: 1 } }))).value).toEqual({ a: 1 });
  });

  test('a missing key is called missing', () => {
    const error = failure(() => resolveJob({ ...minimalJob(), network: undefined }));
    expect(error).toMatchObject({ path: 'network', value: undefined, remedy: 'Give a mapping of keys to values.' });
    expect(error.message).toContain('is missing');
  });

  test('all issues are listed, the first one is in the fields', () => {
    const error = failure(() => resolveJob(minimalJob({ seed: -1, temperature: 0, engin: 'native' })));
    expect(error.path).toBe('seed');
    expect(error.message).toMatch(/^3 problems:\n {2}seed.*\n {2}temperature.*\n {2}engin/);
  });

  test.each([null, [], 'text', 7])('a job that is %j', (input) => {
    expect(failure(() => resolveJob(input)).path).toBe('(job)');
  });
});

describe('text', () => {
  test('a YAML syntax error gives line and column', () => {
    const error = failure(() => parseJob('name: a\ndata: [1, 2\nseed: 0', { path: 'job.yaml' }));
    expect(error.message).toMatch(/job\.yaml:3:\d+: .*line 3, column \d+/);
    expect(error.path).toMatch(/^job\.yaml:3:/);
  });

  test('a key given twice is an error', () => {
    expect(failure(() => parseJob('name: a\nname: b', { path: 'job.yaml' })).message).toContain('line 2, column 1');
  });

  test('issues name their lines', () => {
    const error = failure(() => parseJob('name: a\nseed: x\nnetwork:\n  hiden: []\n', { path: 'job.yaml' }));
    expect(error.message).toMatch(/seed \(line 2\)/);
    expect(error.message).toMatch(/network\.hiden \(line 4\) = \[\]: there is no such key/);
  });

  test('aliases cannot blow a job up', () => {
    const lines = ['a: &a0 [x, x]'];
    for (let i = 1; i < 12; i++) lines.push(`b${i}: &a${i} [${Array(9).fill(`*a${i - 1}`).join(', ')}]`);
    expect(failure(() => parseJob(lines.join('\n'))).message).toMatch(/alias/i);
  });

  test('a file that is not there', async () => {
    await expect(loadJob('no/such/job.yaml')).rejects.toMatchObject({ code: 'JOB_INVALID', path: 'no/such/job.yaml' });
  });

  test('whatever the text, nothing but a BasinetError is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '-', '{', '}', '&', '*', '|') })), (text) => {
        try {
          parseJob(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BasinetError);
        }
      }),
    );
  });
});
