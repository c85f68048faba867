// Following a stream on a connection that fails at will.
import { describe, expect, it } from 'vitest';
import type { Bus } from '../../src/bus/connection.js';
import { follow } from '../../src/bus/follow.js';
import { BasinetError } from '../../src/errors.js';

interface Fake {
  disconnects: number;
  /** Sequences of the messages there are; asking for one beyond `breaksAt` fails for good. */
  sequences: number[];
  breaksAt: number;
}

function fakeBus(fake: Fake): Bus {
  const getMessage = (_stream: string, { seq }: { seq: number }) => {
    if (seq > fake.breaksAt) return Promise.reject(new Error('broken'));
    const found = fake.sequences.find((sequence) => sequence >= seq);
    return Promise.resolve(found === undefined ? null : { seq: found, subject: 'a', data: new Uint8Array(0) });
  };
  return {
    untilLost: <T>(request: Promise<T>) => request,
    jsm: { direct: { getMessage } },
    get disconnects() {
      return fake.disconnects;
    },
  } as unknown as Bus;
}
const options = { stream: 's', filter: 'a', gone: () => new BasinetError('JOB_CONFLICT', 'gone') };

describe('follow', () => {
  it('throws what went wrong in the message fetched ahead when its turn comes, and crashes nobody before', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    const reader = follow(fakeBus({ disconnects: 0, sequences: [1], breaksAt: 1 }), options, 1, 1);
    expect((await reader.next()).value).toMatchObject({ seq: 1 });
    // The consumer is busy while the next fetch fails.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(reader.next()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('of latest values begins anew after a lost connection, a log does not', async () => {
    for (const [anew, expected] of [[true, 1], [false, 3]] as const) {
      const fake: Fake = { disconnects: 0, sequences: [1, 2], breaksAt: Infinity };
      const reader = follow(fakeBus(fake), { ...options, anew }, 1, 1);
      expect((await reader.next()).value).toMatchObject({ seq: 1 });
      expect((await reader.next()).value).toMatchObject({ seq: 2 });
      const next = reader.next();
      await new Promise((resolve) => setTimeout(resolve, 20));
      fake.disconnects++;
      // The server lost the second, and gives its number to another later.
      if (anew) fake.sequences = [1];
      else fake.sequences.push(3);
      expect((await next).value).toMatchObject({ seq: expected });
    }
  });
});
