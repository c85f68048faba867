// Predictions as files that NumPy and spreadsheets read.
import { writeNpy } from '../data/npy.js';
import { writeSafetensors, type Tensor } from '../data/safetensors.js';
import { BasinetError } from '../errors.js';
import { mostProbable } from '../stats/index.js';
import type { Predictions } from '../summary/evaluation/predictions.js';

const FORMATS = ['npy', 'safetensors', 'csv'] as const;
export type PredictionFormat = (typeof FORMATS)[number];

/** By the end of the file's name. Throws USAGE for another. */
export function predictionFormat(file: string): PredictionFormat {
  const format = FORMATS.find((known) => file.toLowerCase().endsWith(`.${known}`));
  if (format !== undefined) return format;
  throw new BasinetError('USAGE', `--out: ${file} tells no format`, { path: '--out', value: file, remedy: `name a file that ends in ${FORMATS.map((known) => `.${known}`).join(', ')}` });
}

/** Every quantity by its name in files. */
export function namedPredictions(predictions: Predictions): Map<string, Tensor & { readonly dtype: 'F64' }> {
  const { rows } = predictions;
  const tensor = (data: Float64Array, ...columns: number[]) => ({ dtype: 'F64' as const, shape: [rows, ...columns], data });
  if (predictions.kind === 'categorical') {
    const { probabilities, classes, entropy, mutualInformation } = predictions;
    return new Map([['probabilities', tensor(probabilities, classes)], ['entropy', tensor(entropy)], ['mutual_information', tensor(mutualInformation)]]);
  }
  const { mean, std, outputStd, outputs, entropy } = predictions;
  return new Map([['mean', tensor(mean, outputs)], ['std', tensor(std, outputs)], ['output_std', tensor(outputStd, outputs)], ['entropy', tensor(entropy)]]);
}

/**
 * All in float64. safetensors: every quantity. npy: probabilities [rows, classes], or mean and standard deviation
 * [2, rows, outputs]. csv: a row each, with a header.
 */
export function encodePredictions(predictions: Predictions, format: PredictionFormat): Uint8Array | string {
  switch (format) {
    case 'safetensors':
      return writeSafetensors(namedPredictions(predictions), { format: 'pt' });
    case 'npy': {
      if (predictions.kind === 'categorical') return writeNpy(namedPredictions(predictions).get('probabilities')!);
      const { rows, outputs, mean, std } = predictions;
      const data = new Float64Array(2 * mean.length);
      data.set(mean);
      data.set(std, mean.length);
      return writeNpy({ dtype: 'F64', shape: [2, rows, outputs], data });
    }
    case 'csv':
      return csv(predictions);
  }
}

function csv(predictions: Predictions): string {
  const columns: [name: string, of: (row: number) => number][] =
    predictions.kind === 'categorical'
      ? [
          ['class', (row) => mostProbable(predictions.probabilities.subarray(row * predictions.classes, (row + 1) * predictions.classes))],
          ...numbered('p', predictions.classes, predictions.probabilities),
          ['entropy', (row) => predictions.entropy[row]!],
          ['mutual_information', (row) => predictions.mutualInformation[row]!],
        ]
      : [
          ...numbered('mean_', predictions.outputs, predictions.mean),
          ...numbered('std_', predictions.outputs, predictions.std),
          ...numbered('output_std_', predictions.outputs, predictions.outputStd),
          ['entropy', (row) => predictions.entropy[row]!],
        ];
  const lines = Array.from({ length: predictions.rows }, (_, row) => columns.map(([, of]) => String(of(row))).join(','));
  return `${columns.map(([name]) => name).join(',')}\n${lines.join('\n')}\n`;
}

/** Columns `p0`, `p1`, … of a [rows, width] table. */
function numbered(prefix: string, width: number, values: Float64Array): [name: string, of: (row: number) => number][] {
  return Array.from({ length: width }, (_, column) => [`${prefix}${column}`, (row) => values[row * width + column]!]);
}
