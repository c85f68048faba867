// The other side of a comparison, a process that is told what to do line by line and answers each with a line of JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Starts `command` with `args`, of which the last is a script. It prints one line when it is ready; `ready` is what that holds, null
 * where the process ended without.
 */
export async function startSide(command, args, { env = {}, input = [] } = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const bytes of input) child.stdin.write(bytes);
  const answer = async () => {
    const { value, done } = await lines.next();
    return done ? null : JSON.parse(value);
  };
  return {
    ready: await answer(),
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const value = await answer();
      if (value === null) throw new Error(`${basename(args.at(-1))} ended while asked for ${line}`);
      return value;
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
