// The job file: every key, its type, its default and its unit. The JSON Schema is generated from this.
import { z } from 'zod';
import { ACTIVATIONS } from '../network/network.js';
import { inferenceSchema } from './inferenceSchema.js';

const positive = z.number().positive();
const count = z.int().positive();
const MODULE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const limit = count.optional().describe('Use the first so many rows; default: all');

const source = z
  .discriminatedUnion('format', [
    z.strictObject({
      format: z.literal('idx').describe('IDX as MNIST ships it, plain or gzip'),
      inputs: z.string().min(1).describe('File of inputs [rows, …], relative to the job file; further axes are flattened'),
      targets: z.string().min(1).describe('File of class labels [rows]'),
      limit,
    }),
    z.strictObject({
      format: z.literal('npy').describe('NumPy .npy files, or .npz archives'),
      inputs: z.string().min(1).describe('FILE.npy, or FILE.npz#KEY, relative to the job file; [rows, …], further axes are flattened'),
      targets: z.string().min(1).describe('FILE.npy, or FILE.npz#KEY: class labels [rows], or reals [rows] or [rows, outputs]'),
      limit,
    }),
    z.strictObject({
      format: z.literal('safetensors').describe('Tensors of safetensors files'),
      inputs: z.string().min(1).describe('FILE#TENSOR, relative to the job file; [rows, …], further axes are flattened'),
      targets: z.string().min(1).describe('FILE#TENSOR: class labels [rows], or reals [rows] or [rows, outputs]'),
      limit,
    }),
    z.strictObject({
      format: z.literal('csv').describe('Text with one row a line; every column that is no target is an input'),
      file: z.string().min(1).describe('File, relative to the job file'),
      header: z.boolean().default(true).describe('Whether the first line holds column names'),
      delimiter: z.string().length(1).default(',').describe('The character between columns'),
      targets: z
        .array(z.union([z.string(), z.int()]))
        .min(1)
        .describe('Target columns: names, or numbers from 0 (negative: from the end)'),
      limit,
    }),
  ])
  .describe('Where rows come from');

const priorScale = z.strictObject({
  weight: positive.optional().describe('Standard deviation of the weights; default 1'),
  bias: positive.optional().describe('Standard deviation of the biases; default 1'),
});

export const jobSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, at most 63')
    .describe('Names the job on a cluster: lower-case letters, digits and inner hyphens, at most 63'),
  seed: z.int().nonnegative().max(0xffff_ffff).default(0).describe('Seed of all randomness of the job'),
  data: z
    .strictObject({
      train: source.describe('Training rows'),
      test: source.optional().describe('Held-out rows; the probe is taken from them'),
      inputs: z
        .strictObject({
          scale: positive.optional().describe('Inputs are divided by this; exclusive with standardize'),
          standardize: z
            .boolean()
            .default(false)
            .describe('Subtract mean and divide by standard deviation per feature, both of the training rows'),
        })
        .default({ standardize: false })
        .describe('How inputs are scaled'),
      targets: z
        .strictObject({
          standardize: z
            .boolean()
            .default(false)
            .describe('Real targets: subtract mean and divide by standard deviation, both of the training rows; predictions are reported in original units'),
          classes: count.min(2).optional().describe('Number of classes; default: largest training label plus one'),
        })
        .default({ standardize: false })
        .describe('How targets are read'),
    })
    .describe('The data set'),
  network: z
    .strictObject({
      hidden: z
        .array(
          z.strictObject({
            width: count.describe('Units'),
            activation: z.enum(ACTIVATIONS).default('relu').describe('Activation function after the layer; gelu is the exact one'),
            name: z.string().regex(MODULE_NAME).optional().describe('PyTorch module name; default fc<k>, counted from 1'),
          }),
        )
        .describe('Hidden layers from the inputs on; [] is linear or logistic regression'),
    })
    .describe('A dense network; the output layer is fc<n> without activation'),
  prior: priorScale
    .extend({
      layers: z
        .record(z.string(), priorScale.describe('Standard deviations of one layer'))
        .default({})
        .describe('Overrides by layer name'),
    })
    .prefault({})
    .describe('Independent Gaussians of mean 0 on every parameter'),
  likelihood: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('categorical').describe('Class labels; the network gives logits') }),
      z.strictObject({
        kind: z.literal('gaussian').describe('Real targets; the network gives means'),
        noise: z
          .union([
            positive.describe('Noise standard deviation'),
            z.strictObject({
              learned: z.literal(true).describe('One more parameter: the log noise standard deviation, for all outputs'),
              logMean: z.number().default(-1).describe('Mean of the Normal prior on the log noise standard deviation'),
              logStd: positive.default(1).describe('Standard deviation of that prior'),
            }),
          ])
          .describe('In units of the targets that the network sees: standard deviations where data.targets.standardize is true'),
      }),
    ])
    .default({ kind: 'categorical' })
    .describe('How targets follow from the outputs of the network'),
  temperature: positive.default(1).describe('T in posterior^(1/T); 1 is Bayes, less is a cold posterior'),
  inference: inferenceSchema.prefault({}).describe('The method and its settings'),
  rebasin: z
    .strictObject({
      reference: z.literal('first-draw').default('first-draw').describe('What draws are aligned to: the first kept draw of chain 0'),
      matching: z.literal('weights').default('weights').describe('What alignment maximises: the inner product of the weights'),
      maxSweeps: count.default(50).describe('Coordinate-descent sweeps over the permutation groups, two hidden layers and more'),
    })
    .prefault({})
    .describe('Alignment of the hidden units'),
  statistics: z
    .strictObject({
      raw: z.boolean().default(true).describe('Moments of the draws as sampled'),
      aligned: z.boolean().default(true).describe('Moments of the aligned draws'),
    })
    .prefault({})
    .describe('What aggregators keep per weight and chain'),
  probe: z
    .strictObject({
      rows: z.int().nonnegative().default(1000).describe('First so many test rows (training rows where there is no test set); 0: no probe'),
    })
    .prefault({})
    .describe('Inputs on which function-space diagnostics are computed'),
  engine: z
    .enum(['auto', 'native', 'reference'])
    .default('auto')
    .describe('What computes gradients; auto: native, or reference where that is not built'),
  resources: z
    .strictObject({
      class: z.enum(['cpu', 'gpu']).default('cpu').describe('Workers that may take the chains'),
      threadsPerChain: z
        .union([z.literal('auto'), count])
        .default('auto')
        .describe('Threads of one gradient; auto: the cores of a worker shared out over its chains'),
    })
    .prefault({})
    .describe('What a chain runs on'),
  log: z
    .strictObject({
      partitions: count.max(1024).default(1).describe('Parts of the draw log, each folded by one aggregator'),
      slotBytes: count.default(1 << 20).describe('A slot is published when its draws pass this many bytes'),
      slotSeconds: z.number().nonnegative().default(0.5).describe('… or this age in seconds'),
      warmupCheckpointEvery: count.default(20).describe('Iterations between warmup checkpoints in the log: transitions of hmc, epochs of map and vi; of sgld and sghmc, steps over thin'),
      maxBytes: count.optional().describe('Size limit of the draw log in bytes; default: what the job needs, with a margin'),
    })
    .prefault({})
    .describe('The draw log'),
});

/** A job as the user may write it. */
export type JobInput = z.input<typeof jobSchema>;
/** A job with every default filled in, validated and frozen. */
export type Job = z.output<typeof jobSchema>;
