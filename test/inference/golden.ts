// Values of NumPyro, made by scripts/oracles/inference.py.
import { readFileSync } from 'node:fs';

interface Golden {
  readonly leapfrog: {
    readonly inverseMassMatrix: number[];
    readonly position: number[];
    readonly momentum: number[];
    readonly stepSize: number;
    readonly steps: number;
    readonly endPosition: number[];
    readonly endMomentum: number[];
    readonly endEnergy: number;
  };
  readonly dualAveraging: {
    readonly targetAcceptance: number;
    readonly stepSize: number;
    readonly acceptanceRates: number[];
    /** Per update: log step size, its average, the average error. */
    readonly states: [number, number, number][];
  };
  /** Warmup length to windows [first, last]. */
  readonly windows: Record<string, [number, number][]>;
  readonly welford: { readonly samples: number[][]; readonly inverseMassMatrix: number[] };
}

export const golden = JSON.parse(readFileSync(new URL('../golden/inference.json', import.meta.url), 'utf8')) as Golden;
