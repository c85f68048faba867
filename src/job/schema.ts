// The job file: every key, its type, its default and its unit. The JSON Schema is generated from this.
import { z } from 'zod';
import { MOST_WIDTH } from '../engine/stack.js';
import { DEFAULT_TFJS_SETTINGS } from '../engine/tfjs/settings.js';
import { ACTIVATIONS } from '../network/network.js';
import { CONTROLS } from '../rebasin/control.js';
import { MATCHINGS } from '../rebasin/index.js';
import { MOST_RANK } from '../stats/index.js';
import { inferenceSchema } from './inferenceSchema.js';

const DEFAULT_COMPACT_SAMPLES = 50;

const positive = z.number().positive();
const count = z.int().positive();
const MODULE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const limit = count.optional().describe('Use the first so many rows; default: all');

/** Keys of a format that say where inputs are. */
const INPUTS = {
  idx: {
    format: z.literal('idx').describe('IDX as MNIST ships it, plain or gzip'),
    inputs: z.string().min(1).describe('File of inputs [rows, …], relative to the job file; further axes are flattened'),
  },
  npy: {
    format: z.literal('npy').describe('NumPy .npy files, or .npz archives'),
    inputs: z.string().min(1).describe('FILE.npy, or FILE.npz#KEY, relative to the job file; [rows, …], further axes are flattened'),
  },
  safetensors: {
    format: z.literal('safetensors').describe('Tensors of safetensors files'),
    inputs: z.string().min(1).describe('FILE#TENSOR, relative to the job file; [rows, …], further axes are flattened'),
  },
  csv: {
    format: z.literal('csv').describe('Text with one row a line; every column that is no target is an input'),
    file: z.string().min(1).describe('File, relative to the job file'),
    header: z.boolean().default(true).describe('Whether the first line holds column names'),
    delimiter: z.string().length(1).default(',').describe('The character between columns'),
  },
};

const source = z
  .discriminatedUnion('format', [
    z.strictObject({
      ...INPUTS.idx,
      targets: z.string().min(1).describe('File of class labels [rows]'),
      limit,
    }),
    z.strictObject({
      ...INPUTS.npy,
      targets: z.string().min(1).describe('FILE.npy, or FILE.npz#KEY: class labels [rows], or reals [rows] or [rows, outputs]'),
      limit,
    }),
    z.strictObject({
      ...INPUTS.safetensors,
      targets: z.string().min(1).describe('FILE#TENSOR: class labels [rows], or reals [rows] or [rows, outputs]'),
      limit,
    }),
    z.strictObject({
      ...INPUTS.csv,
      targets: z
        .array(z.union([z.string(), z.int()]))
        .min(1)
        .describe('Target columns: names, or numbers from 0 (negative: from the end)'),
      limit,
    }),
  ])
  .describe('Where rows come from');

const named = { name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dots, hyphens and underscores').describe('Names these inputs in the results') };
const namedInputs = z
  .discriminatedUnion('format', [
    z.strictObject({ ...named, ...INPUTS.idx, limit }),
    z.strictObject({ ...named, ...INPUTS.npy, limit }),
    z.strictObject({ ...named, ...INPUTS.safetensors, limit }),
    z.strictObject({ ...named, ...INPUTS.csv, limit }),
  ])
  .describe('Inputs alone; columns of a CSV file that are targets of the training rows are passed over');

const priorScale = z.strictObject({
  weight: positive.optional().describe('Standard deviation of the weights; default 1'),
  bias: positive.optional().describe('Standard deviation of the biases; default 1'),
});

export const activations = z.strictObject({
  data: z.enum(['train', 'probe']).default('train').describe('Inputs: training rows, or those of the probe'),
  rows: count.default(1000).describe('Use the first so many of them, or as many as there are'),
  centered: z.boolean().default(false).describe('Subtract each unit’s mean over the rows: covariances instead of inner products'),
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
      outOfDistribution: z.array(namedInputs).default([]).describe('Inputs from elsewhere, scaled as the training rows: results tell the entropy of predictions on them'),
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
      reference: z
        .union([z.enum(['first-draw', 'map', 'mean']), z.strictObject({ file: z.string().min(1).describe('safetensors or .npz of a state_dict, relative to the job file') })])
        .default('first-draw')
        .describe('What draws are aligned to: the first kept draw of chain 0, a maximum a posteriori fit, the mean of the aligned draws themselves (in versions), or a saved network'),
      versions: count.min(2).max(64).default(2).describe('reference mean: how often the reference is made; the first is the first kept draw of chain 0, each later one the mean of draws aligned to the one before'),
      map: z
        .strictObject({
          steps: count.default(200).describe('Adam steps, each one gradient'),
          learningRate: positive.default(0.01).describe('Adam learning rate'),
          scale: positive.default(0.1).describe('Factor on the prior standard deviations of the draw that the fit starts from'),
        })
        .prefault({})
        .describe('reference map: the fit, from the prior draw of chain 0'),
      matching: z
        .enum(MATCHINGS)
        .default('weights')
        .describe('What must agree with the reference: all weights of a unit, its activations on data, or the direction of its incoming weights alone'),
      signs: z
        .union([z.literal('auto'), z.boolean()])
        .default('auto')
        .describe('Whether units may change their signs too; auto: those of tanh and identity layers, whose posterior has this symmetry; true: all, which must be such'),
      orders: count.default(1).describe('Weights, two hidden layers and more: orders of the layers in which matching is tried, the first from the inputs on, the others random; the best counts'),
      maxSweeps: count.default(50).describe('Weights, two hidden layers and more: coordinate-descent sweeps over the permutation groups'),
      activations: activations.optional().describe('Activation matching: on what, and how activations are compared'),
    })
    .prefault({})
    .describe('Alignment of the hidden units'),
  statistics: z
    .strictObject({
      raw: z.boolean().default(true).describe('Moments of the draws as sampled'),
      aligned: z.boolean().default(true).describe('Moments of the aligned draws'),
      control: z
        .enum(['none', ...CONTROLS])
        .default('none')
        .describe('Moments of draws that were aligned after permuting their hidden units at random (permuted), or after shuffling every feature over the units on its own (scrambled)'),
      quantiles: z
        .array(z.number().gt(0).lt(1))
        .max(32)
        .default([])
        .describe('Quantiles of the aligned draws, by their probabilities'),
      lowRank: z.int().nonnegative().max(MOST_RANK).default(0).describe('Rank of the low-rank covariance of the aligned draws; 0: none'),
    })
    .prefault({})
    .describe('What aggregators keep per weight and chain'),
  probe: z
    .strictObject({
      rows: z.int().nonnegative().default(1000).describe('First so many test rows (training rows where there is no test set); 0: no probe'),
    })
    .prefault({})
    .describe('Inputs on which function-space diagnostics are computed'),
  evaluation: z
    .strictObject({
      compactSamples: z
        .int()
        .nonnegative()
        .default(DEFAULT_COMPACT_SAMPLES)
        .describe('Networks sampled from each form of the compact posterior, scored against the predictive of the draws in the results; each takes as long as a draw; 0: none'),
    })
    .prefault({})
    .describe('What results are scored on'),
  engine: z
    .enum(['auto', 'native', 'reference', 'tfjs'])
    .default('auto')
    .describe('What computes gradients; auto: tfjs where TensorFlow.js for GPUs is installed and sees one, else native, or reference where that is not built'),
  tfjs: z
    .strictObject({
      device: z.enum(['auto', 'cpu', 'gpu']).default('auto').describe('What TensorFlow.js computes on; auto: a GPU where it sees one'),
      activationBytes: count
        .default(DEFAULT_TFJS_SETTINGS.activationBytes)
        .describe('Memory that activations and their derivatives may take, in bytes; more rows than fit are computed in blocks'),
      tf32: z.boolean().default(false).describe('Let a GPU round the operands of products to TF32, 10 bits of mantissa; energies are then less exact'),
      stack: z
        .union([z.literal('auto'), count.max(MOST_WIDTH)])
        .default('auto')
        .describe('Chains of a worker that are computed as one; 1: each by itself; auto: as many as the worker has slots, where it finds that faster'),
    })
    .prefault({})
    .describe('Settings of the tfjs engine'),
  resources: z
    .strictObject({
      class: z.enum(['cpu', 'gpu', 'any']).default('cpu').describe('Workers that may take the chains'),
      allowDeviceClassChange: z
        .boolean()
        .default(false)
        .describe('Let a chain go on with another engine, instruction set or device than it was begun on, where that is all that a worker has: its draws then agree with those of an undisturbed run to a tolerance, not to the bit'),
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
/** Where inputs without targets come from. */
export type InputSource = z.output<typeof namedInputs>;
/** A job with every default filled in, validated and frozen. */
export type Job = z.output<typeof jobSchema>;
