// Output files: a directory that is ours to fill, files that appear whole or not at all, and what the disk says against it.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BasinetError } from '../errors.js';

/** What a results directory holds, by the names that its readers use. */
export const RESULT_FILES = {
  tensors: 'summary.safetensors',
  summary: 'summary.json',
  draws: 'draws',
  report: 'report.html',
  job: 'job.yaml',
  /** Directory: of a variational job, one file a chain. */
  fitted: 'variational',
} as const;

export interface OutputDirectoryOptions {
  /** Replace results that are there. */
  readonly overwrite?: boolean;
  /** Entries that may be there without being results, e.g. the state of a run. Hidden ones (`.name`) always may. */
  readonly allow?: readonly string[];
}

/**
 * Makes the directory where needed. Throws OUTPUT_UNWRITABLE where it holds anything visible that is not allowed
 * and `overwrite` is not set, or cannot be made or written to: call it before hours of sampling, too.
 */
export async function prepareOutputDirectory(directory: string, options: OutputDirectoryOptions = {}): Promise<void> {
  let entries: string[];
  try {
    await makeDirectory(directory);
    entries = await readdir(directory);
    const probe = temporaryName(join(directory, 'probe'));
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw outputError(error, directory);
  }
  if (options.overwrite === true) return;
  const visible = entries.filter((name) => !name.startsWith('.') && !(options.allow ?? []).includes(name));
  if (visible.length > 0) {
    throw new BasinetError('OUTPUT_UNWRITABLE', `the output directory is not empty: it holds ${visible.slice(0, 5).join(', ')}`, {
      path: directory,
      value: visible,
      remedy: 'Choose another directory, or overwrite what is there with --overwrite.',
    });
  }
}

/** Throws OUTPUT_UNWRITABLE. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw outputError(error, path);
  }
}

/** A name beside `path` for what is not whole yet; hidden, so that nobody takes it for a result. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
}

/** Writes, syncs and renames into place; after a failure nothing of that name has changed. Throws OUTPUT_UNWRITABLE. */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await discard(temporary);
    throw outputError(error, path);
  }
}

/** Removes what a failure left; what goes wrong here would only hide the first error. */
export async function discard(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Turns what the file system says into what the user can do about it. BasinetErrors pass through. */
export function outputError(error: unknown, path: string): BasinetError {
  if (error instanceof BasinetError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const [message, remedy] = EXPLANATIONS[code] ?? ['cannot be written', 'See the cause, and choose another output directory.'];
  return new BasinetError('OUTPUT_UNWRITABLE', `${path} ${message} (${code || String(error)})`, { path, value: code, remedy, cause: error });
}

const EXPLANATIONS: Record<string, readonly [message: string, remedy: string]> = {
  ENOSPC: ['does not fit on the disk', 'Free disk space, or choose an output directory on another disk.'],
  EDQUOT: ['passes the disk quota', 'Free disk space, or choose an output directory on another disk.'],
  EACCES: ['may not be written', 'Change its permissions, or choose another output directory.'],
  EPERM: ['may not be written', 'Change its permissions, or choose another output directory.'],
  EROFS: ['is on a read-only file system', 'Choose another output directory.'],
  ENOTDIR: ['lies under a file, not a directory', 'Choose another output directory.'],
  EEXIST: ['is a file, not a directory', 'Choose another output directory.'],
};
