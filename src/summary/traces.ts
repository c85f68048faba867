// Per-draw scalars of every chain, from the partitions' statistics, and what they say of the sampler.
import { wire, type basinet } from '../bus/wire.js';
import { meanOf, stdOf } from './distribution.js';
import { METHODS, type MethodName } from './methods.js';

type PartitionStatistics = basinet.v1.IPartitionStatistics;

/** One chain's kept draws in order; every array has one entry a draw unless it says otherwise. */
export interface ChainTrace {
  readonly chain: number;
  readonly iteration: readonly number[];
  readonly potentialEnergy: readonly number[];
  readonly kineticEnergy: readonly number[];
  readonly energyError: readonly number[];
  readonly acceptanceRate: readonly number[];
  readonly divergent: readonly boolean[];
  readonly stepSize: readonly number[];
  readonly leapfrogSteps: readonly number[];
  /** Euclidean distance to the reference before and after alignment; empty where nothing was aligned. */
  readonly distanceBefore: readonly number[];
  readonly distanceAfter: readonly number[];
  /** [draws, groups] row-major: number of transpositions; empty where nothing was aligned. */
  readonly transpositions: readonly number[];
  /** [draws, units of all groups] as the wire has them (ChainTrace.relabellings); empty where nothing was aligned. */
  readonly relabellings: Uint8Array;
  /** What computed the chain: from which record on, and its device class. Empty where the draws do not say. */
  readonly devices: readonly { readonly iteration: number; readonly deviceClass: string }[];
  /** Checkpoints of the warmup. */
  readonly warmup: {
    readonly iteration: readonly number[];
    readonly potentialEnergy: readonly number[];
    readonly acceptanceRate: readonly number[];
    readonly stepSize: readonly number[];
  };
}

/** All chains of all partitions, by chain number. */
export function tracesOf(partitions: readonly PartitionStatistics[]): ChainTrace[] {
  return partitions
    .flatMap(({ traces }) => traces ?? [])
    .map((given) => {
      const trace = wire.ChainTrace.create(given);
      return {
        chain: trace.chain,
        iteration: trace.iteration.map(Number),
        potentialEnergy: trace.potentialEnergy,
        kineticEnergy: trace.kineticEnergy,
        energyError: trace.energyError,
        acceptanceRate: trace.acceptanceRate,
        divergent: trace.divergent,
        stepSize: trace.stepSize,
        leapfrogSteps: trace.leapfrogSteps,
        distanceBefore: trace.distanceBefore,
        distanceAfter: trace.distanceAfter,
        transpositions: trace.transpositions,
        relabellings: trace.relabellings,
        devices: trace.devices.map(({ iteration, deviceClass }) => ({ iteration: Number(iteration ?? 0), deviceClass: deviceClass ?? '' })),
        warmup: {
          iteration: trace.warmupIteration.map(Number),
          potentialEnergy: trace.warmupPotentialEnergy,
          acceptanceRate: trace.warmupAcceptanceRate,
          stepSize: trace.warmupStepSize,
        },
      };
    })
    .sort((a, b) => a.chain - b.chain);
}

/** Transpositions of group `group` per draw. */
export function transpositionsOf(trace: ChainTrace, group: number, groups: number): number[] {
  return trace.iteration.flatMap((_, draw) => trace.transpositions[draw * groups + group] ?? []);
}

/**
 * Energy Bayesian fraction of missing information, Σ (E_n − E_{n−1})² / Σ (E_n − Ē)² (Betancourt 2016, arXiv
 * 1604.00695), over kept draws. Below about 0.3 the momentum refreshment explores the energies too slowly.
 */
export function energyFraction(trace: ChainTrace): number | null {
  const energy = trace.potentialEnergy.map((potential, i) => potential + trace.kineticEnergy[i]!);
  const std = stdOf(energy);
  if (std === null || std === 0) return null;
  let jumps = 0;
  for (let i = 1; i < energy.length; i++) jumps += (energy[i]! - energy[i - 1]!) ** 2;
  return jumps / (energy.length - 1) / std ** 2;
}

/** The row of summary.json about one chain. `gradients` as the chain's last draw counts them. */
export function describeChain(trace: ChainTrace, gradients: number, method: MethodName) {
  return {
    chain: trace.chain,
    draws: trace.iteration.length,
    acceptanceRate: meanOf(trace.acceptanceRate),
    divergences: trace.divergent.filter(Boolean).length,
    // The fraction is about momenta that are drawn afresh.
    ebfmi: METHODS[method].tested ? energyFraction(trace) : null,
    stepSize: meanOf(trace.stepSize.slice(-1)),
    leapfrogSteps: meanOf(trace.leapfrogSteps),
    potentialEnergyMean: meanOf(trace.potentialEnergy),
    potentialEnergyStd: stdOf(trace.potentialEnergy),
    gradients,
    devices: [...trace.devices],
  };
}
