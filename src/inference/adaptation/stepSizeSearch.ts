// A first step size: doubled or halved until one leapfrog step is accepted with a probability that crosses 0.8.
//
// The heuristic of Hoffman and Gelman 2014, algorithm 4, with Stan's threshold of 0.8 for one half.
import { BasinetError } from '../../errors.js';
import type { Key } from '../../random/index.js';
import { leapfrog } from '../integrator.js';
import { kineticEnergy, sampleMomentum, type Metric } from '../metric.js';
import type { Evaluated, SamplerPotential } from '../potential.js';

const LOG_THRESHOLD = Math.log(0.8);
const SMALLEST = 1e-12;
const LARGEST = 1e7;

export interface StepSizeSearch {
  readonly stepSize: number;
  /** Gradients spent, one per trial. */
  readonly gradients: number;
}

/**
 * Searches from `initial` at `point`, which it leaves alone. One momentum, a function of `key`, serves every trial.
 * Throws SAMPLER_FAILED where no step size in [1e-12, 1e7] will do.
 */
export function findReasonableStepSize(
  key: Key,
  potential: SamplerPotential,
  point: Evaluated,
  metric: Metric,
  initial: number,
): StepSizeSearch {
  const drawn = new Float32Array(potential.dimension);
  sampleMomentum(key, 'stepSizeSearch', metric, drawn);
  const startEnergy = point.potentialEnergy + kineticEnergy(metric, drawn);
  const position = new Float32Array(potential.dimension);
  const momentum = new Float32Array(potential.dimension);
  const gradient = new Float32Array(potential.dimension);

  /** Whether one step of this size keeps enough of the energy. */
  function passes(stepSize: number): boolean {
    position.set(point.position);
    momentum.set(drawn);
    gradient.set(point.gradient);
    const end = leapfrog(potential, position, momentum, gradient, metric.inverseMassMatrix, stepSize, 1, Number.MAX_VALUE);
    return startEnergy - end.energy - kineticEnergy(metric, momentum) > LOG_THRESHOLD;
  }

  const growing = passes(initial);
  const factor = growing ? 2 : 0.5;
  let stepSize = initial;
  let gradients = 1;
  for (;;) {
    stepSize *= factor;
    if (stepSize < SMALLEST || stepSize > LARGEST) {
      throw new BasinetError('SAMPLER_FAILED', `no step size between ${SMALLEST} and ${LARGEST} keeps the energy of one leapfrog step`, {
        path: 'inference.stepSize',
        value: initial,
        remedy: 'Check the scales of data and prior, or set adaptStepSize to false and give a stepSize.',
      });
    }
    gradients++;
    if (passes(stepSize) !== growing) return { stepSize, gradients };
  }
}
