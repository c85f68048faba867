// The thread of a device: the only one that computes for the chains that share it. Holds the data; returns to its event loop between stacks.
import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset } from '../../engine/engine.js';
import type { Stack } from '../../engine/stack.js';
import type { TfjsSettings } from '../../engine/tfjs/settings.js';
import { BasinetError } from '../../errors.js';
import type { Posterior } from '../../posterior/posterior.js';
import { threadEngine } from '../threadEngine.js';
import { servePlaces } from './serve.js';
import type { Place } from './place.js';

/** What the thread is started with. Arrays of the data set lie on SharedArrayBuffers. */
export interface DeviceInput {
  /** Of the engine, without a width. */
  readonly deviceClass: string;
  readonly tfjs: TfjsSettings;
  readonly posterior: Posterior;
  readonly train: Dataset;
  /** As `Stack.width`. */
  readonly width: number;
}

/** Without a stack every chain is told why, when it asks. */
function openStack({ deviceClass, tfjs, posterior, train, width }: DeviceInput): Stack {
  try {
    const engine = threadEngine(deviceClass, tfjs);
    if (engine.stack === undefined) throw new BasinetError('INTERNAL', `the ${engine.name} engine computes no stacks`);
    return engine.stack(posterior, train, width);
  } catch (error) {
    const run = () => {
      throw error;
    };
    return { width, run, dispose: () => undefined };
  }
}

const join = servePlaces(openStack(workerData as DeviceInput));
parentPort!.on('message', (place: Place) => join(place));
