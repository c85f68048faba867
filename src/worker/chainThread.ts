// The thread of one chain: samples without ever returning to its event loop, and sends each record to the main thread.
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../bus/failure.js';
import { arraysOf, type DrawRecord } from '../bus/records.js';
import type { EnginePotential } from '../engine/engine.js';
import { BasinetError } from '../errors.js';
import type { ChainRecord } from '../inference/chain.js';
import { resumeChain, startChain, type ChainObserver } from '../inference/run.js';
import { modelOf } from '../job/plan.js';
import { remotePotential } from './device/remote.js';
import { IN_FLIGHT, STOP, writeProgress, type ThreadInput, type ThreadMessage } from './protocol.js';
import { threadEngine } from './threadEngine.js';

/** Records of a fast chain are gathered so long at most … */
const GATHER_MS = 200;
/** … and for this share of the time that draws wait for their slot anyway. */
const GATHER_SHARE = 0.25;

const send = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => parentPort!.postMessage(message, transfer);

/** Runs to the last draw, or to an order to stop. */
function sample(input: ThreadInput): 'done' | 'stopped' {
  const { job, chain, resume } = input;
  const control = new Int32Array(input.control);
  const { posterior } = modelOf(job, input.shape);
  const potential = input.place ? remotePotential(posterior, input.train.rows, input.place) : threadEngine(input.deviceClass, job.tfjs).potential(posterior, input.train, { threads: input.threads });
  try {
    const spec = { seed: job.seed, chain, inference: job.inference, checkpointEvery: job.log.warmupCheckpointEvery };
    const observer = reportTo(new Float64Array(input.progress));
    const running = resume
      ? resumeChain(spec, potential, posterior, resume.record, resume.carried, observer)
      : startChain(spec, potential, posterior, observer);
    const shouldStop = () => Atomics.load(control, STOP) !== 0;
    const outbox = new Outbox(Math.min(GATHER_MS, GATHER_SHARE * 1000 * job.log.slotSeconds));
    try {
      while (!running.done) {
        if (isFull(control, input.maxInFlight)) {
          // What waits here would never make room.
          outbox.send();
          waitForRoom(control, input.maxInFlight);
        }
        const record = running.next(shouldStop);
        if (!record) break;
        Atomics.add(control, IN_FLIGHT, 1);
        outbox.put({ ...record, probeOutputs: probeOutputs(potential, record, input, posterior.network.outputs) });
      }
    } finally {
      outbox.send();
    }
    return running.done ? 'done' : 'stopped';
  } finally {
    potential.dispose();
  }
}

function reportTo(progress: Float64Array): ChainObserver {
  return {
    onStart: ({ mapSteps, potentialEnergy, totalGradients }) => writeProgress(progress, { mapSteps, potentialEnergy, totalGradients }),
    onTransition: (_phase, iteration, info) =>
      writeProgress(progress, {
        iteration,
        totalGradients: info.totalGradients,
        acceptanceRate: info.meanAcceptanceRate,
        stepSize: info.stepSize,
        divergences: info.totalDivergences,
        potentialEnergy: info.potentialEnergy,
      }),
  };
}

/** Records of a fast chain travel together: a message costs more than a small record. */
class Outbox {
  private records: DrawRecord[] = [];
  private sentAt = performance.now();

  constructor(private readonly gatherMs: number) {}

  /** Sends at once where the last message was sent a while ago, as it was for any chain that is not fast. */
  put(record: DrawRecord): void {
    this.records.push(record);
    if (performance.now() - this.sentAt >= this.gatherMs) this.send();
  }

  /** Arrays are handed over instead of copied: all of them are the record's own. */
  send(): void {
    if (this.records.length > 0) send({ type: 'records', records: this.records }, this.records.flatMap((record) => arraysOf(record).map((array) => array.buffer as ArrayBuffer)));
    this.records = [];
    this.sentAt = performance.now();
  }
}

const isFull = (control: Int32Array, maxInFlight: number): boolean => Atomics.load(control, IN_FLIGHT) >= maxInFlight;

/** Sleeps while too many records are on their way to the log; an order to stop ends the sleep. */
function waitForRoom(control: Int32Array, maxInFlight: number): void {
  for (;;) {
    const inFlight = Atomics.load(control, IN_FLIGHT);
    if (inFlight < maxInFlight || Atomics.load(control, STOP) !== 0) return;
    Atomics.wait(control, IN_FLIGHT, inFlight);
  }
}

function probeOutputs(potential: EnginePotential, record: ChainRecord, input: ThreadInput, outputs: number): Float32Array | null {
  const { probe } = input;
  if (!probe || record.phase !== 'sampling') return null;
  const predicted = new Float32Array(probe.rows * outputs);
  potential.predict(record.position, probe.inputs, probe.rows, predicted);
  // Readers refuse such a draw, and then every later one of the chain: it must fail here, where somebody is told.
  const bad = predicted.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new BasinetError('SAMPLER_FAILED', `chain ${input.chain}, iteration ${record.iteration}: the network's output on probe row ${Math.floor(bad / outputs)} is ${predicted[bad]}`, {
      path: 'probe',
      value: predicted[bad],
      remedy: 'Check the test data for huge values (data.inputs.standardize), or set probe.rows to 0.',
    });
  }
  return predicted;
}

try {
  send({ type: sample(workerData as ThreadInput) });
} catch (error) {
  send({ type: 'failed', failure: failureOf(error) });
}
