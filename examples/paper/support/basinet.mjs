// Runs basinet's own commands as a user would, and shows them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { HERE } from './data.mjs';

const MAIN = join(HERE, '..', '..', 'dist', 'cli', 'main.js');

/** Runs `basinet ARGS`, its messages going to the terminal. Throws where it fails. */
export async function basinet(...args) {
  console.log(`$ npx basinet ${args.join(' ')}`);
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`basinet ${args[0]} ended with exit code ${code}`);
  return Buffer.concat(chunks).toString();
}

/** As `basinet`, with --json, parsed. */
export async function basinetJson(...args) {
  return JSON.parse(await basinet(...args, '--json'));
}
