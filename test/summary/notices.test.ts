// The warnings at the head of the report and at the end of a run.
import { describe, expect, it } from 'vitest';
import { notices } from '../../src/summary/notices.js';
import type { ResultsSummary } from '../../src/summary/summarySchema.js';

/** As much of a summary as the notices read: two chains with nothing amiss. */
function summary(q95: number, ebfmi: readonly (number | null)[], divergences = 0, devices: readonly string[] = ['reference']): ResultsSummary {
  return {
    statistics: { aligned: null, raw: null, probe: { rhat: { q95 } } },
    sampling: { divergences, draws: 20 },
    chains: ebfmi.map((value, chain) => ({ chain, draws: 10, ebfmi: value, devices: devices.map((deviceClass, i) => ({ iteration: 1 + i, deviceClass })) })),
    quarantined: { slots: 0 },
  } as unknown as ResultsSummary;
}

describe('notices', () => {
  it('says nothing of a run with nothing amiss', () => {
    expect(notices(summary(1.1, [0.3, null]))).toEqual([]);
  });

  it('warns of divergences, of chains that disagree on the function, and of low E-BFMI, in this order', () => {
    const found = notices(summary(1.234, [0.29, 1], 3));
    expect(found).toHaveLength(3);
    expect(found[0]).toContain('3 of 20 draws');
    expect(found[1]).toContain('1.23');
    expect(found[2]).toContain('in chain 0:');
  });

  it('says which chains went on as another device class', () => {
    expect(notices(summary(1, [1, 1], 0, ['native-avx2', 'reference']))).toEqual([expect.stringMatching(/let chains 0, 1 go on as another device class/)]);
  });

  it('has no word on the agreement of one chain with itself', () => {
    expect(notices(summary(2, [1]))).toEqual([]);
  });
});
