// The native engine: C++ kernels behind the engine contract, for the best instruction set of this processor.
import { BasinetError } from '../errors.js';
import { ACTIVATIONS } from '../network/network.js';
import type { Likelihood, Posterior } from '../posterior/posterior.js';
import { loadAddon } from './addon.js';
import { checkBatch, checkDataset } from './dataset.js';
import { checkRows, hiddenWidths, wrongLength } from './lengths.js';
import type { Dataset, Engine, EngineOptions, EnginePotential } from './engine.js';

/** Best first; `portable` is always there. */
export type InstructionSet = 'avx512' | 'avx2' | 'neon' | 'portable';

export interface CpuFeatures {
  /** Those that the addon has kernels for and this processor runs, best first. */
  readonly instructionSets: readonly InstructionSet[];
  /** The processor's flags, by their usual names, as far as the engine asks for them. */
  readonly features: readonly string[];
}

declare const handleBrand: unique symbol;
interface Handle {
  readonly [handleBrand]: true;
}

/** What native/engine.cc and native/cpu.cc register. */
interface EngineAddon {
  createPotential(
    instructionSet: InstructionSet,
    threads: number,
    rows: number,
    layers: Float64Array,
    priors: Float64Array,
    likelihood: Float64Array,
    inputs: Float32Array,
    targets: Int32Array | Float32Array,
  ): Handle;
  disposePotential(handle: Handle): void;
  evaluatePotential(handle: Handle, position: Float32Array, gradient: Float32Array, parts: Float64Array): number;
  evaluateBatch(handle: Handle, position: Float32Array, rows: Int32Array, gradient: Float32Array, parts: Float64Array): number;
  trajectory(
    handle: Handle,
    position: Float32Array,
    momentum: Float32Array,
    gradient: Float32Array,
    inverseMassMatrix: Float32Array,
    stepSize: number,
    steps: number,
    energyLimit: number,
    parts: Float64Array,
  ): number;
  predict(handle: Handle, position: Float32Array, inputs: Float32Array, rows: number, outputs: Float32Array): void;
  activations(handle: Handle, position: Float32Array, inputs: Float32Array, rows: number, outputs: readonly Float32Array[]): void;
  cpuInfo(): CpuFeatures;
  fmaPeak(threads: number, milliseconds: number): number;
}

/**
 * The engine on this processor's best instruction set, or on `instructionSet`, or on what the environment variable
 * BASINET_ISA names.
 *
 * @throws BasinetError ENGINE_UNAVAILABLE where the addon cannot be loaded or the instruction set is not to be had
 */
export function nativeEngine(instructionSet?: InstructionSet): Engine {
  const addon = requireAddon();
  const { instructionSets } = addon.cpuInfo();
  const wanted = instructionSet ?? process.env.BASINET_ISA ?? instructionSets[0];
  const chosen = instructionSets.find((name) => name === wanted);
  if (chosen === undefined) {
    throw new BasinetError('ENGINE_UNAVAILABLE', `this processor or build does not have the instruction set ${String(wanted)}`, {
      path: instructionSet === undefined ? 'BASINET_ISA' : 'instructionSet',
      value: wanted,
      remedy: `Choose one of ${instructionSets.join(', ')}, or none for the best.`,
    });
  }
  return {
    name: 'native',
    deviceClass: `native-${chosen}`,
    potential: (posterior, data, options) => createPotential(addon, chosen, posterior, data, options),
  };
}

/** Null where the addon cannot be loaded. */
export function cpuFeatures(): CpuFeatures | null {
  const status = loadAddon();
  return status.available ? (status.addon as unknown as EngineAddon).cpuInfo() : null;
}

/** Instruction sets that a native engine may be made for here, best first: all, or the one that BASINET_ISA names. None where the addon cannot be loaded. */
export function instructionSets(): readonly InstructionSet[] {
  const sets = cpuFeatures()?.instructionSets ?? [];
  const forced = process.env.BASINET_ISA;
  return forced === undefined ? sets : sets.filter((name) => name === forced);
}

/**
 * Rate of single-precision fused multiply-adds of `threads` cores busy at once, in GFLOP/s, measured for
 * `milliseconds`. Null where the addon cannot be loaded.
 */
export function measureFmaPeak(threads: number, milliseconds = 200): number | null {
  const status = loadAddon();
  return status.available ? (status.addon as unknown as EngineAddon).fmaPeak(threads, milliseconds) : null;
}

function requireAddon(): EngineAddon {
  const status = loadAddon();
  if (status.available) return status.addon as unknown as EngineAddon;
  throw new BasinetError('ENGINE_UNAVAILABLE', `the native engine is not available: ${status.reason}`, {
    remedy: 'Run npm run build:native with a C++20 compiler installed, or use the reference engine.',
  });
}

function createPotential(
  addon: EngineAddon,
  instructionSet: InstructionSet,
  posterior: Posterior,
  data: Dataset,
  { threads }: EngineOptions,
): EnginePotential {
  checkDataset(posterior, data);
  if (!Number.isInteger(threads) || threads < 1 || threads > 1024) {
    throw new BasinetError('ARGUMENT_INVALID', `an evaluation cannot use ${threads} threads`, {
      path: 'threads',
      value: threads,
      remedy: 'Give a whole number from 1 to 1024.',
    });
  }
  const { dimension, network } = posterior;
  let handle: Handle | null = addon.createPotential(
    instructionSet,
    threads,
    data.rows,
    packLayers(posterior),
    packPriors(posterior),
    packLikelihood(posterior),
    data.inputs,
    data.targets,
  );
  // Prior energy, likelihood energy, steps taken.
  const parts = new Float64Array([NaN, NaN, 0]);

  const live = (): Handle => {
    if (handle === null) throw new BasinetError('INTERNAL', 'the potential has been disposed of');
    return handle;
  };
  const check = (name: string, array: Float32Array): void => {
    if (array.length !== dimension) throw wrongLength(name, array.length, dimension);
  };

  return {
    dimension,
    rows: data.rows,
    valueAndGradient(position, gradient) {
      const own = live();
      check('position', position);
      check('gradient', gradient);
      return addon.evaluatePotential(own, position, gradient, parts);
    },
    batchValueAndGradient(position, rows, gradient) {
      const own = live();
      check('position', position);
      check('gradient', gradient);
      checkBatch(rows, data.rows);
      return addon.evaluateBatch(own, position, rows, gradient, parts);
    },
    trajectory(position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit) {
      const own = live();
      check('position', position);
      check('momentum', momentum);
      check('gradient', gradient);
      check('inverse mass matrix', inverseMassMatrix);
      const energy = addon.trajectory(own, position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit, parts);
      return { energy, stepsTaken: parts[2]! };
    },
    parts() {
      live();
      return { prior: parts[0]!, likelihood: parts[1]! };
    },
    predict(position, inputs, rows, outputs) {
      const own = live();
      check('position', position);
      checkRows(network, inputs, rows, [outputs], [network.outputs]);
      addon.predict(own, position, inputs, rows, outputs);
    },
    activations(position, inputs, rows, outputs) {
      const own = live();
      check('position', position);
      checkRows(network, inputs, rows, outputs, hiddenWidths(network));
      addon.activations(own, position, inputs, rows, outputs);
    },
    dispose() {
      if (handle !== null) addon.disposePotential(handle);
      handle = null;
    },
  };
}

/** Per layer: inputs, outputs, activation, offsets of weight and bias. */
function packLayers({ network }: Posterior): Float64Array {
  return Float64Array.from(
    network.layers.flatMap((layer, k) => [
      layer.inputs,
      layer.outputs,
      ACTIVATIONS.indexOf(layer.activation),
      network.tensors[2 * k]!.offset,
      network.tensors[2 * k + 1]!.offset,
    ]),
  );
}

/** Per tensor: offset, size, prior mean, prior standard deviation. */
function packPriors({ tensors, priors }: Posterior): Float64Array {
  return Float64Array.from(tensors.flatMap((tensor, t) => [tensor.offset, tensor.size, priors[t]!.mean, priors[t]!.std]));
}

const LIKELIHOOD_KINDS: readonly Likelihood['kind'][] = ['categorical', 'gaussian', 'gaussian-learned'];

/** Kind, noise standard deviation, index of its logarithm in the position, temperature, dimension. */
function packLikelihood({ likelihood, dimension, temperature }: Posterior): Float64Array {
  const noiseStd = likelihood.kind === 'gaussian' ? likelihood.noiseStd : 1;
  return Float64Array.of(LIKELIHOOD_KINDS.indexOf(likelihood.kind), noiseStd, dimension - 1, temperature, dimension);
}
