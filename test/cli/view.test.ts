// The terminal view: what it shows of which status, and how numbers read.
import { describe, expect, it } from 'vitest';
import { amount, bytes, duration, figure, table } from '../../src/cli/format.js';
import { plainLine, renderView, RunState, type ChainLine, type PartitionLine } from '../../src/cli/view.js';

const chain: ChainLine = {
  chain: 0,
  activity: 'sampling',
  iteration: 150,
  drawsDone: 50,
  drawsWanted: 100,
  warmupIterations: 100,
  acceptanceRate: 0.873,
  stepSize: 0.00123,
  divergences: 2,
  gradientsPerSecond: 1234,
  etaSeconds: 75,
  totalGradients: 1000,
};

const partition: PartitionLine = {
  partition: 0,
  drawsFolded: 90,
  slotsQuarantined: 0,
  rhatRawMax: 3.25,
  rhatRawMedian: 1.5,
  rhatAlignedMax: 1.21,
  rhatAlignedMedian: 1.01,
  probeAccuracy: 0.9312,
  probeNll: 0.2345,
  probeRmse: Number.NaN,
  probeRhatMax: 1.02,
  finished: false,
  referenceVersion: 1,
};

// eslint's no-control-regex does not apply: the pattern is made from a string.
const plain = (lines: readonly string[]): string => lines.join('\n').replace(new RegExp('\u001b\\[[0-9;]*m', 'g'), '');

describe('renderView', () => {
  it('has one line for every chain, also for those that nobody has reported yet', () => {
    const state = new RunState('mnist', 3, 100);
    state.update({ kind: 'chain', chain });
    const text = plain(renderView(state, 12, 120));
    expect(text).toMatch(/0 {2}sampling {2}50\/100 {2}██████░░░░░░ +0\.87 +0\.00123 +2 +1\.2 k +75 s/);
    expect(text.match(/waiting/g)).toHaveLength(2);
    expect(text).toContain('appear with the first draws');
  });

  it('shows a fit by its epochs, and nothing where a method has no acceptance rate', () => {
    const state = new RunState('ensemble', 1, 1);
    state.update({ kind: 'chain', chain: { ...chain, activity: 'fitting', iteration: 25, warmupIterations: 50, drawsDone: 0, drawsWanted: 1, acceptanceRate: Number.NaN, stepSize: Number.NaN } });
    expect(plain(renderView(state, 12, 120))).toMatch(/0 {2}fitting {2} +0\/1 {2}██████░░░░░░ +2 +1\.2 k +75 s/);
    expect(plainLine(state, 12)).toContain('0:fitting 25/50');
  });

  it('shows R-hat aligned and raw, and the accuracy of the running predictive', () => {
    const state = new RunState('mnist', 1, 100);
    state.update({ kind: 'chain', chain });
    state.update({ kind: 'partition', partition });
    const text = plain(renderView(state, 12, 120));
    expect(text).toContain('R-hat aligned   max 1.210   median 1.010');
    expect(text).toContain('R-hat raw       max 3.250   median 1.500');
    expect(text).toContain('accuracy 0.9312');
    expect(text).toContain('90/100 draws folded');
    expect(text).not.toContain('version');
    state.update({ kind: 'partition', partition: { ...partition, referenceVersion: 3 } });
    state.update({ kind: 'partition', partition: { ...partition, partition: 1, referenceVersion: 2 } });
    expect(plain(renderView(state, 12, 120))).toMatch(/R-hat aligned .* reference version 2$/m);
  });

  it('shows RMSE for a regression, quarantined slots and a chain’s failure', () => {
    const state = new RunState('energy', 1, 100);
    state.update({ kind: 'chain', chain: { ...chain, activity: 'failed', failure: { message: 'potential is NaN' } } });
    state.update({ kind: 'partition', partition: { ...partition, probeAccuracy: Number.NaN, probeRmse: 0.51, slotsQuarantined: 3 } });
    const text = plain(renderView(state, 12, 120));
    expect(text).toContain('RMSE 0.51');
    expect(text).not.toContain('accuracy');
    expect(text).toContain('3 slots quarantined');
    expect(text).toContain('chain 0: potential is NaN');
  });

  it('counts only chains that run towards the rate, and the slowest towards the ETA', () => {
    const state = new RunState('mnist', 3, 100);
    state.update({ kind: 'chain', chain });
    state.update({ kind: 'chain', chain: { ...chain, chain: 1, etaSeconds: 100 } });
    state.update({ kind: 'chain', chain: { ...chain, chain: 2, activity: 'done', etaSeconds: 0 } });
    expect(state.gradientsPerSecond).toBe(2468);
    expect(state.etaSeconds).toBe(100);
  });
});

describe('plainLine', () => {
  it('is one line with every chain in order', () => {
    const state = new RunState('mnist', 2, 100);
    state.update({ kind: 'chain', chain: { ...chain, chain: 1, activity: 'warmup', iteration: 40 } });
    state.update({ kind: 'chain', chain });
    state.update({ kind: 'partition', partition });
    expect(plainLine(state, 61)).toBe(
      '[61 s] 0:sampling 50/100 1:warmup 40/100 grad/s=2.5 k folded=90 rhat_aligned_max=1.21 rhat_raw_max=3.25 probe_accuracy=0.931 eta=75 s',
    );
  });
});

describe('format', () => {
  it.each([
    [0.25, '250 ms'],
    [3.14, '3.1 s'],
    [75, '75 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 05 min'],
    [Number.NaN, '–'],
  ])('duration(%s) is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
  it.each([
    [512, '512 B'],
    [1_628_200, '1.6 MB'],
    [48e9, '48.0 GB'],
  ])('bytes(%s) is %s', (count, text) => expect(bytes(count)).toBe(text));
  it('amount and figure keep three digits', () => {
    expect([amount(950), amount(12_400), amount(3_100_000)]).toEqual(['950', '12.4 k', '3.1 M']);
    expect([figure(0.00012), figure(1.23456), figure(Number.NaN), figure(0)]).toEqual(['1.20e-4', '1.23', '–', '0']);
  });
  it('table lines columns up', () => {
    expect(table([['a', '1'], ['bb', '22']], [false, true])).toEqual(['a    1', 'bb  22']);
  });
});
