// What predicts: saved networks, draws of results, compact forms and means; by the path that a command is given.
import { readFittingNetwork } from '../data/fittingNetwork.js';
import { BasinetError } from '../errors.js';
import type { Posterior } from '../posterior/posterior.js';
import { COMPACT_FORMS, type CompactFormName } from '../summary/compact/forms.js';
import { sampledForms } from '../summary/compact/evaluate.js';
import { formsHeld, readForm, readFormMean, readStatistics, type StatisticsFile } from '../summary/compact/read.js';
import { compactSamples } from '../summary/compact/sample.js';
import { evenlySpaced } from '../summary/distribution.js';
import { evaluatedPerChain } from '../summary/drawPass.js';
import { DEFAULT_EVALUATED_DRAWS } from '../summary/options.js';
import { readDraws } from '../summary/readDraws.js';

/** What of results, or of a file of means and standard deviations, is taken. */
export const MODEL_SOURCES = ['draws', ...COMPACT_FORMS, 'mean'] as const;
export type ModelSource = (typeof MODEL_SOURCES)[number];

/** Of a compact form, where the job wants none in its results. */
export const DEFAULT_SAMPLES = 50;

/** Networks whose predictions are averaged. */
export interface Model {
  readonly path: string;
  readonly source: ModelSource | 'network';
  /** How many. */
  readonly networks: number;
  /** Their positions, one at a time. */
  positions(): AsyncIterable<Float32Array>;
}

export interface ModelOptions {
  /** Null: draws of results, the aligned form of a file. `all`: everything that there is. Saved networks have no choice. */
  readonly from: readonly ModelSource[] | 'all' | null;
  /** Draws at most, evenly spaced within chains. Null: as many as results are evaluated with. */
  readonly draws: number | null;
  /** Samples of a compact form. */
  readonly samples: number;
  readonly seed: number;
}

/** `--from`, a list with commas in between. Throws USAGE. */
export function modelSources(text: string | undefined): ModelOptions['from'] {
  if (text === undefined) return null;
  if (text === 'all') return 'all';
  return text.split(',').map((name) => {
    const source = MODEL_SOURCES.find((known) => known === name.trim());
    if (source !== undefined) return source;
    throw new BasinetError('USAGE', `--from: there is nothing called ${name}`, { path: '--from', value: name, remedy: `give ${MODEL_SOURCES.join(', ')}, several with commas in between, or all` });
  });
}

/**
 * The models that a path stands for, each checked before any predicts.
 *
 * @param path - a results directory, a file of `mean/<name>` and `std/<name>`, or the state_dict of a network
 * @throws BasinetError RESULTS_INVALID where there is nothing, no such form, or a damaged one, NETWORK_MISMATCH where it is of
 *   another network, DATA_INVALID where a file is damaged
 */
export async function readModels(posterior: Posterior, path: string, options: ModelOptions): Promise<Model[]> {
  const file = await readStatistics(path);
  const forms = formsHeld(file.tensors.keys());
  if (file.summary === null && forms.length === 0) return [only(path, 'network', (await readFittingNetwork(posterior, path)).position)];
  const sources = options.from === 'all' ? everythingOf(posterior, file, forms) : (options.from ?? [file.summary === null ? forms[0]! : 'draws']);
  return Promise.all(sources.map((source) => readModel(posterior, file, source, options)));
}

/** Of results, as `basinet run` evaluates them: of a single draw there is no form to sample. */
function everythingOf(posterior: Posterior, file: StatisticsFile, held: readonly CompactFormName[]): ModelSource[] {
  const mean = held.includes('aligned') ? (['mean'] as const) : [];
  return file.summary === null ? [...held, ...mean] : ['draws', ...sampledForms(posterior, file).map(({ name }) => name), ...mean];
}

async function readModel(posterior: Posterior, file: StatisticsFile, source: ModelSource, options: ModelOptions): Promise<Model> {
  if (source === 'mean') return only(file.path, source, readFormMean(posterior, file, 'aligned'));
  if (source === 'draws') return drawsOf(posterior, file, options.draws ?? DEFAULT_EVALUATED_DRAWS);
  return formOf(posterior, file, source, options);
}

function only(path: string, source: Model['source'], position: Float32Array): Model {
  return {
    path,
    source,
    networks: 1,
    async *positions() {
      yield await Promise.resolve(position);
    },
  };
}

function formOf(posterior: Posterior, file: StatisticsFile, source: CompactFormName, { samples, seed }: ModelOptions): Model {
  const form = readForm(posterior, file, source);
  return {
    path: file.path,
    source,
    networks: samples,
    async *positions() {
      await Promise.resolve();
      yield* compactSamples(form, seed, samples);
    },
  };
}

/** The same draws as `basinet run` evaluates where the limit is its own. */
async function drawsOf({ tensors }: Posterior, { path, summary }: StatisticsFile, limit: number): Promise<Model> {
  if (summary === null) {
    throw new BasinetError('RESULTS_INVALID', `${path} is a file of means and standard deviations: there are no draws in it`, {
      path,
      value: 'draws',
      remedy: 'Give a results directory, or take a form of the file: --from aligned.',
    });
  }
  const draws = await readDraws(path, tensors);
  const perChain = evaluatedPerChain(draws.chains.map((chain) => chain.draws), limit);
  return {
    path,
    source: 'draws',
    networks: perChain.reduce((sum, count) => sum + count, 0),
    async *positions() {
      for (const [place, chain] of draws.chains.entries()) {
        for await (const { position } of draws.chain(place, evenlySpaced(chain.draws, perChain[place]!))) yield position;
      }
    },
  };
}
