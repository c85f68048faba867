// `basinet compare`: how far two compact posteriors are apart, per tensor and over all weights.
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BasinetError } from '../../errors.js';
import { comparePosteriors } from '../../summary/comparison/compare.js';
import { comparisonDocument, type DescribedComparison } from '../../summary/comparison/document.js';
import { readComparedPosterior, type Space } from '../../summary/comparison/posterior.js';
import { outputError, RESULT_FILES, writeFileAtomic } from '../../summary/files.js';
import { VERSION } from '../../version.js';
import { renderComparisonText } from '../comparisonText.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';

export interface CompareCommandOptions {
  readonly out?: string;
  readonly space: Space;
  readonly align: boolean;
  readonly maxSweeps: string;
  readonly json?: boolean;
}

export async function compare(pathA: string, pathB: string, options: CompareCommandOptions): Promise<void> {
  const maxSweeps = positiveInteger('--max-sweeps', options.maxSweeps);
  const { out = null, space, align } = options;
  if (out !== null) requireOwnFile(out, [pathA, pathB]);
  const a = await readComparedPosterior(pathA, space);
  const b = await readComparedPosterior(pathB, space);
  const described = { a, b, space, comparison: comparePosteriors(a, b, { align, maxSweeps }), version: VERSION };
  if (out !== null) await writePage(described, out);
  printResult(options.json === true, comparisonDocument(described, out), () => renderComparisonText(described, out));
}

/** The page must not take the place of what is compared. */
function requireOwnFile(out: string, compared: readonly string[]): void {
  const taken = compared.flatMap((path) => [path, ...Object.values(RESULT_FILES).map((name) => join(path, name))]);
  if (!taken.some((path) => resolve(path) === resolve(out))) return;
  throw new BasinetError('USAGE', `compare: ${out} would be written over`, { path: '--out', value: out, remedy: 'name another file' });
}

/** Charts take half a second to load: only where they are asked for. */
async function writePage(described: DescribedComparison, out: string): Promise<void> {
  const { renderComparison } = await import('../../summary/report/comparison.js');
  const page = await renderComparison(described);
  await mkdir(dirname(out), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, dirname(out));
  });
  await writeFileAtomic(out, page);
}
