// What goes on on a test's nats-server, in lines for whoever reads why a test waits.
import { connectBus } from '../../src/bus/connection.js';
import { logIdentity } from '../../src/bus/drawLog.js';
import { listFailures } from '../../src/bus/failures.js';
import { listJobs } from '../../src/bus/jobStore.js';
import { TASK_CLASSES, TASK_STREAM, taskConsumer } from '../../src/bus/names.js';
import { latestStatus } from '../../src/bus/status.js';
import { listWorkers } from '../../src/bus/workers.js';
import type { TestServer } from './nats.js';

/** Rejects where the server does not answer. */
export async function describeCluster({ server: { url, user, pass } }: TestServer): Promise<string> {
  const bus = await connectBus({ servers: url, user, pass, name: 'describe' });
  try {
    const lines: string[] = [];
    for (const { record } of await listJobs(bus)) {
      const { lastSequence } = (await logIdentity(bus, record.id).catch(() => null)) ?? { lastSequence: 'no log' };
      lines.push(`job ${record.id}: ${record.state}, log ${lastSequence}${record.failure ? `, ${JSON.stringify(record.failure)}` : ''}`);
      for (const [chain, { activity, epoch, worker, iteration }] of (await latestStatus(bus, record.id)).chains) lines.push(`  chain ${chain}: ${activity}, epoch ${epoch}, iteration ${iteration}, ${worker}`);
      for (const [chain, failures] of await listFailures(bus, record.id)) lines.push(`  chain ${chain} failed: ${JSON.stringify(failures)}`);
    }
    for (const worker of await listWorkers(bus)) lines.push(`worker ${JSON.stringify(worker)}`);
    for (const name of TASK_CLASSES) {
      const info = await bus.jsm.consumers.info(TASK_STREAM, taskConsumer(name)).catch(() => null);
      if (info) lines.push(`queue ${name}: ${info.num_pending} wait, ${info.num_ack_pending} in hand, ${info.num_redelivered} handed out again, ${info.num_waiting} fetches, last ${JSON.stringify(info.delivered)}`);
    }
    return lines.join('\n');
  } finally {
    await bus.nc.close();
  }
}
