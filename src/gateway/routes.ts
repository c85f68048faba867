// The gateway's routes: jobs to read, to submit and to follow.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Bus } from '../bus/connection.js';
import { createJob, getJob, listJobs, type StoredJob } from '../bus/jobStore.js';
import { DATA_STORE, RESULT_STORE, resultObject } from '../bus/names.js';
import { getObject, hasObject } from '../bus/objects.js';
import { latestStatus } from '../bus/status.js';
import { listWorkers } from '../bus/workers.js';
import { BasinetError } from '../errors.js';
import { resolveJob } from '../job/load.js';
import { NotFound } from './errors.js';
import type { EventStreams } from './events.js';
import { jobDetails, jobView, workerView } from './views.js';

interface JobParams {
  readonly id: string;
}

/**
 * - GET /v1/jobs: `{jobs: […]}`, in order of submission
 * - POST /v1/jobs: `{job, dataHash}`, a job (docs/job.schema.json) whose data set the cluster holds; 201
 * - GET /v1/jobs/:id: state, resolved job, latest status of chains and partitions
 * - GET /v1/workers: `{workers: […]}`, what each that lives has, by name
 * - GET /v1/jobs/:id/events: the same as server-sent events, see events.ts
 * - GET /v1/jobs/:id/statistics: `{partitions: [{partition, url}]}`, those that are finished
 * - GET /v1/jobs/:id/statistics/:partition: the bytes of basinet.v1.PartitionStatistics
 */
export function addRoutes(app: FastifyInstance, bus: Bus, events: EventStreams): void {
  app.get('/v1/jobs', async () => ({ jobs: (await listJobs(bus)).map(({ record }) => jobView(record)) }));

  app.get('/v1/workers', async () => ({ workers: (await listWorkers(bus)).map(workerView) }));

  app.post('/v1/jobs', async (request, reply) => {
    const { job: given, dataHash } = submission(request.body);
    const job = resolveJob(given);
    if (!(await hasObject(bus, DATA_STORE, dataHash))) {
      throw new BasinetError('DATA_INVALID', `the cluster holds no data set ${dataHash}`, {
        path: 'dataHash',
        value: dataHash,
        remedy: 'Name a data set that the cluster holds already: this version has no command that uploads one.',
      });
    }
    const { record } = await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash });
    return reply.code(201).header('location', `/v1/jobs/${record.id}`).send(jobView(record));
  });

  app.get<{ Params: JobParams }>('/v1/jobs/:id', async ({ params }) => {
    const { record } = await existing(bus, params.id);
    return jobDetails(record, await latestStatus(bus, record.id));
  });

  app.get<{ Params: JobParams }>('/v1/jobs/:id/events', async ({ params }, reply) => {
    const { record } = await existing(bus, params.id);
    events.open(reply, record.id);
  });

  app.get<{ Params: JobParams }>('/v1/jobs/:id/statistics', async ({ params }) => {
    const { record } = await existing(bus, params.id);
    const { partitions } = await latestStatus(bus, record.id);
    const finished = [...partitions.values()].filter((status) => status.finished).map(({ partition }) => partition);
    return { partitions: finished.sort((a, b) => a - b).map((partition) => ({ partition, url: `/v1/jobs/${record.id}/statistics/${partition}` })) };
  });

  app.get<{ Params: JobParams & { readonly partition: string } }>('/v1/jobs/:id/statistics/:partition', async ({ params }, reply) => {
    const { record } = await existing(bus, params.id);
    const bytes = /^(0|[1-9][0-9]{0,5})$/.test(params.partition) ? await getObject(bus, RESULT_STORE, resultObject(record.id, Number(params.partition))) : null;
    if (bytes === null) throw new NotFound(`job ${record.id} has no statistics of partition ${params.partition}`, 'partition', 'Wait until the partition is finished; /v1/jobs/:id/statistics lists those that are.');
    return sendBytes(reply, bytes);
  });
}

async function existing(bus: Bus, id: string): Promise<StoredJob> {
  const stored = /^[a-z0-9-]{1,63}$/.test(id) ? await getJob(bus, id) : null;
  if (stored === null) throw new NotFound(`there is no job named ${id}`, 'id', 'GET /v1/jobs lists the jobs.');
  return stored;
}

function submission(body: unknown): { job: unknown; dataHash: string } {
  const { job, dataHash, ...rest } = (typeof body === 'object' && body !== null ? body : {}) as { job?: unknown; dataHash?: unknown };
  const unknown = Object.keys(rest)[0];
  if (job === undefined || typeof dataHash !== 'string' || !/^[0-9a-f]{64}$/.test(dataHash) || unknown !== undefined) {
    throw new BasinetError('JOB_INVALID', 'a submission is {"job": {…}, "dataHash": "64 hexadecimal digits"}', {
      path: unknown ?? (job === undefined ? 'job' : 'dataHash'),
      remedy: 'Send the job as docs/job.schema.json describes it, and the SHA-256 under which its data set was uploaded.',
    });
  }
  return { job, dataHash };
}

function sendBytes(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.type('application/x-protobuf; messageType="basinet.v1.PartitionStatistics"').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
