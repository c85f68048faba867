// Says in the cluster what this worker has, again and again, and looks what others have.
import { availableParallelism, hostname, totalmem } from 'node:os';
import type { Bus } from '../bus/connection.js';
import type { ResourceClass } from '../bus/names.js';
import { ANNOUNCE_MS, announceWorker, listWorkers, withdrawWorker } from '../bus/workers.js';
import type { Gpu } from '../engine/tfjs/gpu.js';
import { VERSION } from '../version.js';
import type { WorkerEngines } from './engines.js';
import { canTake, type ChainNeeds } from './needs.js';

/** What a worker is. */
export interface WorkerSelf {
  readonly name: string;
  /** Chains at once. */
  readonly slots: number;
  readonly resources: ResourceClass;
  readonly gpus: readonly Gpu[];
  readonly engines: WorkerEngines;
}

export class Announcer {
  private readonly startedAtMs = Date.now();

  /** @param chains - that the worker runs now */
  constructor(
    private readonly bus: Bus,
    private readonly self: WorkerSelf,
    private readonly chains: () => number,
  ) {}

  /** Announces until `end`. What does not get through is dropped: the next is soon to come, and nothing rests on one of them. */
  start(): { end(abruptly: boolean): Promise<void> } {
    const say = () => void announceWorker(this.bus, this.announcement()).catch(() => undefined);
    say();
    const again = setInterval(say, ANNOUNCE_MS);
    return {
      end: async (abruptly) => {
        clearInterval(again);
        if (!abruptly && !this.bus.nc.isClosed()) await withdrawWorker(this.bus, this.self.name).catch(() => undefined);
      },
    };
  }

  /**
   * Whether another worker that lives can take such a chain, by what both say; false where nobody knows, and where this one, which could
   * not, says that it can: so may the other.
   */
  async servedElsewhere(needs: ChainNeeds): Promise<boolean> {
    if (canTake(this.announcement(), needs)) return false;
    try {
      return (await listWorkers(this.bus)).some((worker) => worker.name !== this.self.name && canTake(worker, needs));
    } catch {
      return false;
    }
  }

  private announcement() {
    const { name, slots, resources, gpus, engines } = this.self;
    return {
      name,
      host: hostname(),
      resourceClass: resources,
      slots,
      chains: this.chains(),
      ...engines.announced(),
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      gpus: gpus.map((gpu) => ({ name: gpu.name, memoryBytes: gpu.memoryBytes, driver: gpu.driver })),
      version: VERSION,
      startedAtMs: this.startedAtMs,
    };
  }
}
