// The gateway over HTTP, on a real nats-server.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/bus/connection.js';
import { createJob, deleteJobRecord, getJob } from '../../src/bus/jobStore.js';
import { RESULT_STORE, resultObject, STATUS_STREAM } from '../../src/bus/names.js';
import { putDataset, putObject } from '../../src/bus/objects.js';
import { publishChainStatus, publishPartitionStatus } from '../../src/bus/status.js';
import { announceWorker } from '../../src/bus/workers.js';
import { decodePartitionStatistics } from '../../src/bus/statistics.js';
import { startGateway } from '../../src/gateway/index.js';
import type { Role } from '../../src/metrics/index.js';
import { expectedStatistics, setState } from '../support/foldCluster.js';
import { testJob } from '../support/foldJob.js';
import { startTestServer, type TestServer } from '../support/nats.js';

let server: TestServer;
let bus: Bus;
let gateway: Role;
const test = testJob('gateway-job');
const base = () => `http://127.0.0.1:${gateway.metricsPort}`;
const get = async (path: string) => {
  const response = await fetch(base() + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const post = async (body: unknown) => {
  const response = await fetch(`${base()}/v1/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, location: response.headers.get('location'), body: (await response.json()) as Record<string, unknown> };
};

beforeAll(async () => {
  server = await startTestServer();
  bus = await server.connect();
  const { url, user, pass } = server.server;
  gateway = await startGateway({ connection: { servers: url, user, pass } });
});
afterAll(async () => {
  await gateway.drain();
  await gateway.done;
  await server[Symbol.asyncDispose]();
});

describe('the gateway', () => {
  it('submits a job whose data the cluster holds, and shows it', async () => {
    const { packed, job } = test;
    const refused = await post({ job, dataHash: packed.hash });
    expect(refused).toMatchObject({ status: 400, body: { code: 'DATA_INVALID', path: 'dataHash' } });
    await putDataset(bus, packed.bytes);
    expect(await post({ job, dataHash: packed.hash })).toMatchObject({ status: 201, location: '/v1/jobs/gateway-job', body: { id: 'gateway-job', state: 'submitted' } });
    expect(JSON.parse((await getJob(bus, 'gateway-job'))!.record.jobJson)).toEqual(job);
    expect(await post({ job, dataHash: packed.hash })).toMatchObject({ status: 409, body: { code: 'JOB_CONFLICT' } });
    expect(await get('/v1/jobs')).toMatchObject({ status: 200, body: { jobs: [{ id: 'gateway-job', state: 'submitted', failure: null }] } });

    await publishChainStatus(bus, 'gateway-job', { chain: 2, activity: 'sampling', drawsDone: 7, acceptanceRate: 0.5 });
    await publishPartitionStatus(bus, 'gateway-job', { partition: 0, drawsFolded: 6, rhatRawMax: NaN, rhatAlignedMax: 1.25, chains: [{ chain: 2, draws: 6 }] });
    const { body } = await get('/v1/jobs/gateway-job');
    expect(body).toMatchObject({
      id: 'gateway-job',
      job: { name: 'gateway-job', inference: { chains: 4 } },
      chains: [{ chain: 2, activity: 'sampling', drawsDone: 7, worker: '', failure: null }],
      partitions: [{ partition: 0, drawsFolded: 6, rhatRawMax: null, rhatAlignedMax: 1.25, finished: false, chains: [{ chain: 2, draws: 6, epoch: 0 }] }],
    });
  });

  it('lists the workers that announce themselves', async () => {
    expect(await get('/v1/workers')).toEqual({ status: 200, body: { workers: [] } });
    await announceWorker(bus, { name: 'w', resourceClass: 'gpu', slots: 4, engines: ['native', 'tfjs'], deviceClasses: ['native-avx2'], memoryBytes: 64e9, gpus: [{ name: 'H100', memoryBytes: 80e9, driver: '550' }] });
    expect(await get('/v1/workers')).toEqual({
      status: 200,
      body: {
        workers: [
          { name: 'w', host: '', resourceClass: 'gpu', slots: 4, chains: 0, engines: ['native', 'tfjs'], deviceClasses: ['native-avx2'], cores: 0, memoryBytes: 64e9, gpus: [{ name: 'H100', memoryBytes: 80e9, driver: '550' }], version: '', startedAtMs: 0 },
        ],
      },
    });
  });

  it('hands out the statistics of finished partitions', async () => {
    const bytes = expectedStatistics(test, 0);
    expect(await get('/v1/jobs/gateway-job/statistics')).toEqual({ status: 200, body: { partitions: [] } });
    expect(await get('/v1/jobs/gateway-job/statistics/0')).toMatchObject({ status: 404, body: { path: 'partition' } });
    await putObject(bus, RESULT_STORE, resultObject('gateway-job', 0), bytes);
    await publishPartitionStatus(bus, 'gateway-job', { partition: 0, drawsFolded: 80, finished: true });
    expect((await get('/v1/jobs/gateway-job/statistics')).body).toEqual({ partitions: [{ partition: 0, url: '/v1/jobs/gateway-job/statistics/0' }] });
    const response = await fetch(`${base()}/v1/jobs/gateway-job/statistics/0`);
    expect(response.headers.get('content-type')).toContain('application/x-protobuf');
    const received = Buffer.from(await response.arrayBuffer());
    expect(received.equals(bytes)).toBe(true);
    expect(decodePartitionStatistics(received).chains).toEqual([0, 1, 2, 3]);
  });

  it('streams events until the job has ended', async () => {
    const response = await fetch(`${base()}/v1/jobs/gateway-job/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events: string[] = [];
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const whole = text.split('\n\n');
      text = whole.pop()!;
      for (const event of whole) {
        events.push(event);
        if (event.startsWith('event: job') && event.includes('"submitted"')) await setState(bus, 'gateway-job', 'running');
        if (event.startsWith('event: job') && event.includes('"running"')) await publishChainStatus(bus, 'gateway-job', { chain: 3, activity: 'done', drawsDone: 20 });
        if (event.includes('"chain":3') && event.includes('"done"')) await setState(bus, 'gateway-job', 'completed');
      }
    }
    expect(events.some((event) => event.startsWith('event: partition') && event.includes('"drawsFolded":80'))).toBe(true);
    expect(events.some((event) => event.startsWith('event: job') && event.includes('"completed"'))).toBe(true);
    expect(events.at(-1)).toBe('event: end\ndata: {}');
  });

  it.each<[string, unknown, object]>([
    ['no JSON', '{', { code: 'USAGE' }],
    ['no job', { dataHash: '0'.repeat(64) }, { code: 'JOB_INVALID', path: 'job' }],
    ['no hash', { job: {} }, { code: 'JOB_INVALID', path: 'dataHash' }],
    ['an unknown key', { job: {}, dataHash: '0'.repeat(64), colour: 1 }, { code: 'JOB_INVALID', path: 'colour' }],
    ['a job with an unknown key', { job: { ...test.job, colour: 1 }, dataHash: '0'.repeat(64) }, { code: 'JOB_INVALID', path: 'colour' }],
    ['an array', [], { code: 'JOB_INVALID' }],
  ])('refuses %s', async (_, body, expected) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body)).toEqual(['code', 'message', 'path', 'remedy']);
    expect(answer.body).toMatchObject(expected);
  });

  it('answers 404 for what does not exist', async () => {
    for (const path of ['/v1/jobs/none', '/v1/jobs/none/events', '/v1/jobs/none/statistics', '/v1/jobs/A%2f..', '/v2', '/v1/jobs/gateway-job/statistics/x']) {
      expect(await get(path)).toMatchObject({ status: 404, body: { code: 'USAGE' } });
    }
    await deleteJobRecord(bus, 'gateway-job');
    expect((await get('/v1/jobs/gateway-job')).status).toBe(404);
  });

  it('cuts off a reader of events that does not read', async () => {
    const id = 'deaf';
    await createJob(bus, { id, jobJson: JSON.stringify({ ...test.job, name: id }), dataHash: test.packed.hash });
    const chains = Array.from({ length: 400 }, (_, chain) => ({ chain, draws: 6 }));
    for (let partition = 0; partition < 500; partition++) await publishPartitionStatus(bus, id, { partition, chains });
    const { port, hostname } = new URL(base());
    const socket = connect({ port: Number(port), host: hostname });
    const cut = once(socket, 'close');
    socket.write(`GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    socket.pause();
    const open = async () => /basinet_event_streams\{[^}]*\} (\d+)/.exec(await (await fetch(`${base()}/metrics`)).text())?.[1];
    while ((await open()) !== '1') await sleep(10);
    while ((await open()) !== '0') await sleep(10);
    socket.resume();
    await cut;
    await deleteJobRecord(bus, id);
  });

  it('ends an event stream that cannot follow the statuses, and lives on', async () => {
    await using spoiled = await startTestServer();
    const own = await spoiled.connect();
    // Somebody else's stream under the name of ours.
    await own.jsm.streams.add({ name: STATUS_STREAM, subjects: ['elsewhere.>'] });
    await putDataset(own, test.packed.bytes);
    await createJob(own, { id: 'blind', jobJson: JSON.stringify({ ...test.job, name: 'blind' }), dataHash: test.packed.hash });
    const { url, user, pass } = spoiled.server;
    await using blind = await startGateway({ connection: { servers: url, user, pass } });
    const at = (path: string) => fetch(`http://127.0.0.1:${blind.metricsPort}${path}`);
    expect(await (await at('/v1/jobs/blind/events')).text()).not.toContain('event: end');
    expect((await at('/v1/jobs')).status).toBe(200);
  });

  it('serves health and metrics, and cuts event streams when it is drained', async () => {
    expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok', role: 'gateway' } });
    expect(await (await fetch(`${base()}/metrics`)).text()).toMatch(/basinet_http_requests_total\{method="POST",route="\/v1\/jobs",status="201",role="gateway"\} 1/);
    await putDataset(bus, test.packed.bytes);
    await post({ job: test.job, dataHash: test.packed.hash });
    const { url, user, pass } = server.server;
    const other = await startGateway({ connection: { servers: url, user, pass } });
    const stream = await fetch(`http://127.0.0.1:${other.metricsPort}/v1/jobs/gateway-job/events`);
    const reading = stream.text();
    await expect(startGateway({ connection: { servers: url, user, pass }, port: other.metricsPort })).rejects.toMatchObject({ code: 'USAGE' });
    await other.drain();
    expect(await reading).toContain('event: job');
    await other.done;
  });
});
