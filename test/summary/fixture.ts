// A job in miniature: real chains on a small data set through the reference engine, folded as an aggregator folds.
import type { JobData } from '../../src/data/dataset.js';
import type { Engine } from '../../src/engine/engine.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { startChain } from '../../src/inference/run.js';
import { gridOf, modelOf } from '../../src/job/plan.js';
import type { Job } from '../../src/job/schema.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { createAligner, createControl, oneLineOf, type OneLine, type Relabelling } from '../../src/rebasin/index.js';
import { ChainMoments, DyadicHistogram, LowRankCovariance, mergeHistograms, mergeLowRank, mergeMoments } from '../../src/stats/index.js';
import type { basinet } from '../../src/bus/wire.js';
import { bytesOf } from '../../src/bus/bytes.js';
import { decodePartitionStatistics, encodePartitionStatistics, histogramsToWire, lowRankToWire, momentsToWire } from '../../src/bus/statistics.js';
import { wire } from '../../src/bus/wire.js';
import type { ResultDraw } from '../../src/summary/index.js';

export interface SampledJob {
  readonly posterior: Posterior;
  readonly partitions: basinet.v1.PartitionStatistics[];
  /** Warmup checkpoints and draws of each chain, as its log holds them. */
  readonly records: ReadonlyMap<number, readonly ResultDraw[]>;
}

/** Samples every chain to its end. The reference is the first draw of chain 0. */
export function sampleJob(job: Job, data: JobData, engine: Engine = referenceEngine()): SampledJob {
  const { network, posterior } = modelOf(job, data.shape);
  const potential = engine.potential(posterior, data.train, { threads: 1 });
  const probe = data.test ?? data.train;
  const records = new Map<number, ResultDraw[]>();
  const { control: kind, quantiles, lowRank } = job.statistics;
  const control = kind === 'none' ? null : createControl(kind, network, posterior.tensors);
  const folds: { chain: number; raw: ChainMoments; aligned: ChainMoments; control: ChainMoments; histograms: DyadicHistogram; covariance: LowRankCovariance; outputs: ChainMoments; trace: basinet.v1.ChainTrace }[] = [];
  let reference: Float32Array | null = null;
  for (let chain = 0; chain < job.inference.chains; chain++) {
    const sampler = startChain({ seed: job.seed, chain, inference: job.inference, checkpointEvery: job.log.warmupCheckpointEvery }, potential, posterior);
    const log: ResultDraw[] = [];
    const moments = () => new ChainMoments(posterior.dimension, { draws: gridOf(job).draws });
    const raw = moments();
    const aligned = moments();
    const shuffled = moments();
    const histograms = new DyadicHistogram(posterior.dimension);
    const covariance = new LowRankCovariance(posterior.dimension, Math.max(1, lowRank));
    const outputs = new ChainMoments(probe.rows * network.outputs, { draws: gridOf(job).draws });
    const trace = wire.ChainTrace.create({ chain });
    const lines: OneLine[] = [];
    let previous: Relabelling | null = null;
    for (let record = sampler.next(); record !== null; record = sampler.next()) {
      log.push(record);
      const { info } = record;
      if (record.phase === 'warmup') {
        trace.warmupIteration.push(record.iteration);
        trace.warmupPotentialEnergy.push(info.potentialEnergy);
        trace.warmupAcceptanceRate.push(info.acceptanceRate);
        trace.warmupStepSize.push(info.stepSize);
        continue;
      }
      reference ??= record.position;
      const relabelled = new Float32Array(posterior.dimension);
      const aligner = createAligner(network, posterior.tensors, reference, { maxSweeps: 50 });
      const alignment = aligner.align(record.position, relabelled, previous);
      previous = alignment;
      lines.push(oneLineOf(alignment));
      raw.update(record.position);
      aligned.update(relabelled);
      histograms.update(relabelled);
      covariance.update(relabelled);
      if (control !== null) {
        aligner.align(control.shuffle({ seed: job.seed, chain, iteration: record.iteration }, record.position), relabelled, null);
        shuffled.update(relabelled);
      }
      const predictions = new Float32Array(probe.rows * network.outputs);
      potential.predict(record.position, probe.inputs, probe.rows, predictions);
      outputs.update(predictions);
      trace.iteration.push(record.iteration);
      trace.potentialEnergy.push(info.potentialEnergy);
      trace.kineticEnergy.push(info.kineticEnergy);
      trace.energyError.push(info.energyError);
      trace.acceptanceRate.push(info.acceptanceRate);
      trace.divergent.push(info.divergent);
      trace.stepSize.push(info.stepSize);
      trace.leapfrogSteps.push(info.leapfrogSteps);
      trace.distanceBefore.push(alignment.distanceBefore);
      trace.distanceAfter.push(alignment.distanceAfter);
      trace.transpositions.push(...alignment.transpositions);
    }
    trace.relabellings = Buffer.concat(lines.map(bytesOf));
    records.set(chain, log);
    folds.push({ chain, raw, aligned, control: shuffled, histograms, covariance, outputs, trace });
  }
  const partitions = Array.from({ length: job.log.partitions }, (_, partition) => {
    const own = folds.filter(({ chain }) => chain % job.log.partitions === partition);
    const message = wire.PartitionStatistics.create({
      partition,
      chains: own.map(({ chain }) => chain),
      raw: momentsToWire(mergeMoments(own.map(({ raw }) => raw))),
      aligned: momentsToWire(mergeMoments(own.map(({ aligned }) => aligned))),
      control: control === null ? null : momentsToWire(mergeMoments(own.map((fold) => fold.control))),
      histograms: quantiles.length === 0 ? null : histogramsToWire(mergeHistograms(own.map(({ histograms }) => histograms.state()))),
      lowRank: lowRank === 0 ? null : lowRankToWire(mergeLowRank(own.map(({ covariance }) => covariance.state())).state()),
      probe: momentsToWire(mergeMoments(own.map(({ outputs }) => outputs))),
      reference: new Uint8Array(reference!.slice().buffer),
      referenceVersion: 1,
      traces: own.map(({ trace }) => trace),
    });
    // Through the wire, as in life.
    return decodePartitionStatistics(encodePartitionStatistics(message));
  });
  potential.dispose();
  return { posterior, partitions, records };
}

/** Draws of a chain as `writeResults` takes them. */
export function drawsOf(records: SampledJob['records']): (chain: number) => AsyncIterable<ResultDraw> {
  return async function* (chain) {
    await Promise.resolve();
    yield* records.get(chain) ?? [];
  };
}

/** Deterministic numbers in [0, 1): a Weyl sequence, enough to make up data. */
export function fakeUniforms(seed: number): () => number {
  let state = seed * 0.7548776662466927;
  return () => (state = (state + 0.6180339887498949) % 1);
}

/** Three classes of noisy 8 × 8 pictures: a bright row, a bright column, a bright diagonal. */
export function fakePictures(trainRows: number, testRows: number): JobData {
  const uniform = fakeUniforms(1);
  const split = (rows: number) => {
    const inputs = new Float32Array(rows * 64);
    const targets = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const target = row % 3;
      const place = Math.floor(uniform() * 8);
      targets[row] = target;
      for (let pixel = 0; pixel < 64; pixel++) {
        const [y, x] = [Math.floor(pixel / 8), pixel % 8];
        const lit = target === 0 ? y === place : target === 1 ? x === place : (x + place) % 8 === y;
        inputs[row * 64 + pixel] = (lit ? 0.7 : 0) + 0.6 * uniform() * uniform();
      }
    }
    return { rows, features: 64, inputs, targets };
  };
  return {
    train: split(trainRows),
    test: testRows > 0 ? split(testRows) : null,
    outOfDistribution: [],
    shape: { features: 64, outputs: 3, trainRows, testRows, targetKind: 'class' },
    inputScaling: { mean: null, std: null },
    targetScaling: { mean: null, std: null },
    notes: [],
  };
}

/** A noisy sine of the first of two inputs, targets standardised by mean 10 and standard deviation 4. */
export function fakeSine(trainRows: number, testRows: number): JobData {
  const uniform = fakeUniforms(2);
  const split = (rows: number) => {
    const inputs = new Float32Array(rows * 2);
    const targets = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      inputs[2 * row] = 2 * uniform() - 1;
      inputs[2 * row + 1] = 2 * uniform() - 1;
      targets[row] = Math.sin(3 * inputs[2 * row]!) + 0.3 * (uniform() + uniform() - 1);
    }
    return { rows, features: 2, inputs, targets };
  };
  return {
    train: split(trainRows),
    test: testRows > 0 ? split(testRows) : null,
    outOfDistribution: [],
    shape: { features: 2, outputs: 1, trainRows, testRows, targetKind: 'real' },
    inputScaling: { mean: null, std: null },
    targetScaling: { mean: Float64Array.of(10), std: Float64Array.of(4) },
    notes: [],
  };
}
