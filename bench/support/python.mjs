// A Python process that runs the other side of a comparison on command: BASINET_PYTHON, or .venv/bin/python.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSide } from './side.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const INSTALL = 'python3 -m venv .venv && .venv/bin/pip install -r scripts/oracles/requirements-bench.txt';

/** Starts `script` of bench/support. Null, with a message to `say`, where there is no interpreter or it lacks a package. */
export async function startPython(script, { say, env, input }) {
  const interpreter = process.env.BASINET_PYTHON ?? join(root, '.venv', 'bin', 'python');
  if (!existsSync(interpreter)) {
    say(`no Python at ${interpreter}; for the comparisons: ${INSTALL}`);
    return null;
  }
  const side = await startSide(interpreter, [join(root, 'bench', 'support', script)], { env, input });
  if (side.ready !== null && side.ready.missing === undefined) return side;
  say(`${interpreter} cannot import ${side.ready?.missing ?? 'what it needs'}; for the comparisons: ${INSTALL}`);
  await side.stop();
  return null;
}
