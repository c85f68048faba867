// A file of inputs as it is named on the command line: its format told by its name.
import { basename } from 'node:path';
import type { InputSource, Job } from '../job/schema.js';

/**
 * `.npy`, `.npz#KEY`, `.safetensors#TENSOR`, `.csv`, `.tsv` and `.txt` by their ends, all else IDX, plain or gzip. Text is read
 * with the delimiter and the header of the job's training file, if that is text too; else with the format's defaults.
 */
export function inputSource(file: string, { data: { train } }: Pick<Job, 'data'>): InputSource {
  const path = fileOfInputs(file);
  const name = basename(file);
  if (/\.(csv|tsv|txt)$/i.test(path)) {
    const { header, delimiter } = train.format === 'csv' ? train : { header: true, delimiter: path.toLowerCase().endsWith('.tsv') ? '\t' : ',' };
    return { name, format: 'csv', file, header, delimiter };
  }
  const format = /\.np[yz]$/i.test(path) ? 'npy' : /\.safetensors$/i.test(path) ? 'safetensors' : 'idx';
  return { name, format, inputs: file };
}

/** Without the name of an array in it. */
export function fileOfInputs(file: string): string {
  return file.replace(/#[^#]*$/, '');
}
