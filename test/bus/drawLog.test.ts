// The laws of the draw log, on a real nats-server.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openChain } from '../../src/bus/chainWriter.js';
import { readTail } from '../../src/bus/chainTail.js';
import { encodeSlot } from '../../src/bus/codec.js';
import type { Bus } from '../../src/bus/connection.js';
import { BALLAST_MESSAGES, createDrawLog, deleteDrawLog, logIdentity } from '../../src/bus/drawLog.js';
import { readPartition } from '../../src/bus/logReader.js';
import { chunkSubject, slotSubject } from '../../src/bus/names.js';
import type { RecordShape } from '../../src/bus/outline.js';
import type { DrawRecord } from '../../src/bus/records.js';
import { acceptedOf, entriesOf, iterations, keyOf, optionsOf as options, shapeOf } from '../support/chains.js';
import { draw, warmupDraw } from '../support/draws.js';
import { forge, FORGERIES } from '../support/forgeries.js';
import { type TestServer, useTestServer } from '../support/nats.js';

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]), { maxPayload: 64 << 10 });

let jobs = 0;
async function newLog(maxBytes = 64 << 20): Promise<string> {
  const job = `log-${++jobs}`;
  await createDrawLog(bus, { job, maxBytes });
  return job;
}
const accepted = (job: string, shape?: RecordShape) => acceptedOf(bus, keyOf(job), shape);
const collect = (job: string) => entriesOf(bus, keyOf(job));

describe('the draw log', () => {
  it('is created once, enlarged, identified and deleted', async () => {
    const job = await newLog(1 << 20);
    await createDrawLog(bus, { job, maxBytes: 1 << 20 });
    await createDrawLog(bus, { job, maxBytes: 2 << 20 });
    expect((await bus.jsm.streams.info(`basinet-draws-${job}`)).config.max_bytes).toBe(2 << 20);
    expect(await logIdentity(bus, job)).toMatchObject({ firstSequence: 1, lastSequence: BALLAST_MESSAGES });
    await deleteDrawLog(bus, job);
    await deleteDrawLog(bus, job);
    expect(await logIdentity(bus, job)).toBeNull();
    await expect(openChain(bus, options(job))).rejects.toMatchObject({ code: 'JOB_CONFLICT' });
  });

  it('returns what was written, bit for bit, and resumes at every slot', async () => {
    const job = await newLog();
    const written: DrawRecord[] = [warmupDraw(1, 100), warmupDraw(2, 100)];
    for (let i = 3; i <= 12; i++) written.push(draw(i, 100));
    for (let i = 0; i < written.length; i += 3) {
      const shape = shapeOf(100, 2);
      expect(await readTail(bus, keyOf(job), shape)).toEqual(await readTail(bus, keyOf(job), shape, { whole: true }));
      const { writer, resume } = await openChain(bus, options(job, { dimension: 100, warmup: 2, worker: `worker-${i}` }));
      expect(resume?.record.iteration ?? 0).toBe(i);
      if (resume) {
        expect(resume.record).toEqual(written[i - 1]);
        expect(resume.carried).toEqual(written[Math.min(i, 2) - 1]!.adaptation);
      }
      for (const record of written.slice(i, i + 3)) await writer.append(record);
      await writer.close();
    }
    expect(await accepted(job, shapeOf(100, 2))).toEqual({ draws: written, reasons: [] });
  });

  it('batches by bytes and by time', async () => {
    const job = await newLog();
    const { writer } = await openChain(bus, options(job, { dimension: 200, slotBytes: 4000, slotSeconds: 0.05 }));
    await writer.append(warmupDraw(1, 200));
    for (let i = 2; i <= 9; i++) await writer.append(draw(i, 200));
    while (writer.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const slots = await collect(job);
    expect(slots.length).toBeGreaterThan(2);
    expect(slots.length).toBeLessThan(9);
    expect(iterations((await accepted(job, shapeOf(200))).draws)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    writer.abandon();
  });

  it('fences a zombie out by a takeover', async () => {
    const job = await newLog();
    const zombie = await openChain(bus, options(job));
    await zombie.writer.append(warmupDraw(1, 10));
    await zombie.writer.flush();
    const heir = await openChain(bus, options(job, { worker: 'worker-b' }));
    expect(heir.writer.epoch).toBe(2);
    await zombie.writer.append(draw(2, 10));
    await expect(zombie.writer.flush()).rejects.toMatchObject({ code: 'LOG_FENCED' });
    expect(await zombie.writer.fenced).toMatchObject({ code: 'LOG_FENCED' });
    await expect(zombie.writer.append(draw(3, 10))).rejects.toMatchObject({ code: 'LOG_FENCED' });
    await heir.writer.append(draw(2, 10));
    await heir.writer.close();
    expect(iterations((await accepted(job)).draws)).toEqual([1, 2]);
  });

  it('gives a chain that many claim at once to one of them at a time', async () => {
    const job = await newLog();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => openChain(bus, options(job, { dimension: 5, worker: `worker-${i}` }))));
    const codes = outcomes.filter(({ status }) => status === 'rejected').map((outcome) => (outcome as PromiseRejectedResult).reason as { code: string });
    expect(codes.every(({ code }) => code === 'LOG_FENCED')).toBe(true);
    const writers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.writer] : []));
    const flushed = await Promise.allSettled(writers.map(async (writer) => (await writer.append(warmupDraw(1, 5)), writer.flush())));
    expect(flushed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(iterations((await accepted(job, shapeOf(5))).draws)).toEqual([1]);
  });

  it('settles a publish whose answer was lost by reading the slot back', async () => {
    const job = await newLog();
    let lose = true;
    // The first publish of a draw reaches the server, but its answer does not reach the writer.
    const deaf = Object.create(bus, {
      js: {
        value: Object.create(bus.js, {
          publish: {
            value: async (...args: Parameters<Bus['js']['publish']>) => {
              const ack = await bus.js.publish(...args);
              if (!args[0].endsWith('.1') || !lose) return ack;
              lose = false;
              throw Object.assign(new Error('no responders'), { name: 'JetStreamNotEnabled', cause: new (await import('@nats-io/transport-node')).errors.TimeoutError() });
            },
          },
        }) as Bus['js'],
      },
    }) as Bus;
    const { writer } = await openChain(deaf, options(job));
    await writer.append(warmupDraw(1, 10));
    await writer.append(draw(2, 10));
    await writer.close();
    expect(lose).toBe(false);
    expect(iterations((await accepted(job)).draws)).toEqual([1, 2]);
  });

  it('cuts what passes max_payload into chunks, and shrugs at those of a dead writer', async () => {
    const job = await newLog();
    const first = await openChain(bus, options(job, { dimension: 60_000 }));
    const big = warmupDraw(1, 60_000);
    await first.writer.append(big);
    await first.writer.flush();
    // A zombie wrote the chunks of the next draw, but not its manifest; and one chunk that nothing refers to.
    await bus.js.publish(chunkSubject(job, 0, 0, 'ab'.repeat(32)), new Uint8Array(9));
    const second = await openChain(bus, options(job, { dimension: 60_000, worker: 'worker-b' }));
    expect(second.resume?.record).toEqual(big);
    await second.writer.append(draw(2, 60_000));
    await second.writer.close();
    const { draws, reasons } = await accepted(job, shapeOf(60_000));
    expect(reasons).toEqual([]);
    expect(draws).toEqual([big, draw(2, 60_000)]);
  });

  it('reports damaged chunks and garbage as errors of their entries, and goes on after them', async () => {
    const job = await newLog();
    const first = await openChain(bus, options(job));
    await first.writer.append(warmupDraw(1, 10));
    await first.writer.flush();
    // Garbage in the next slot, in a slot far away, in no slot at all, and a manifest without chunks.
    await bus.js.publish(slotSubject(job, 0, 0, 2), randomBytes(100));
    await bus.js.publish(slotSubject(job, 0, 0, 6), randomBytes(100));
    await bus.js.publish(`draws.${job}.0.0.x`, randomBytes(100));
    await first.writer.append(draw(2, 10));
    await expect(first.writer.flush()).rejects.toMatchObject({ code: 'LOG_FENCED' });
    const tail = await readTail(bus, keyOf(job), shapeOf());
    expect(tail).toMatchObject({ nextSlot: 3, epoch: 1, resume: { record: { iteration: 1 } } });
    const body = { kind: 'manifest' as const, chunks: [randomBytes(32)], size: 10 };
    await bus.js.publish(slotSubject(job, 0, 0, 3), encodeSlot({ epoch: 1, previousHash: tail.lastHash, claimSlot: 0, body }));
    for (let i = 2; i <= 4; i++) {
      const next = await openChain(bus, options(job, { worker: `worker-${i}` }));
      await next.writer.append(draw(i, 10));
      await next.writer.close();
    }
    const { draws, reasons } = await accepted(job);
    expect(iterations(draws)).toEqual([1, 2, 3, 4]);
    expect(reasons).toHaveLength(4);
    const errors = (await collect(job)).filter(({ body: decoded }) => decoded === null);
    expect(errors).toHaveLength(4);
    expect(errors.every(({ error }) => typeof error === 'string')).toBe(true);
  });

  it.each(Object.entries(FORGERIES))('goes on behind a last slot that readers refuse: %s', async (how, { reason }) => {
    const job = await newLog();
    const shape = shapeOf();
    const first = await openChain(bus, options(job));
    for (const record of [warmupDraw(1, 10), draw(2, 10), draw(3, 10)]) {
      await first.writer.append(record);
      await first.writer.flush();
    }
    const forged = how as keyof typeof FORGERIES;
    await forge(bus, keyOf(job), shape, forged);
    expect(await readTail(bus, keyOf(job), shape)).toEqual(await readTail(bus, keyOf(job), shape, { whole: true }));
    const second = await openChain(bus, options(job, { worker: 'worker-b' }));
    expect(second.resume).toMatchObject({ record: draw(3, 10), adaptationSlot: 1 });
    expect(second.writer.epoch).toBe(2);
    // Once more behind its claim, and behind its draws twice.
    await forge(bus, keyOf(job), shape, forged);
    const third = await openChain(bus, options(job, { worker: 'worker-c' }));
    expect(third.resume?.record).toEqual(draw(3, 10));
    await third.writer.append(draw(4, 10));
    await third.writer.flush();
    await forge(bus, keyOf(job), shape, forged);
    await forge(bus, keyOf(job), shape, 'garbage');
    const fourth = await openChain(bus, options(job, { worker: 'worker-d' }));
    expect(fourth.resume?.record).toEqual(draw(4, 10));
    await fourth.writer.append(draw(5, 10));
    await fourth.writer.close();
    const { draws, reasons } = await accepted(job);
    expect(iterations(draws)).toEqual([1, 2, 3, 4, 5]);
    expect(reasons).toEqual([reason, reason, reason, 'corrupt']);
  });

  it('is begun anew where none of its draws count', async () => {
    const job = await newLog();
    const other = await openChain(bus, options(job, { dimension: 11 }));
    for (const record of [warmupDraw(1, 11), draw(2, 11), draw(3, 11)]) {
      await other.writer.append(record);
      await other.writer.flush();
    }
    const { writer, resume } = await openChain(bus, options(job, { worker: 'worker-b' }));
    expect(resume).toBeNull();
    await writer.append(warmupDraw(1, 10));
    await writer.close();
    expect(await accepted(job)).toEqual({ draws: [warmupDraw(1, 10)], reasons: ['size', 'iteration', 'iteration'] });
  });

  it.each([[[1]], [[1, 2, 3]], [[2, 7]], [[1, 0]]])('has its end where its run ends, whatever lies beyond: %j', async (beyond) => {
    const job = await newLog();
    const { writer } = await openChain(bus, options(job));
    for (const record of [warmupDraw(1, 10), draw(2, 10)]) {
      await writer.append(record);
      await writer.flush();
    }
    for (const slots of beyond) await forge(bus, keyOf(job), shapeOf(), 'garbage', slots);
    for (let owners = 0, written = 2; written < 7; owners++) {
      const next = await openChain(bus, options(job, { worker: `worker-${owners}` }));
      await next.writer.append(draw(next.resume!.record.iteration + 1, 10));
      // Fenced where the run reaches a foreign slot.
      written += await next.writer.close().then(() => 1, () => 0);
      expect(owners).toBeLessThan(10);
    }
    expect(iterations((await accepted(job)).draws)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('refuses a chain whose draws another device class computed, unless told otherwise', async () => {
    const job = await newLog();
    const first = await openChain(bus, options(job, { deviceClass: 'native-avx2' }));
    await first.writer.append(warmupDraw(1, 10));
    await first.writer.close();
    await expect(openChain(bus, options(job))).rejects.toMatchObject({ code: 'STATE_INVALID', remedy: expect.stringContaining('native-avx2') as string });
    const second = await openChain(bus, options(job, { allowDeviceClassChange: true }));
    second.writer.abandon();
  });

  it('stops with LOG_FULL, and goes on without a loss when there is room again', async () => {
    const job = await newLog(64 << 10);
    const first = await openChain(bus, options(job, { dimension: 1000, slotBytes: 1 }));
    await first.writer.append(warmupDraw(1, 1000));
    const fill = async () => {
      for (let i = 2; i < 100; i++) await first.writer.append(draw(i, 1000));
      await first.writer.flush();
    };
    await expect(fill()).rejects.toMatchObject({ code: 'LOG_FULL' });
    await createDrawLog(bus, { job, maxBytes: 1 << 20 });
    const second = await openChain(bus, options(job, { dimension: 1000, worker: 'worker-b' }));
    for (let i = second.resume!.record.iteration + 1; i <= 30; i++) await second.writer.append(draw(i, 1000));
    await second.writer.close();
    const { draws, reasons } = await accepted(job, shapeOf(1000));
    expect(reasons).toEqual([]);
    expect(iterations(draws)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('loses nothing of a chain where it is full to the last byte, however often, and takes nothing more', async () => {
    const job = await newLog(32 << 10);
    const { writer } = await openChain(bus, options(job));
    for (const record of [warmupDraw(1, 10), draw(2, 10)]) await writer.append(record);
    await writer.close();
    const info = () => bus.jsm.streams.info(`basinet-draws-${job}`);
    for (let fills = 1; fills <= 8; fills++) {
      // A byte less than there is room for, without what the server stores beside it.
      const { config, state } = await info();
      const last = new Uint8Array(config.max_bytes - state.bytes - 1);
      await bus.js.publish(chunkSubject(job, 0, 1, `${fills}`.padEnd(64, '0')), last).catch(() => undefined);
      const { state: full } = await info();
      for (let attempt = 0; attempt < 3; attempt++) await expect(openChain(bus, options(job, { worker: 'w' }))).rejects.toMatchObject({ code: 'LOG_FULL' });
      expect((await info()).state).toEqual(full);
      expect(await logIdentity(bus, job)).toMatchObject({ firstSequence: 1 });
      await createDrawLog(bus, { job, maxBytes: config.max_bytes + (8 << 10) });
    }
    const { resume } = await openChain(bus, options(job, { worker: 'worker-b', whole: true }));
    expect(resume?.record).toEqual(draw(2, 10));
    expect(await accepted(job)).toMatchObject({ reasons: [] });
  });

  it('that lost its last slots in a power failure of the server stops its writer, and goes on from what is there', async () => {
    const job = await newLog();
    const { writer } = await openChain(bus, options(job));
    await writer.append(warmupDraw(1, 10));
    await writer.flush();
    const powerFailure = await server.restartPoint();
    // A restart that loses nothing stops nobody.
    await writer.append(draw(2, 10));
    await writer.flush();
    await powerFailure();
    await writer.append(draw(3, 10));
    await expect(writer.flush()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE', path: slotSubject(job, 0, 0, 2) });
    const next = await openChain(bus, options(job, { worker: 'worker-b' }));
    expect(next.resume?.record).toEqual(warmupDraw(1, 10));
    for (const iteration of [2, 3]) await next.writer.append(draw(iteration, 10));
    await next.writer.close();
    expect(iterations((await accepted(job)).draws)).toEqual([1, 2, 3]);
  });

  it('is read to its end where the replica that answers lags behind the leader', async () => {
    const job = await newLog();
    const { writer } = await openChain(bus, options(job));
    for (const record of [warmupDraw(1, 10), draw(2, 10), draw(3, 10)]) {
      await writer.append(record);
      await writer.flush();
    }
    await writer.close();
    let missed = 0;
    // Of every message it says twice that there is none.
    const direct = Object.create(bus.jsm.direct, {
      getMessage: {
        value: (stream: string, query: { seq?: number }) =>
          bus.jsm.direct.getMessage(stream, (++missed % 3 === 0 ? query : { ...query, seq: 10_000 }) as Parameters<Bus['jsm']['direct']['getMessage']>[1]),
      },
    }) as Bus['jsm']['direct'];
    const lagging = Object.create(bus, { jsm: { value: Object.create(bus.jsm, { direct: { value: direct } }) as Bus['jsm'] } }) as Bus;
    expect(iterations((await acceptedOf(lagging, keyOf(job))).draws)).toEqual([1, 2, 3]);
    expect(missed).toBeGreaterThan(6);
  });

  it('is read as it grows, until the reader stops', async () => {
    const job = await newLog();
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const entry of readPartition(bus, job, 0, shapeOf(), { signal: stop.signal, pollMs: 5 })) {
        seen.push(entry.slot);
        if (seen.length === 4) stop.abort();
      }
    })();
    const { writer } = await openChain(bus, options(job));
    for (let i = 1; i <= 3; i++) {
      await writer.append(warmupDraw(i, 10));
      await writer.flush();
    }
    await reading;
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});
