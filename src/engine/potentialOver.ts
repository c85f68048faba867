// The engine contract for one chain, over whoever answers its requests.
import { BasinetError } from '../errors.js';
import type { Posterior } from '../posterior/posterior.js';
import { checkBatch } from './dataset.js';
import type { EnergyParts, EnginePotential } from './engine.js';
import { checkRows, hiddenWidths, wrongLength } from './lengths.js';
import type { StackRequest, StackResult } from './stack.js';

/**
 * The potential of one chain.
 *
 * @param rows - N: rows of the data set
 * @param compute - answers a request whose arrays have the right lengths
 * @param dispose - called once
 */
export function potentialOver({ dimension, network }: Posterior, rows: number, compute: (request: StackRequest) => StackResult, dispose: () => void): EnginePotential {
  let parts: EnergyParts = { prior: NaN, likelihood: NaN };
  let disposed = false;

  const requireLive = (): void => {
    if (disposed) throw new BasinetError('INTERNAL', 'the potential has been disposed of');
  };
  const check = (arrays: Readonly<Record<string, Float32Array>>): void => {
    requireLive();
    for (const [name, array] of Object.entries(arrays)) if (array.length !== dimension) throw wrongLength(name, array.length, dimension);
  };
  const energyOf = (request: StackRequest): StackResult => {
    const result = compute(request);
    parts = { prior: result.prior, likelihood: result.likelihood };
    return result;
  };

  return {
    dimension,
    rows,
    valueAndGradient(position, gradient) {
      check({ position, gradient });
      return energyOf({ kind: 'gradient', position, gradient }).energy;
    },
    batchValueAndGradient(position, batch, gradient) {
      check({ position, gradient });
      checkBatch(batch, rows);
      return energyOf({ kind: 'batch', position, gradient, rows: batch }).energy;
    },
    trajectory(position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit) {
      check({ position, momentum, gradient, 'inverse mass matrix': inverseMassMatrix });
      const { energy, stepsTaken } = energyOf({ kind: 'trajectory', position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit });
      return { energy, stepsTaken };
    },
    parts() {
      requireLive();
      return parts;
    },
    predict(position, inputs, count, outputs) {
      check({ position });
      checkRows(network, inputs, count, [outputs], [network.outputs]);
      compute({ kind: 'forward', position, inputs, rows: count, first: network.layers.length - 1, outputs: [outputs] });
    },
    activations(position, inputs, count, outputs) {
      check({ position });
      checkRows(network, inputs, count, outputs, hiddenWidths(network));
      compute({ kind: 'forward', position, inputs, rows: count, first: 0, outputs });
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      dispose();
    },
  };
}
