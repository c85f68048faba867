// Runs a Python oracle (NumPy, SciPy, ArviZ, zarr, safetensors): BASINET_PYTHON, or .venv that `npm test` makes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VENV = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));

function interpreter(): string {
  const chosen = process.env.BASINET_PYTHON ?? VENV;
  if (!existsSync(chosen)) {
    throw new Error(`no Python oracle at ${chosen}: npm test makes .venv, or set BASINET_PYTHON to an interpreter with scripts/oracles/requirements.txt`);
  }
  return chosen;
}

/** Standard output of a script; `input` is its standard input. Throws with the script's standard error where it fails. */
export function runPython(script: string, input: Uint8Array | string = '', args: readonly string[] = []): string {
  const result = spawnSync(interpreter(), ['-c', script, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (result.status !== 0) throw new Error(`Python oracle failed:\n${result.stderr}`);
  return result.stdout;
}
