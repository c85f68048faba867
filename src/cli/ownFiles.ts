// What a command reads is never written over.
import { join, resolve } from 'node:path';
import { BasinetError } from '../errors.js';
import { RESULT_FILES } from '../summary/files.js';

/**
 * Throws USAGE where a file to be written would take the place of one that is read, or of another that is written.
 *
 * @param targets - files, each with the option that names it
 * @param read - files, or results directories, of which every file counts
 */
export function requireOwnFiles(command: string, targets: readonly (readonly [option: string, file: string])[], read: readonly string[]): void {
  const taken = new Set(read.flatMap((path) => [path, ...Object.values(RESULT_FILES).map((name) => join(path, name))]).map((path) => resolve(path)));
  for (const [option, target] of targets) {
    if (taken.has(resolve(target))) throw new BasinetError('USAGE', `${command}: ${target} would be written over`, { path: option, value: target, remedy: 'name another file' });
    taken.add(resolve(target));
  }
}
