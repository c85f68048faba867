// Reads files and says what is wrong with them: the one place where data errors get their wording.
import { open } from 'node:fs/promises';
import { BasinetError } from '../errors.js';

/** Where in a file something is wrong. Rows and columns count from 0, lines from 1. */
export interface Place {
  readonly row?: number;
  readonly column?: number | string;
  readonly line?: number;
}

/**
 * @throws BasinetError DATA_INVALID always: `FILE, row R, column C: MESSAGE`
 */
export function invalidData(
  file: string,
  message: string,
  details: { readonly place?: Place; readonly value?: unknown; readonly remedy: string; readonly cause?: unknown },
): never {
  const { place = {} } = details;
  const path = [
    file,
    ...(place.row === undefined ? [] : [`row ${place.row}`]),
    ...(place.line === undefined ? [] : [`line ${place.line}`]),
    ...(place.column === undefined ? [] : [`column ${place.column}`]),
  ].join(', ');
  throw new BasinetError('DATA_INVALID', `${path}: ${message}`, {
    path,
    remedy: details.remedy,
    ...('value' in details ? { value: details.value } : {}),
    ...('cause' in details ? { cause: details.cause } : {}),
  });
}

/** A file opened for reading parts of it. */
export interface DataFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes [from, to), cut at the end of the file. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/**
 * Opens `path`, runs `use`, closes.
 *
 * @throws BasinetError DATA_INVALID where the file is missing, no file, empty, or cannot be read
 */
export async function withFile<T>(path: string, use: (file: DataFile) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    invalidData(path, cause.code === 'ENOENT' ? 'there is no such file' : `cannot be opened: ${cause.message}`, {
      remedy: 'Give the path of a file that can be read; relative paths start at the working directory, those in a job file at that file.',
      cause,
    });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) invalidData(path, 'is not a file', { remedy: 'Give the path of a file.' });
    if (stat.size === 0) invalidData(path, 'is empty', { remedy: 'Give a file with rows in it.' });
    return await use({
      path,
      size: stat.size,
      async read(from, to) {
        const bytes = new Uint8Array(Math.max(0, Math.min(to, stat.size) - from));
        let done = 0;
        while (done < bytes.length) {
          const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
          if (bytesRead === 0) invalidData(path, 'shrank while it was read', { remedy: 'Try again when it is written.' });
          done += bytesRead;
        }
        return bytes;
      },
    });
  } finally {
    await handle.close();
  }
}

/** @throws BasinetError DATA_INVALID as `withFile` */
export async function readWholeFile(path: string): Promise<Uint8Array> {
  return withFile(path, (file) => file.read(0, file.size));
}
