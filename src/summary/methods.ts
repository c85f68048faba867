// What results call the methods of inference, and which figures each of them has.
import type { Job } from '../job/schema.js';

export type MethodName = Job['inference']['method'];

export interface MethodWords {
  /** Before "chains" or "chain". */
  readonly adjective: string;
  /** Of the report's section on the chains, one sentence. */
  readonly about: string;
  /** What the iterations before the first draw are called in titles, and what one of them is. */
  readonly warmup: string;
  readonly unit: string;
  readonly warmupCaption: string;
  /** Whether a Metropolis test decides, so that there are acceptance, divergences, trajectories and E-BFMI. */
  readonly tested: boolean;
}

const SAMPLED = { warmup: 'Warmup', warmupCaption: 'At the checkpoints of the warmup: the way from the starting point to the typical set.' } as const;
const FITTED = { warmup: 'Fit', unit: 'epoch', tested: false } as const;

export const METHODS: Readonly<Record<MethodName, MethodWords>> = {
  hmc: { ...SAMPLED, adjective: 'HMC', unit: 'transition', tested: true, about: 'Full-batch Hamiltonian Monte Carlo with a Metropolis correction: energies, acceptance and warmup of every chain.' },
  sgld: { ...SAMPLED, adjective: 'SGLD', unit: 'step', tested: false, about: 'Stochastic gradient Langevin dynamics, without a Metropolis correction: energies of every chain.' },
  sghmc: { ...SAMPLED, adjective: 'SGHMC', unit: 'step', tested: false, about: 'Stochastic gradient Hamiltonian Monte Carlo, without a Metropolis correction: energies of every chain.' },
  map: { ...FITTED, adjective: 'MAP', warmupCaption: 'At checkpoints of the fit, of the full batch.', about: 'Maximum a posteriori fits from independent starts: each chain is a member of the ensemble, and its draw the fitted network.' },
  vi: { ...FITTED, adjective: 'variational', warmupCaption: 'Of the mean of the fitted distribution, at checkpoints of the fit.', about: 'Mean-field variational inference: independent draws of the distribution that each chain fitted. They scatter about one level by construction, whether the fit is good or not.' },
};
