// A small job with planted permutations, its data, and its draws as functions of (chain, iteration): for tests of folds.
import type { LogEntry } from '../../src/bus/logReader.js';
import { decodeSlot, encodeSlot } from '../../src/bus/codec.js';
import { sha256 } from '../../src/bus/hash.js';
import { slotSubject } from '../../src/bus/names.js';
import type { Claim, DrawRecord, Draws } from '../../src/bus/records.js';
import { packJobData, unpackJobData, type PackedData } from '../../src/data/container.js';
import type { JobData } from '../../src/data/dataset.js';
import { PartitionFold } from '../../src/aggregator/fold.js';
import type { FoldState } from '../../src/aggregator/savedFold.js';
import { foldModel, type FoldModel } from '../../src/aggregator/model.js';
import type { DrawSource } from '../../src/aggregator/refold.js';
import { chainsOf, gridOf, modelOf, nextIteration, partitionOf } from '../../src/job/plan.js';
import { resolveJob } from '../../src/job/load.js';
import type { Job, JobInput } from '../../src/job/schema.js';
import { permutationApplier } from '../../src/rebasin/applyPermutations.js';
import { shuffled } from './shuffled.js';
import { normals } from './uniforms.js';

export interface TestJob {
  readonly job: Job;
  readonly packed: PackedData;
  readonly data: JobData;
  readonly model: FoldModel;
  /** All records of a chain, in order. */
  records(chain: number): DrawRecord[];
}

const FEATURES = 4;
const ROWS = 12;

/** Three classes, or one real target; 4-6-(3|1) unless `overrides` say otherwise. `reference`: what is in the file that the job names. */
export function testJob(name: string, overrides: Partial<JobInput> = {}, reference?: Float32Array): TestJob {
  const source = { format: 'csv' as const, file: 'data.csv', targets: [-1] };
  const job = resolveJob({
    name,
    data: { train: source },
    network: { hidden: [{ width: 6, activation: 'tanh' }] },
    inference: { chains: 4, warmup: 6, draws: 20, thin: 2, leapfrogSteps: 5 },
    probe: { rows: 5 },
    log: { warmupCheckpointEvery: 4, slotBytes: 2000, slotSeconds: 0.05 },
    ...overrides,
  });
  const categorical = job.likelihood.kind === 'categorical';
  const noise = normals(1);
  const identity = { mean: null, std: null };
  const packed = packJobData({
    train: {
      inputs: { dtype: 'F32', shape: [ROWS, FEATURES], data: Float32Array.from({ length: ROWS * FEATURES }, noise) },
      targets: categorical
        ? { dtype: 'I32', shape: [ROWS, 1], data: Int32Array.from({ length: ROWS }, (_, i) => i % 3) }
        : { dtype: 'F64', shape: [ROWS, 1], data: Float64Array.from({ length: ROWS }, noise) },
    },
    test: null,
    outOfDistribution: [],
    targetKind: categorical ? 'class' : 'real',
    outputs: categorical ? 3 : 1,
    inputScaling: identity,
    targetScaling: categorical ? identity : { mean: Float64Array.of(10), std: Float64Array.of(3) },
    ...(reference && { reference }),
    notes: [],
  });
  const data = unpackJobData(packed.bytes, job);
  return { job, packed, data, model: foldModel(job, data), records: (chain) => recordsOf(job, data, chain) };
}

function recordsOf(job: Job, data: JobData, chain: number): DrawRecord[] {
  const { network, posterior } = modelOf(job, data.shape);
  const apply = permutationApplier(network, posterior.tensors);
  const base = normals(7);
  const mode = Float32Array.from({ length: posterior.dimension }, base);
  const records: DrawRecord[] = [];
  for (let iteration = nextIteration(job, 0); iteration !== null; iteration = nextIteration(job, iteration)) {
    const noise = normals(1000 * chain + iteration);
    const near = mode.map((value) => value + 0.05 * noise());
    const position = new Float32Array(posterior.dimension);
    apply(near, network.groups.map((group, g) => shuffled(group.size, 31 * chain + g)), position);
    const sampling = iteration > gridOf(job).warmup;
    records.push({
      phase: sampling ? 'sampling' : 'warmup',
      iteration,
      position,
      info: {
        potentialEnergy: 50 + noise(),
        kineticEnergy: 10 + noise(),
        energyError: 0.1 * noise(),
        acceptanceRate: 0.8,
        accepted: true,
        divergent: false,
        stepSize: 0.01,
        leapfrogSteps: 5,
        priorEnergy: 20,
        likelihoodEnergy: 30,
        totalGradients: 5 * iteration,
        totalDivergences: 0,
        meanAcceptanceRate: 0.8,
      },
      adaptation: sampling && gridOf(job).warmup > 0 ? null : adaptation(),
      kernel: null,
      probeOutputs: sampling ? Float32Array.from({ length: job.probe.rows * data.shape.outputs }, noise) : null,
    });
  }
  return records;
}

const adaptation = (): NonNullable<DrawRecord['adaptation']> => ({
  stepSize: 0.01,
  logStepSize: Math.log(0.01),
  logStepSizeAverage: Math.log(0.01),
  errorAverage: 0,
  logStepSizeAnchor: 0,
  stepSizeUpdates: 3,
  inverseMassMatrix: null,
  window: null,
});

interface Tail {
  slot: number;
  hash: Uint8Array;
  epoch: number;
  claimSlot: number;
  adaptationSlot: number;
}

/** Writes a partition's slots without a server. */
export class LogBuilder {
  readonly entries: LogEntry[] = [];
  #sequence = 0;
  readonly #chains = new Map<number, Tail>();

  constructor(private readonly job: Job) {}

  claim(chain: number, epoch = this.#tail(chain).epoch + 1): LogEntry {
    const tail = this.#tail(chain);
    const body: Claim = { kind: 'claim', worker: 'w', deviceClass: 'reference', nonce: new Uint8Array(16) };
    const entry = this.raw(chain, tail.slot, encodeSlot({ epoch, previousHash: tail.hash, claimSlot: tail.slot, body }));
    tail.epoch = epoch;
    tail.claimSlot = entry.slot;
    return entry;
  }

  draws(chain: number, draws: readonly DrawRecord[], change: { readonly epoch?: number; readonly previousHash?: Uint8Array } = {}): LogEntry {
    const tail = this.#tail(chain);
    const { slot, hash, epoch, claimSlot } = tail;
    if (draws.some((draw) => draw.adaptation !== null)) tail.adaptationSlot = slot;
    const body: Draws = { kind: 'draws', draws, adaptationSlot: tail.adaptationSlot };
    return this.raw(chain, slot, encodeSlot({ epoch, previousHash: hash, claimSlot, body, ...change }));
  }

  /** Any payload in a slot; the chain goes on after it where it is the next. */
  raw(chain: number, slot: number, payload: Uint8Array): LogEntry {
    const tail = this.#tail(chain);
    const hash = sha256(payload);
    const entry = entryOf(slotSubject(this.job.name, partitionOf(this.job, chain), chain, slot), chain, slot, ++this.#sequence, payload);
    this.entries.push(entry);
    if (slot === tail.slot) Object.assign(tail, { slot: slot + 1, hash });
    return entry;
  }

  /** The chain has come to a slot that holds this already. */
  occupied(chain: number, entry: LogEntry): void {
    Object.assign(this.#tail(chain), { slot: entry.slot + 1, hash: entry.hash });
  }

  #tail(chain: number): Tail {
    const known = this.#chains.get(chain) ?? { slot: 0, hash: new Uint8Array(0), epoch: 0, claimSlot: 0, adaptationSlot: 0 };
    this.#chains.set(chain, known);
    return known;
  }
}

function entryOf(subject: string, chain: number, slot: number, sequence: number, payload: Uint8Array): LogEntry {
  const head = { subject, chain, slot, sequence, hash: sha256(payload), time: new Date(0) };
  try {
    return { ...head, body: decodeSlot(payload) as LogEntry['body'], error: null };
  } catch (error) {
    return { ...head, body: null, error: (error as Error).message };
  }
}

/** A whole partition, chains taking turns: `sizes` draws a slot, one claim each. */
export function wholeLog(test: TestJob, chains: readonly number[], sizes = 3): LogBuilder {
  const log = new LogBuilder(test.job);
  const waiting = chains.map((chain) => ({ chain, records: test.records(chain) }));
  for (const { chain } of waiting) log.claim(chain);
  while (waiting.some((each) => each.records.length > 0)) {
    for (const each of waiting) if (each.records.length > 0) log.draws(each.chain, each.records.splice(0, sizes));
  }
  return log;
}

/** Folds entries under the first kept draw of chain 0, known from the beginning. */
export function foldEntries(test: TestJob, entries: readonly LogEntry[], { partition = 0, state = null, reference = firstDraw(test) }: FoldEntriesOptions = {}): PartitionFold {
  const fold = new PartitionFold(test.model, partition, state);
  fold.setReference({ version: 1, position: reference });
  for (const entry of entries) fold.fold(entry);
  return fold;
}

export interface FoldEntriesOptions {
  readonly partition?: number;
  readonly state?: FoldState | null;
  readonly reference?: Float32Array;
}

/** The first kept draw of chain 0. */
export const firstDraw = (test: TestJob): Float32Array => test.records(0).find(({ phase }) => phase === 'sampling')!.position;

/** The job's draws for `refold`, as an ended log would give them. */
export function sourceOf(test: TestJob): DrawSource {
  return {
    async *draws(chain) {
      await Promise.resolve();
      yield* test.records(chain).filter(({ phase }) => phase === 'sampling');
    },
    async feed(fold, _draws, onDraws) {
      for (const entry of wholeLog(test, chainsOf(test.job, fold.partition)).entries) onDraws(fold.fold(entry).draws);
      await Promise.resolve();
    },
  };
}
