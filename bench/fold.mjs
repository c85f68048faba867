// fold: draws per second of core time that one aggregator folds on the 407,050-parameter network, all statistics on.
import { createHash, randomBytes } from 'node:crypto';
import { PartitionFold } from '../dist/aggregator/fold.js';
import { foldModel } from '../dist/aggregator/model.js';
import { diagnose, partitionStatistics } from '../dist/aggregator/statistics.js';
import { encodeSnapshot } from '../dist/aggregator/snapshot.js';
import { decodeSlot, encodeSlot } from '../dist/bus/codec.js';
import { slotSubject } from '../dist/bus/names.js';
import { resolveJob } from '../dist/job/load.js';
import { modelOf } from '../dist/job/plan.js';
import { permutationApplier } from '../dist/rebasin/index.js';
import { goal } from './support/measure.mjs';

const CHAINS = 4;
/** Kept draws per chain of the job, of which the first few are folded before the clock starts. */
const DRAWS = 24;
const WARM = 4;
const PROBE_ROWS = 1000;
const CLASSES = 10;

export const description = `One aggregator's fold of 784-512-10 (407,050 parameters), from the bytes of a slot: SHA-256, decoding, judging, alignment to
the reference, and the statistics: those that every job keeps (raw and aligned moments, R-hat and ESS, and a probe of 1,000 rows), then all there are
(full). Half of the chains are relabelled neighbours of the reference, half are networks of their own; within a chain draws wander as HMC's do.
Measured in CPU time of the whole process, garbage collection included.`;

/** Settings beyond the defaults that a full fold has: everything that costs time at every draw. */
const FULL = [
  { statistics: { control: 'scrambled', quantiles: [0.05, 0.5, 0.95], lowRank: 10 } },
  { inference: { start: { from: 'prior', chainsPerStart: 2 } } },
];

export async function run({ say = () => {} } = {}) {
  const usual = foldOf(jobWith([]), say);
  const full = foldOf(jobWith(FULL), say);
  const of = ({ draws_per_core_second, parameters, ...figures }) => ({ draws_per_core_second, ...figures });
  const named = Object.fromEntries(Object.entries(of(full)).map(([name, value]) => [`${name}_full`, value]));
  return {
    figures: { parameters: usual.parameters, ...of(usual), ...named },
    goals: [goal('draws_per_core_second', usual.draws_per_core_second, 30), goal('draws_per_core_second_full', full.draws_per_core_second, 20)],
  };
}

function jobWith(options) {
  const inference = Object.assign({ chains: CHAINS, warmup: 0, draws: DRAWS, leapfrogSteps: 1, adaptStepSize: false }, ...options.map((option) => option.inference));
  return resolveJob({
    name: 'fold',
    data: { train: { format: 'npy', inputs: 'inputs.npy', targets: 'targets.npy' } },
    network: { hidden: [{ width: 512 }] },
    probe: { rows: PROBE_ROWS },
    ...Object.assign({}, ...options),
    inference,
  });
}

function foldOf(job, say) {
  const data = dataset();
  const { network, posterior } = modelOf(job, data.shape);
  const fold = new PartitionFold(foldModel(job, data), 0);

  const chains = Array.from({ length: CHAINS }, (_, chain) => new SyntheticChain(chain, network, posterior));
  fold.setReference({ version: 1, position: chains[0].position() });
  for (const chain of chains) fold.fold(entryOf(chain.claim(), chain.index, 0));

  const parts = { hash: 0, decode: 0, fold: 0 };
  let cpu = 0;
  let folded = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    for (const chain of chains) {
      const payload = chain.slot();
      const before = process.cpuUsage();
      const entry = entryOf(payload, chain.index, draw + 1, draw < WARM ? null : parts);
      const start = performance.now();
      const outcome = fold.fold(entry);
      if (draw >= WARM) parts.fold += performance.now() - start;
      const spent = process.cpuUsage(before);
      if (outcome.draws !== 1) throw new Error(`a draw was not folded: ${outcome.quarantined}`);
      if (draw < WARM) continue;
      cpu += (spent.user + spent.system) / 1e6;
      folded++;
    }
  }
  const moved = fold.chains.map(({ trace }) => trace.transpositions.at(-1));
  say(`  ${folded} draws in ${cpu.toFixed(2)} s of CPU time; transpositions of the last draws: ${moved.join(', ')}`);
  const each = (milliseconds) => milliseconds / folded;
  const perSecond = folded / cpu;
  return {
    draws_per_core_second: perSecond,
    parameters: posterior.dimension,
    milliseconds_per_draw: (1000 * cpu) / folded,
    milliseconds_sha256: each(parts.hash),
    milliseconds_decode: each(parts.decode),
    milliseconds_judge_align_statistics: each(parts.fold),
    milliseconds_diagnostics: timed(() => diagnose(fold)),
    milliseconds_statistics: timed(() => partitionStatistics(fold)),
    milliseconds_snapshot: timed(() => encodeSnapshot({ position: { createdAtMs: 0, firstSequence: 1, sequence: 1, hash: randomBytes(32) }, jobHash: randomBytes(32), fold: fold.state() })),
  };
}

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** As the log reader makes it of a message. */
function entryOf(payload, chain, slot, parts = null) {
  const start = performance.now();
  const hash = sha256(payload);
  const hashed = performance.now();
  const body = decodeSlot(payload);
  if (parts) {
    parts.hash += hashed - start;
    parts.decode += performance.now() - hashed;
  }
  return { subject: slotSubject('fold', 0, chain, slot), chain, slot, sequence: slot + 1, hash, time: new Date(0), body, error: null };
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** A chain that wanders about its mode, and the bytes of its slots. */
class SyntheticChain {
  #slot = 0;
  #hash = new Uint8Array(0);

  constructor(index, network, posterior) {
    this.index = index;
    this.next = normals(index + 1);
    this.posterior = posterior;
    // Even chains share a mode and differ in their labels; odd ones have a mode of their own.
    const mode = modeOf(network, normals(index % 2 === 0 ? 1000 : 1000 + index));
    this.current = new Float32Array(posterior.dimension);
    permutationApplier(network, posterior.tensors)(mode, network.groups.map(({ size }) => shuffled(size, this.next)), this.current);
  }

  position() {
    return this.current.slice();
  }

  claim() {
    return this.#write({ kind: 'claim', worker: 'bench', deviceClass: 'reference', nonce: randomBytes(16) });
  }

  slot() {
    const iteration = this.#slot;
    if (iteration > 1) for (let i = 0; i < this.current.length; i++) this.current[i] = 0.98 * this.current[i] + 0.004 * this.next();
    const draw = {
      phase: 'sampling',
      iteration,
      position: this.current,
      info: {
        potentialEnergy: 1000, kineticEnergy: 500, energyError: 0.1, acceptanceRate: 0.9, accepted: true, divergent: false, stepSize: 0.01,
        leapfrogSteps: 20, priorEnergy: 500, likelihoodEnergy: 500, totalGradients: 20 * iteration, totalDivergences: 0, meanAcceptanceRate: 0.9,
      },
      adaptation: iteration > 1 ? null : {
        stepSize: 0.01, logStepSize: -4.6, logStepSizeAverage: -4.6, errorAverage: 0, logStepSizeAnchor: -2.3, stepSizeUpdates: 0, inverseMassMatrix: null, window: null,
      },
      kernel: null,
      probeOutputs: Float32Array.from({ length: PROBE_ROWS * CLASSES }, this.next),
    };
    return this.#write({ kind: 'draws', draws: [draw], adaptationSlot: 1 });
  }

  #write(body) {
    const payload = encodeSlot({ epoch: 1, previousHash: this.#hash, claimSlot: 0, body });
    this.#hash = sha256(payload);
    this.#slot++;
    return payload;
  }
}

/** Weights as a trained network has them: of scale 1/√inputs. */
function modeOf(network, next) {
  const mode = new Float32Array(network.dimension);
  network.layers.forEach((layer, k) => {
    for (const { offset, size } of network.tensors.slice(2 * k, 2 * k + 2)) {
      for (let i = offset; i < offset + size; i++) mode[i] = next() / Math.sqrt(layer.inputs);
    }
  });
  return mode;
}

function dataset() {
  const next = normals(1);
  const train = {
    rows: PROBE_ROWS,
    features: 784,
    inputs: Float32Array.from({ length: PROBE_ROWS * 784 }, next),
    targets: Int32Array.from({ length: PROBE_ROWS }, (_, row) => row % CLASSES),
  };
  const scaling = { mean: null, std: null };
  const shape = { features: 784, outputs: CLASSES, trainRows: PROBE_ROWS, testRows: 0, targetKind: 'class' };
  return { train, test: null, outOfDistribution: [], shape, inputScaling: scaling, targetScaling: scaling, notes: [] };
}

function shuffled(size, next) {
  const keys = Float64Array.from({ length: size }, next);
  return Int32Array.from(Int32Array.from({ length: size }, (_, i) => i)).sort((a, b) => keys[a] - keys[b]);
}

/** Standard normal numbers of a seed: a sum of uniforms of a linear congruential generator is near enough here. */
function normals(seed) {
  let state = (seed * 2654435761) >>> 0;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return () => uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() + uniform() - 6;
}
