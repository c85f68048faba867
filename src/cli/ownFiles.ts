// What a command reads is never written over, under whatever name.
import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { BasinetError } from '../errors.js';
import { RESULT_FILES } from '../summary/files.js';

/**
 * Throws USAGE where a file to be written would take the place of one that is read, or of another that is written.
 *
 * @param targets - files, each with the option that names it
 * @param read - files, or results directories, of which every file counts
 */
export function requireOwnFiles(command: string, targets: readonly (readonly [option: string, file: string])[], read: readonly string[], remedy = 'name another file'): void {
  const taken = new Set(read.flatMap((path) => [path, ...Object.values(RESULT_FILES).map((name) => join(path, name))]).flatMap((path) => [realPath(path), place(path)]));
  for (const [option, target] of targets) {
    if (taken.has(place(target))) throw new BasinetError('USAGE', `${command}: ${target} would be written over`, { path: option, value: target, remedy });
    taken.add(place(target));
  }
}

/** Whether a path is a directory, or lies in it. */
export function liesIn(path: string, directory: string): boolean {
  const way = relative(realPath(directory), realPath(path));
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** Without links; of what is not there yet, without links in what is. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return place(path);
  }
}

/** Where a file comes to lie that is renamed into place, which replaces a link and not what it leads to. */
function place(path: string): string {
  const whole = resolve(path);
  return join(realPath(dirname(whole)), basename(whole));
}
