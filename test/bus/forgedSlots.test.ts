// What somebody who may publish under a job's subjects can write, and what readers and workers make of it, on a real nats-server.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readTail } from '../../src/bus/chainTail.js';
import { openChain } from '../../src/bus/chainWriter.js';
import { encodeSlot } from '../../src/bus/codec.js';
import type { Bus } from '../../src/bus/connection.js';
import { createDrawLog } from '../../src/bus/drawLog.js';
import { sha256, toHex } from '../../src/bus/hash.js';
import { chunkSubject, slotSubject } from '../../src/bus/names.js';
import { maxManifestBytes } from '../../src/bus/outline.js';
import { acceptedOf, entriesOf, iterations, keyOf, optionsOf, shapeOf } from '../support/chains.js';
import { draw, warmupDraw } from '../support/draws.js';
import { forgeRun } from '../support/forgeries.js';
import { useTestServer } from '../support/nats.js';

let bus: Bus;
useTestServer((_server, connected) => (bus = connected), { maxPayload: 64 << 10 });

let jobs = 0;
async function newLog(): Promise<string> {
  const job = `forged-${++jobs}`;
  await createDrawLog(bus, { job, maxBytes: 64 << 20 });
  return job;
}

/** A log with draws up to iteration 3, a slot each. */
async function begunLog(dimension = 10): Promise<string> {
  const job = await newLog();
  const { writer } = await openChain(bus, optionsOf(job, { dimension }));
  for (const record of [warmupDraw(1, dimension), draw(2, dimension), draw(3, dimension)]) {
    await writer.append(record);
    await writer.flush();
  }
  await writer.close();
  return job;
}

describe('a manifest', () => {
  const shape = shapeOf(60_000);

  /** Publishes chunks and puts a manifest of them into the chain's next slot. Returns why it does not count, and how many chunks were read. */
  async function read(chunks: readonly Uint8Array[], listed: readonly Uint8Array[], size: number): Promise<{ readonly error: string | null; readonly fetched: number }> {
    const job = await begunLog(60_000);
    for (const chunk of chunks) await bus.js.publish(chunkSubject(job, 0, 0, toHex(sha256(chunk))), chunk);
    const { nextSlot, lastHash, epoch } = await readTail(bus, keyOf(job), shape);
    const manifest = { kind: 'manifest', chunks: listed.map((chunk) => sha256(chunk)), size } as const;
    await bus.js.publish(slotSubject(job, 0, 0, nextSlot), encodeSlot({ epoch, previousHash: lastHash, claimSlot: 0, body: manifest }));
    const asked: string[] = [];
    const direct = Object.create(bus.jsm.direct, {
      getMessage: {
        value: (...args: Parameters<typeof bus.jsm.direct.getMessage>) => {
          if ('last_by_subj' in args[1]) asked.push(String(args[1].last_by_subj));
          return bus.jsm.direct.getMessage(...args);
        },
      },
    }) as Bus['jsm']['direct'];
    const counting = Object.create(bus, { jsm: { value: Object.create(bus.jsm, { direct: { value: direct } }) as Bus['jsm'] } }) as Bus;
    const forged = (await entriesOf(counting, keyOf(job), shape)).at(-1)!;
    expect(forged).toMatchObject({ slot: nextSlot, body: null });
    // The chain goes on behind it.
    const { writer, resume } = await openChain(bus, optionsOf(job, { dimension: 60_000 }));
    expect(resume?.record).toEqual(draw(3, 60_000));
    await writer.append(draw(4, 60_000));
    await writer.close();
    const { draws, reasons } = await acceptedOf(bus, keyOf(job), shape);
    expect({ iterations: iterations(draws), reasons }).toEqual({ iterations: [1, 2, 3, 4], reasons: ['corrupt'] });
    const wanted = new Set(listed.map((chunk) => toHex(sha256(chunk))));
    return { error: forged.error, fetched: asked.filter((subject) => wanted.has(subject.split('.').at(-1)!)).length };
  }

  const chunk = randomBytes(40_000);
  const times = (count: number) => Array.from({ length: count }, () => chunk);

  it('of more than a record can take is not fetched', async () => {
    const size = maxManifestBytes(shape) + 1;
    const count = Math.ceil(size / chunk.length);
    expect(await read([chunk], times(count), size)).toEqual({ error: expect.stringContaining(`a manifest of ${size} bytes`) as string, fetched: 0 });
    // What takes no array at all: fatal, were it asked for.
    expect((await read([chunk], [chunk], Number.MAX_SAFE_INTEGER)).error).toContain('a manifest of');
  });

  it('that lists a chunk many times is fetched once, and no further than its size', async () => {
    expect(await read([chunk], times(1000), 400_001)).toEqual({ error: expect.stringContaining('more than the 400001 bytes') as string, fetched: 1 });
    expect(await read([chunk], times(10), 400_001)).toEqual({ error: expect.stringContaining('chunks of 400000 bytes where the manifest says 400001') as string, fetched: 1 });
    expect(await read([chunk], times(10), 9)).toEqual({ error: expect.stringContaining('10 chunks where the manifest says 9 bytes') as string, fetched: 0 });
  });

  it('of a million tiny records is refused before they are made', async () => {
    // Field 1, no bytes: a draw without anything.
    const tiny = Uint8Array.from({ length: 60_000 }, (_, i) => (i % 2 === 0 ? 0x0a : 0));
    expect((await read([tiny], Array.from({ length: 40 }, () => tiny), 40 * tiny.length)).error).toMatch(/more than 10000 fields/);
  });

  it('of a state that repeats itself counts', async () => {
    const job = await newLog();
    const zeros = new Float64Array(60_000);
    const first = warmupDraw(1, 60_000);
    const record = { ...first, adaptation: { ...first.adaptation!, window: { count: 0, mean: zeros, sumSquares: zeros } } };
    const { writer } = await openChain(bus, optionsOf(job, { dimension: 60_000 }));
    await writer.append(record);
    await writer.close();
    expect((await acceptedOf(bus, keyOf(job), shape)).draws).toEqual([record]);
  });
});

describe('a run of slots that continue one another and not the chain', () => {
  it.each([[[5, 6]], [[5, 6, 7, 8]], [[9, 10]]])('deceives who looks at the end alone, and nobody who judges the whole chain: iterations %j', async (forged) => {
    const job = await begunLog();
    const shape = shapeOf();
    await forgeRun(bus, keyOf(job), shape, forged);
    expect((await readTail(bus, keyOf(job), shape)).resume?.record.iteration).toBe(forged.at(-1));
    const tail = await readTail(bus, keyOf(job), shape, { whole: true });
    expect(tail).toMatchObject({ nextSlot: 4 + forged.length, epoch: 1, resume: { record: draw(3, 10), adaptationSlot: 1, deviceClass: 'reference' } });
    // Of the worker that was deceived nothing counts but its claim.
    const deceived = await openChain(bus, optionsOf(job));
    await deceived.writer.append(draw(forged.at(-1)! + 1, 10));
    await deceived.writer.close();
    const { writer, resume } = await openChain(bus, optionsOf(job, { whole: true }));
    expect(resume?.record).toEqual(draw(3, 10));
    for (const iteration of [4, 5]) await writer.append(draw(iteration, 10));
    await writer.close();
    const { draws, reasons } = await acceptedOf(bus, keyOf(job));
    expect(draws.slice(1)).toEqual([2, 3, 4, 5].map((iteration) => draw(iteration, 10)));
    expect(reasons).toEqual(Array(forged.length + 1).fill('iteration'));
  });

  it('behind which something does not count deceives nobody', async () => {
    const job = await begunLog();
    await forgeRun(bus, keyOf(job), shapeOf(), [5, 6]);
    await forgeRun(bus, keyOf(job), shapeOf(), [9]);
    expect((await readTail(bus, keyOf(job), shapeOf())).resume?.record).toEqual(draw(3, 10));
  });

  it('a second message in a slot is another one to who looks at the end, and none to who judges the whole chain', async () => {
    const job = await begunLog();
    const shape = shapeOf();
    const [entry] = (await entriesOf(bus, keyOf(job))).slice(-1);
    const { body, ...head } = entry!.body!;
    if (body.kind !== 'draws') throw new Error('no draws');
    await bus.js.publish(entry!.subject, encodeSlot({ ...head, body: { ...body, draws: [{ ...draw(3, 10), position: new Float32Array(10) }] } }));
    expect((await readTail(bus, keyOf(job), shape)).resume?.record.position).toEqual(new Float32Array(10));
    expect((await readTail(bus, keyOf(job), shape, { whole: true })).resume?.record).toEqual(draw(3, 10));
  });
});
