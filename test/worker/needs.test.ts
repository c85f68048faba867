// Which workers can take a chain, by what they announce.
import { expect, it } from 'vitest';
import { wire } from '../../src/bus/wire.js';
import { canTake } from '../../src/worker/needs.js';

const worker = (engines: string[], deviceClasses: string[]) => wire.WorkerAnnouncement.create({ name: 'w', resourceClass: 'cpu', engines, deviceClasses });
const mixed = worker(['native', 'tfjs'], ['native-avx2', 'tfjs-cpu-2.20.0-2t-xeon-x5']);

it.each([
  [{ resources: 'any', engine: 'auto', deviceClass: null }, true],
  [{ resources: 'cpu', engine: 'native', deviceClass: 'native-avx2' }, true],
  [{ resources: 'gpu', engine: 'auto', deviceClass: null }, false],
  [{ resources: 'cpu', engine: 'reference', deviceClass: null }, false],
  [{ resources: 'cpu', engine: 'auto', deviceClass: 'native-avx512' }, false],
  [{ resources: 'cpu', engine: 'auto', deviceClass: 'tfjs-cpu-2.20.0-2t-xeon-x5' }, true],
  // In stacks of any width.
  [{ resources: 'cpu', engine: 'auto', deviceClass: 'tfjs-cpu-2.20.0-2t-xeon-x5-x4' }, true],
  [{ resources: 'cpu', engine: 'auto', deviceClass: 'tfjs-cpu-2.20.0-2t-xeon' }, false],
  [{ resources: 'cpu', engine: 'auto', deviceClass: 'tfjs-cpu-2.21.0-2t-xeon-x5' }, false],
])('%o: %s', (needs, expected) => {
  expect(canTake(mixed, needs)).toBe(expected);
});

it('a worker may have any class of TensorFlow until it has loaded its own', () => {
  const needs = { resources: 'cpu', engine: 'auto', deviceClass: 'tfjs-cpu-2.20.0-2t-xeon' };
  expect(canTake(worker(['tfjs'], []), needs)).toBe(true);
  expect(canTake(worker(['native'], ['native-avx2']), needs)).toBe(false);
});
