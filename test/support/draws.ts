// Draws with arbitrary but reproducible contents.
import type { DrawRecord } from '../../src/bus/records.js';

/** A kept draw. Its numbers are functions of the iteration. */
export function draw(iteration: number, dimension: number): DrawRecord {
  return {
    phase: 'sampling',
    iteration,
    position: Float32Array.from({ length: dimension }, (_, i) => Math.sin(iteration * 1000 + i)),
    info: {
      potentialEnergy: 100 + iteration / 7,
      kineticEnergy: iteration / 3,
      energyError: iteration % 5 === 0 ? Number.NaN : -iteration / 11,
      acceptanceRate: 1 / iteration,
      accepted: iteration % 2 === 0,
      divergent: iteration % 5 === 0,
      stepSize: 0.1 / iteration,
      leapfrogSteps: iteration % 17,
      priorEnergy: iteration / 13,
      likelihoodEnergy: 100,
      totalGradients: iteration * 20,
      totalDivergences: Math.floor(iteration / 5),
      meanAcceptanceRate: 0.75,
    },
    adaptation: null,
    kernel: null,
    probeOutputs: Float32Array.from({ length: 6 }, (_, i) => iteration + i / 8),
  };
}

/** A warmup checkpoint. */
export function warmupDraw(iteration: number, dimension: number): DrawRecord {
  return {
    ...draw(iteration, dimension),
    phase: 'warmup',
    probeOutputs: null,
    adaptation: {
      stepSize: 0.1 / iteration,
      logStepSize: Math.log(0.1 / iteration),
      logStepSizeAverage: -2.5,
      errorAverage: -0.01 * iteration,
      logStepSizeAnchor: Math.log(1),
      stepSizeUpdates: iteration,
      inverseMassMatrix: iteration % 2 === 0 ? Float32Array.from({ length: dimension }, (_, i) => 1 + i) : null,
      window:
        iteration % 3 === 0
          ? null
          : {
              count: iteration % 2,
              mean: Float64Array.from({ length: dimension }, (_, i) => i / 3),
              sumSquares: Float64Array.from({ length: dimension }, (_, i) => i * i),
            },
    },
  };
}
