// The `inference` section of a job file: one alternative a method.
import { z } from 'zod';
import { DEFAULT_LEAPFROG_STEPS, DEFAULT_MOMENTUM } from '../inference/settings.js';

const positive = z.number().positive();
const count = z.int().positive();
const share = z.number().min(0).lt(1);

const chains = count.max(65536).default(4);
const draws = count.default(500).describe('Kept draws per chain');
const batchSize = z
  .union([z.literal('full'), count])
  .default(100)
  .describe('Rows of a mini-batch; every epoch goes once through the training rows, in a random order; full: all rows in every step');
const epochs = count.default(50).describe('Times that the training rows are gone through');
const learningRate = positive.default(0.001);

const priorStart = (scale: number) =>
  z.strictObject({
    from: z.literal('prior').describe('A draw from the prior'),
    scale: positive.default(scale).describe('Factor on the prior standard deviations'),
  });
const fitStart = priorStart(0.1).prefault({ from: 'prior' }).describe('Where fits start');
const chainsPerStart = count
  .default(1)
  .describe('Chains that share a starting point: 0 … k − 1 the first, k … 2k − 1 the second, and so on; above 1 nested R-hat is computed');
const start = z
  .discriminatedUnion('from', [
    priorStart(1).extend({ chainsPerStart }),
    z.strictObject({
      from: z.literal('map').describe('Adam on the potential, from a draw from the prior'),
      scale: positive.default(0.1).describe('Factor on the prior standard deviations'),
      steps: count.default(200).describe('Adam steps, each one full-batch gradient'),
      learningRate: positive.default(0.01).describe('Adam learning rate'),
      chainsPerStart,
    }),
  ])
  .default({ from: 'prior', scale: 1, chainsPerStart: 1 })
  .describe('Where chains start');

const hmc = z.strictObject({
  method: z.literal('hmc').default('hmc').describe('Hamiltonian Monte Carlo with full-batch gradients'),
  chains: chains.describe('Independent chains'),
  warmup: z.int().nonnegative().default(200).describe('Transitions before the first draw, in which step size and mass matrix adapt'),
  draws,
  thin: count.default(1).describe('Transitions per kept draw'),
  leapfrogSteps: count
    .optional()
    .describe(`Leapfrog steps per trajectory, each one gradient; exclusive with trajectoryLength; default ${DEFAULT_LEAPFROG_STEPS} where neither is given`),
  trajectoryLength: positive
    .optional()
    .describe('Integration time per trajectory, in the unit of the step size; steps = ceil(length / stepSize), at most maxLeapfrogSteps'),
  maxLeapfrogSteps: count.default(10_000).describe('Cap on the leapfrog steps of a trajectory'),
  jitter: share.default(0).describe('Relative uniform jitter of the step size per transition: stepSize·(1 + jitter·u), u in [-1, 1)'),
  stepSize: positive.default(0.01).describe('Initial leapfrog step size; the final one where adaptStepSize is false'),
  adaptStepSize: z.boolean().default(true).describe('Dual averaging of the step size during warmup'),
  targetAcceptance: z.number().gt(0).lt(1).default(0.8).describe('Mean acceptance rate that dual averaging aims at'),
  massMatrix: z
    .enum(['identity', 'diagonal'])
    .default('identity')
    .describe('diagonal: the inverse mass matrix is the variance of each parameter, adapted in windows during warmup'),
  divergenceThreshold: positive.default(1000).describe('Energy error in nats above which a transition counts as divergent'),
  start,
});

const map = z.strictObject({
  method: z.literal('map').describe('Maximum a posteriori fits, one draw a chain: a deep ensemble'),
  chains: chains.describe('Members of the ensemble, from independent starts'),
  epochs,
  batchSize,
  optimizer: z.enum(['adam', 'sgd']).default('adam').describe('What minimises the potential, whose prior part is the weight decay'),
  learningRate: learningRate.describe('Of adam on the potential; of sgd on the potential per row'),
  momentum: share.optional().describe(`Momentum of sgd; default ${DEFAULT_MOMENTUM}`),
  earlyStopping: z
    .strictObject({
      fraction: z.number().gt(0).lt(1).default(0.1).describe('Share of the training rows that is held out, the same rows for every member'),
      patience: count.default(5).describe('Epochs without a lower loss on the held-out rows after which a fit ends'),
    })
    .optional()
    .describe('Keep the epoch of lowest held-out loss, and end early; default: the last epoch, fitted to all rows'),
  start: fitStart,
});

const stochastic = {
  chains: chains.describe('Independent chains'),
  warmup: z.int().nonnegative().default(1000).describe('Steps before the first draw, or before the first cycle'),
  draws,
  thin: count.default(10).describe('Steps per kept draw; each draw costs one full-batch evaluation'),
  batchSize,
  schedule: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant').describe('One step size') }),
      z.strictObject({
        kind: z.literal('cyclical').describe('The step size falls from stepSize to 0 along half a cosine in every cycle'),
        cycles: count.describe('Cycles, over which the draws are shared out'),
        exploration: share.default(0.8).describe('Share of a cycle, at its beginning, without noise and without draws'),
      }),
    ])
    .default({ kind: 'constant' })
    .describe('How the step size goes'),
  start,
};

const sgld = z.strictObject({
  method: z.literal('sgld').describe('Stochastic gradient Langevin dynamics'),
  ...stochastic,
  stepSize: positive.default(1e-5).describe('Step size ε: a step moves by -ε/2 times the gradient, and by noise of variance ε'),
});

const sghmc = z.strictObject({
  method: z.literal('sghmc').describe('Stochastic gradient Hamiltonian Monte Carlo'),
  ...stochastic,
  stepSize: positive.default(0.001).describe('Step size h, in the unit of a leapfrog step: the learning rate of Chen et al. is h²'),
  friction: z.number().gt(0).max(1).default(0.1).describe('Share of the momentum that is lost in a step'),
});

const vi = z.strictObject({
  method: z.literal('vi').describe('Mean-field variational inference: every weight Gaussian and independent, fitted by Adam'),
  chains: chains.describe('Independent fits'),
  epochs,
  batchSize,
  learningRate: learningRate.describe('Adam learning rate'),
  initialStd: positive.default(0.05).describe('Standard deviation of every weight to begin with'),
  draws: draws.describe('Independent draws from each fit'),
  start: fitStart,
});

export const inferenceSchema = z.discriminatedUnion('method', [hmc, map, sgld, sghmc, vi]);
