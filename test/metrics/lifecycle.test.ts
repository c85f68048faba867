// The life of a role: one outcome, first error wins, cleaned up once.
import { describe, expect, it } from 'vitest';
import { aborted, createRole, type RoleSignals } from '../../src/metrics/lifecycle.js';

function role(run: (signals: RoleSignals) => Promise<void>, cleanUp: () => Promise<void> = () => Promise.resolve()) {
  let cleaned = 0;
  const started = createRole({
    name: 'worker',
    metricsPort: 1,
    run,
    cleanUp: () => {
      cleaned++;
      return cleanUp();
    },
  });
  return { started, cleaned: () => cleaned };
}

describe('createRole', () => {
  it('ends by itself', async () => {
    const { started, cleaned } = role(() => Promise.resolve());
    await started.done;
    await started.drain();
    await started.abort();
    expect(cleaned()).toBe(1);
  });

  it('drains once, however often it is told', async () => {
    let drained = 0;
    const { started, cleaned } = role(async ({ drain, abort }) => {
      await aborted(drain);
      drained++;
      expect(abort.aborted).toBe(false);
    });
    await Promise.all([started.drain(), started.drain(), started[Symbol.asyncDispose]()]);
    await started.done;
    expect([drained, cleaned()]).toEqual([1, 1]);
  });

  it('aborts, which ends a drain too', async () => {
    const { started } = role(({ abort }) => aborted(abort));
    const drained = started.drain();
    await started.abort();
    await drained;
    await started.done;
  });

  it('rejects with the first error, which cleaning up does not mask', async () => {
    const { started, cleaned } = role(
      () => Promise.reject(new Error('first')),
      () => Promise.reject(new Error('second')),
    );
    await expect(started.done).rejects.toThrow('first');
    await started.drain();
    expect(cleaned()).toBe(1);
  });

  it('rejects where only cleaning up fails', async () => {
    const { started } = role(
      () => Promise.resolve(),
      () => Promise.reject(new Error('second')),
    );
    await expect(started.done).rejects.toThrow('second');
  });
});
