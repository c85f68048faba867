// The job file: every key, its type, its default and its unit. The JSON Schema is generated from this.
import { z } from 'zod';
import { ACTIVATIONS } from '../network/network.js';

const positive = z.number().positive();
const count = z.int().positive();

const source = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('idx').describe('IDX as MNIST ships it, plain or gzip'),
    inputs: z.string().describe('File of inputs; relative to the job file'),
    targets: z.string().describe('File of class labels'),
    limit: count.optional().describe('Use the first so many rows'),
  }),
  z.strictObject({
    format: z.literal('npy').describe('NumPy .npy files, or one .npz: then inputs and targets are FILE#KEY'),
    inputs: z.string(),
    targets: z.string(),
    limit: count.optional(),
  }),
  z.strictObject({
    format: z.literal('safetensors').describe('inputs and targets are FILE#TENSOR'),
    inputs: z.string(),
    targets: z.string(),
    limit: count.optional(),
  }),
  z.strictObject({
    format: z.literal('csv'),
    file: z.string(),
    header: z.boolean().default(true).describe('Whether the first line holds column names'),
    delimiter: z.string().length(1).default(','),
    targets: z
      .array(z.union([z.string(), z.int()]))
      .min(1)
      .describe('Target columns: names, or numbers from 0 (negative: from the end)'),
    limit: count.optional(),
  }),
]);

const priorScale = z.strictObject({
  weight: positive.optional().describe('Standard deviation of the weights'),
  bias: positive.optional().describe('Standard deviation of the biases'),
});

const hmc = z.strictObject({
  method: z.literal('hmc').default('hmc'),
  chains: count.max(65536).default(4),
  warmup: z.int().nonnegative().default(200).describe('Transitions before the first draw, in which step size and mass matrix adapt'),
  draws: count.default(500).describe('Kept draws per chain'),
  thin: count.default(1).describe('Transitions per kept draw'),
  leapfrogSteps: count.optional().describe('Leapfrog steps per trajectory; exclusive with trajectoryLength'),
  trajectoryLength: positive.optional().describe('Integration time per trajectory; steps = ceil(length / stepSize), at most maxLeapfrogSteps'),
  maxLeapfrogSteps: count.default(10_000),
  jitter: z.number().min(0).max(1).default(0).describe('Relative uniform jitter of the step size per transition: ε·(1 + jitter·u), u in [-1, 1)'),
  stepSize: positive.default(0.01).describe('Initial step size; the final one where adaptStepSize is false'),
  adaptStepSize: z.boolean().default(true).describe('Dual averaging during warmup'),
  targetAcceptance: z.number().gt(0).lt(1).default(0.8),
  massMatrix: z.enum(['identity', 'diagonal']).default('identity').describe('diagonal: adapted in windows during warmup'),
  divergenceThreshold: positive.default(1000).describe('Energy error in nats above which a transition counts as divergent'),
  start: z
    .discriminatedUnion('from', [
      z.strictObject({ from: z.literal('prior'), scale: positive.default(1).describe('Factor on the prior standard deviation') }),
      z.strictObject({
        from: z.literal('map').describe('Adam on the potential, from a prior draw'),
        scale: positive.default(0.1),
        steps: count.default(200),
        learningRate: positive.default(0.01),
      }),
    ])
    .default({ from: 'prior', scale: 1 }),
});

export const jobSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, at most 63')
    .describe('Names the job on a cluster'),
  seed: z.int().nonnegative().max(0xffff_ffff).default(0),
  data: z.strictObject({
    train: source,
    test: source.optional(),
    inputs: z
      .strictObject({
        scale: positive.optional().describe('Inputs are divided by this'),
        standardize: z.boolean().default(false).describe('Subtract mean and divide by standard deviation per feature, of the training rows'),
      })
      .default({ standardize: false }),
    targets: z
      .strictObject({
        standardize: z.boolean().default(false).describe('Real targets only; predictions are reported in original units'),
        classes: count.optional().describe('Number of classes; default: largest training label plus one'),
      })
      .default({ standardize: false }),
  }),
  network: z.strictObject({
    hidden: z.array(
      z.strictObject({
        width: count,
        activation: z.enum(ACTIVATIONS).default('relu'),
        name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/).optional(),
      }),
    ),
  }),
  prior: priorScale
    .extend({ layers: z.record(z.string(), priorScale).default({}).describe('Overrides by layer name') })
    .prefault({})
    .describe('Independent Gaussians of mean 0; default standard deviation 1'),
  likelihood: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('categorical') }),
      z.strictObject({
        kind: z.literal('gaussian'),
        noise: z.union([
          positive.describe('Noise standard deviation, in units of the targets that the network sees'),
          z.strictObject({
            learned: z.literal(true),
            logMean: z.number().default(-1).describe('Mean of the Normal prior on the log noise standard deviation'),
            logStd: positive.default(1),
          }),
        ]),
      }),
    ])
    .default({ kind: 'categorical' }),
  temperature: positive.default(1),
  inference: hmc.prefault({}),
  rebasin: z
    .strictObject({
      reference: z.literal('first-draw').default('first-draw').describe('first-draw: the first kept draw of chain 0'),
      matching: z.literal('weights').default('weights'),
      maxSweeps: count.default(50).describe('Coordinate-descent sweeps over the permutation groups, two hidden layers and more'),
    })
    .prefault({}),
  statistics: z
    .strictObject({
      raw: z.boolean().default(true),
      aligned: z.boolean().default(true),
    })
    .prefault({}),
  probe: z
    .strictObject({
      rows: z.int().nonnegative().default(1000).describe('First so many test rows (training rows where there is no test set); 0: no probe'),
    })
    .prefault({}),
  engine: z.enum(['auto', 'native', 'reference']).default('auto'),
  resources: z
    .strictObject({
      class: z.enum(['cpu', 'gpu']).default('cpu'),
      threadsPerChain: z.union([z.literal('auto'), count]).default('auto'),
    })
    .prefault({}),
  log: z
    .strictObject({
      partitions: count.max(1024).default(1),
      slotBytes: count.default(1 << 20).describe('A slot is published when its draws pass this many bytes'),
      slotSeconds: z.number().nonnegative().default(0.5).describe('… or this age'),
      warmupCheckpointEvery: count.default(20).describe('Transitions between warmup checkpoints in the log'),
      maxBytes: count.optional().describe('Size limit of the draw log; default: what the job needs, with a margin'),
    })
    .prefault({}),
});

/** A job as the user may write it. */
export type JobInput = z.input<typeof jobSchema>;
/** A job with every default filled in, validated and frozen. */
export type Job = z.output<typeof jobSchema>;
