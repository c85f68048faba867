// A job that has ended on a cluster, as its record, data and log hold it.
import { logSource } from '../../aggregator/index.js';
import type { Bus } from '../../bus/connection.js';
import { getJob, isEnded } from '../../bus/jobStore.js';
import { getDataset } from '../../bus/objects.js';
import { unpackJobData } from '../../data/container.js';
import type { JobData } from '../../data/dataset.js';
import { readFittingNetwork } from '../../data/fittingNetwork.js';
import { BasinetError } from '../../errors.js';
import { resolveJob } from '../../job/load.js';
import { modelOf, recordShape } from '../../job/plan.js';
import type { Job } from '../../job/schema.js';
import { fittedSource } from '../fittedSource.js';
import { refoldedJob, type RefoldSettings } from './settings.js';
import type { RefoldTarget } from './target.js';

/** Throws JOB_CONFLICT where there is no such job or it has not ended. */
export async function clusterTarget(bus: Bus, id: string, settings: RefoldSettings): Promise<RefoldTarget> {
  const stored = await getJob(bus, id);
  if (stored === null) throw new BasinetError('JOB_CONFLICT', `there is no job ${id} on this cluster`, { path: 'job', value: id, remedy: 'give the name of a job of this cluster, or leave --server out for a results directory' });
  const { record } = stored;
  if (!isEnded(record.state)) throw new BasinetError('JOB_CONFLICT', `job ${id} is ${record.state}: it has not ended`, { path: 'job', value: record.state, remedy: 'wait for its end: until then its aggregators fold it' });
  const own = resolveJob(JSON.parse(record.jobJson));
  const job = refoldedJob(own, settings);
  const data = await withReference(job, own, unpackJobData(await getDataset(bus, record.dataHash), job));
  const shape = recordShape(job, data.shape);
  return { job, data, source: logSource(bus, job, shape), fitted: fittedSource(bus, job, shape), earlier: null };
}

/** The job's own file is among its data; another one is read here. */
async function withReference(job: Job, own: Job, data: JobData): Promise<JobData> {
  const { reference } = job.rebasin;
  const before = own.rebasin.reference;
  if (typeof reference === 'string' || (typeof before !== 'string' && before.file === reference.file)) return data;
  return { ...data, reference: (await readFittingNetwork(modelOf(job, data.shape).posterior, reference.file)).position };
}
