// A Python process that runs the other side of a comparison on command: BASINET_PYTHON, or .venv/bin/python.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const INSTALL = 'python3 -m venv .venv && .venv/bin/pip install -r scripts/oracles/requirements-bench.txt';

/**
 * Starts `script` of bench/support. It prints one JSON line when it is ready, then answers each line that it is sent with
 * one JSON line. Null, with a message to `say`, where there is no interpreter or it lacks a package.
 */
export async function startPython(script, { say, env = {}, input = [] }) {
  const interpreter = process.env.BASINET_PYTHON ?? join(root, '.venv', 'bin', 'python');
  if (!existsSync(interpreter)) {
    say(`no Python at ${interpreter}; for the comparisons: ${INSTALL}`);
    return null;
  }
  const child = spawn(interpreter, [join(root, 'bench', 'support', script)], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const bytes of input) child.stdin.write(bytes);
  const answer = async () => {
    const { value, done } = await lines.next();
    return done ? null : JSON.parse(value);
  };
  const ready = await answer();
  if (ready === null || ready.missing !== undefined) {
    say(`${interpreter} cannot import ${ready?.missing ?? 'what it needs'}; for the comparisons: ${INSTALL}`);
    child.stdin.end();
    return null;
  }
  return {
    ready,
    async ask(command) {
      child.stdin.write(`${command}\n`);
      const value = await answer();
      if (value === null) throw new Error(`bench/support/${script} ended while asked for ${command}`);
      return value;
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
