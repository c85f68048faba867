// A file of inputs as it is named on the command line: its format told by its name.
import { basename } from 'node:path';
import { csvHasHeader } from '../data/csv.js';
import type { InputSource, Job } from '../job/schema.js';

/**
 * `.npy`, `.npz#KEY`, `.safetensors#TENSOR`, `.csv`, `.tsv` and `.txt` by their ends, all else IDX, plain or gzip. Text is read
 * with the delimiter and the header of the job's training file, if that is text too; else with commas (tabs in `.tsv`), and its
 * first line is a header where it holds anything but numbers.
 *
 * @throws BasinetError DATA_INVALID where text has to be looked into and cannot be
 */
export async function inputSource(file: string, { data: { train } }: Pick<Job, 'data'>): Promise<InputSource> {
  const path = fileOfInputs(file);
  const name = basename(file);
  if (/\.(csv|tsv|txt)$/i.test(path)) {
    if (train.format === 'csv') return { name, format: 'csv', file, header: train.header, delimiter: train.delimiter };
    const delimiter = path.toLowerCase().endsWith('.tsv') ? '\t' : ',';
    return { name, format: 'csv', file, header: await csvHasHeader(file, delimiter), delimiter };
  }
  const format = /\.np[yz]$/i.test(path) ? 'npy' : /\.safetensors$/i.test(path) ? 'safetensors' : 'idx';
  return { name, format, inputs: file };
}

/** Without the name of an array in it. */
export function fileOfInputs(file: string): string {
  return file.replace(/#[^#]*$/, '');
}
