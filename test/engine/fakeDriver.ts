// An nvidia-smi that says what a test wants, and counts how often it is asked.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface FakeDriver {
  /** Holds the program. */
  readonly directory: string;
  readonly path: string;
  calls(): number;
}

const H100 = 'GPU-11111111-aaaa, NVIDIA H100 80GB HBM3, 81559, 550.54.15';

/** Removed when the tests of the file are through. `query`: lines of UUID, name, memory and driver; `list`: what `-L` prints. */
export function fakeDriver({ query = [H100], list = [] }: { readonly query?: readonly string[]; readonly list?: readonly string[] } = {}): FakeDriver {
  const directory = mkdtempSync(join(tmpdir(), 'basinet-driver-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const log = join(directory, 'calls');
  const says = (lines: readonly string[]) => lines.map((line) => `echo '${line}'`).join('; ') || 'true';
  const script = `#!/bin/sh\necho "$@" >> '${log}'\nif [ "$1" = -L ]; then ${says(list)}; else ${says(query)}; fi\n`;
  writeFileSync(join(directory, 'nvidia-smi'), script, { mode: 0o755 });
  return { directory, path: `${directory}:${process.env.PATH}`, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0) };
}
