// Waiting out a server that stumbles.
import { describe, expect, it } from 'vitest';
import { errors } from '@nats-io/transport-node';
import type { Bus } from '../../src/bus/connection.js';
import { patiently } from '../../src/bus/patience.js';
import { BasinetError } from '../../src/errors.js';

const busThatIs = (closed: boolean) => ({ nc: { isClosed: () => closed } }) as unknown as Bus;
const never = new AbortController().signal;

describe('patiently', () => {
  it('asks again while NATS is in trouble', async () => {
    const troubles: Error[] = [new errors.TimeoutError(), new BasinetError('BUS_UNAVAILABLE', 'down')];
    const action = () => {
      const trouble = troubles.shift();
      return trouble ? Promise.reject(trouble) : Promise.resolve('there');
    };
    expect(await patiently(busThatIs(false), action, never)).toBe('there');
  });

  it('throws what will not pass', async () => {
    const defect = new BasinetError('LOG_FULL', 'full');
    await expect(patiently(busThatIs(false), () => Promise.reject(defect), never)).rejects.toBe(defect);
    const gone = new BasinetError('BUS_UNAVAILABLE', 'closed');
    await expect(patiently(busThatIs(true), () => Promise.reject(gone), never)).rejects.toBe(gone);
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const action = () => {
      stop.abort();
      return Promise.reject(new errors.TimeoutError());
    };
    expect(await patiently(busThatIs(false), action, stop.signal)).toBeNull();
    expect(await patiently(busThatIs(false), () => Promise.resolve('late'), stop.signal)).toBeNull();
  });
});
