// The thread in which the reference is fitted, so that leases, pings and metrics go on meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../bus/failure.js';
import { fitMap } from './mapFit.js';
import type { MapAnswer, MapInput } from './mapReference.js';

function answer(): MapAnswer {
  try {
    const { job, data, threads } = workerData as MapInput;
    return { position: fitMap(job, data, threads) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

parentPort!.postMessage(answer());
