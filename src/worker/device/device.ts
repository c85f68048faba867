// The thread of a device as the main thread sees it: chains join it, and are woken where it dies.
import { MessageChannel, Worker } from 'node:worker_threads';
import { modelOf } from '../../job/plan.js';
import type { LoadedJob } from '../jobData.js';
import { GONE, newState, tell, type Place } from './place.js';
import type { DeviceInput } from './thread.js';

const MAIN = new URL('./thread.js', import.meta.url);

/** What computes a job's chains in stacks of `width`, on an engine of class `deviceClass`. */
export const deviceInput = ({ job, data }: LoadedJob, deviceClass: string, width: number): DeviceInput => ({
  deviceClass,
  tfjs: job.tfjs,
  posterior: modelOf(job, data.shape).posterior,
  train: data.train,
  width,
});

export class Device {
  private readonly worker: Worker;
  private readonly states: Int32Array[] = [];
  private gone = false;

  constructor(input: DeviceInput) {
    this.worker = new Worker(MAIN, { workerData: input });
    // What went wrong is told to those who asked; what nobody was told of ends the thread.
    this.worker.once('error', (error) => console.error(error));
    this.worker.once('exit', () => this.wake());
  }

  get ended(): boolean {
    return this.gone;
  }

  /** A place for one chain. Its port is to be handed to the chain's thread, with which the place ends. */
  join(): Place {
    const { port1, port2 } = new MessageChannel();
    const state = newState();
    this.states.push(new Int32Array(state));
    if (this.gone) tell(this.states.at(-1)!, GONE);
    else this.worker.postMessage({ port: port1, state } satisfies Place, [port1]);
    return { port: port2, state };
  }

  /** Ends the thread; whoever still waits for it is told that it is gone. */
  async close(): Promise<void> {
    await this.worker.terminate();
    this.wake();
  }

  private wake(): void {
    this.gone = true;
    for (const state of this.states) tell(state, GONE);
  }
}
