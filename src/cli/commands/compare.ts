// `basinet compare`: how far two compact posteriors are apart, per tensor and over all weights.
import { dirname } from 'node:path';
import { BasinetError } from '../../errors.js';
import type { Network } from '../../network/network.js';
import { isOdd } from '../../rebasin/index.js';
import { comparePosteriors } from '../../summary/comparison/compare.js';
import { comparisonDocument, type DescribedComparison } from '../../summary/comparison/document.js';
import { readComparedPosterior, type Space } from '../../summary/comparison/posterior.js';
import { writeFileAtomic } from '../../summary/files.js';
import { VERSION } from '../../version.js';
import { makeOutputDirectory } from '../alignedNetworks.js';
import { alignmentOf, type AlignmentCommandOptions } from '../alignmentOptions.js';
import { renderComparisonText } from '../comparisonText.js';
import { printResult } from '../output.js';
import { requireOwnFiles } from '../ownFiles.js';

export interface CompareCommandOptions extends Omit<AlignmentCommandOptions, 'matching'> {
  readonly out?: string;
  readonly space: Space;
  readonly align: boolean;
  readonly json?: boolean;
}

export async function compare(pathA: string, pathB: string, options: CompareCommandOptions): Promise<void> {
  const { signs, orders, maxSweeps } = alignmentOf(options);
  const { out = null, space, align } = options;
  if (out !== null) requireOwnFiles('compare', [['--out', out]], [pathA, pathB]);
  const a = await readComparedPosterior(pathA, space);
  const b = await readComparedPosterior(pathB, space);
  if (signs === true) requireOdd(a.network ?? b.network);
  const described = { a, b, space, comparison: comparePosteriors(a, b, { align, signs, orders, maxSweeps }), version: VERSION };
  if (out !== null) await writePage(described, out);
  printResult(options.json === true, comparisonDocument(described, out), () => renderComparisonText(described, out));
}

/** Files do not say what their activations are, results do. Throws USAGE. */
function requireOdd(network: Network | null): void {
  const layer = network?.layers.slice(0, -1).find(({ activation }) => !isOdd(activation));
  if (layer === undefined) return;
  throw new BasinetError('USAGE', `compare: the activation of ${layer.name} is ${layer.activation}, which is not odd: changing signs would change the function`, { path: '--signs', value: true, remedy: 'leave out --signs: of results, the signs that are free are aligned anyway' });
}

/** Charts take half a second to load: only where they are asked for. */
async function writePage(described: DescribedComparison, out: string): Promise<void> {
  const { renderComparison } = await import('../../summary/report/comparison.js');
  const page = await renderComparison(described);
  await makeOutputDirectory(dirname(out));
  await writeFileAtomic(out, page);
}
