// Optimisers of a fit on mini-batches: Adam, and gradient descent with momentum. State in plain arrays, updated in place.
import { adamStep } from './adam.js';
import { DEFAULT_MOMENTUM, type MapSettings } from './settings.js';

export interface Optimizer {
  /** What a step leaves for the next, by name; each [dimension]. */
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** Step number `step` (the first is 1) against `gradient`; moves `position`. */
  step(position: Float32Array, gradient: Float32Array, step: number): void;
}

/** Names of the arrays that an optimiser keeps. */
export const OPTIMIZER_ARRAYS = { adam: ['firstMoment', 'secondMoment'], sgd: ['velocity'] } as const satisfies Record<MapSettings['optimizer'], readonly string[]>;

/**
 * Adam on U, whose steps hardly depend on the scale of U; or gradient descent on U per row,
 *
 *     v ← μ v + ∇U/n;   q ← q - η v
 *
 * with learning rate η and momentum μ, as PyTorch's SGD has them on the mean loss of a row.
 *
 * @param arrays as `OPTIMIZER_ARRAYS` names them: zeros to begin with. It keeps them
 */
export function createOptimizer(settings: MapSettings, rows: number, arrays: Readonly<Record<string, Float64Array>>): Optimizer {
  const { learningRate, momentum = DEFAULT_MOMENTUM } = settings;
  if (settings.optimizer === 'adam') {
    const { firstMoment, secondMoment } = arrays as Record<'firstMoment' | 'secondMoment', Float64Array>;
    return { arrays, step: (position, gradient, step) => adamStep(position, gradient, firstMoment, secondMoment, step, learningRate) };
  }
  const { velocity } = arrays as Record<'velocity', Float64Array>;
  return {
    arrays,
    step(position, gradient) {
      for (let i = 0; i < position.length; i++) {
        const v = momentum * velocity[i]! + gradient[i]! / rows;
        velocity[i] = v;
        position[i] = position[i]! - learningRate * v;
      }
    },
  };
}
