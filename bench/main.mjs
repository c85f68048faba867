// Runs benchmarks: `npm run bench -- NAME [--json]`, or all of them, which writes docs/benchmarks.md.
// The last line printed for a benchmark is {"bench": NAME, "figures": {…}, "goals": [{name, value, goal, met}]}.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuFeatures } from '../dist/engine/native.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BENCHES = ['gradient-mlp', 'gradient-small', 'overhead', 'assignment', 'align', 'fold', 'engines', 'stack', 'gpu'];
const USAGE = `usage: npm run bench -- [NAME] [--json]\n\nNAME is one of ${BENCHES.join(', ')}; without it all run and docs/benchmarks.md is written.`;

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => arg !== '--json');
if (names.length > 1 || names.some((name) => !BENCHES.includes(name))) {
  console.error(USAGE);
  process.exit(64);
}
const say = json ? () => {} : (line) => console.log(line);

if (names.length === 1) {
  await runOne(names[0]);
} else {
  const results = [];
  for (const name of BENCHES) results.push(await runOne(name));
  writeFileSync(join(root, 'docs', 'benchmarks.md'), page(results));
  say('wrote docs/benchmarks.md');
}

async function runOne(name) {
  if (!existsSync(join(root, 'bench', `${name}.mjs`))) throw new Error(`there is no bench/${name}.mjs`);
  const { run, description } = await import(`./${name}.mjs`);
  say(`── ${name}`);
  const load = loadavg()[0];
  if (load > 0.5 * availableParallelism()) say(`  the machine is busy (load ${load.toFixed(1)}): figures will be low and ratios unsteady`);
  const { figures, goals } = await run({ say });
  for (const [key, value] of Object.entries(figures)) say(`  ${key.padEnd(36)} ${format(value)}`);
  for (const goal of goals) say(`  ${goal.met ? '✓' : '✗'} ${goal.name.padEnd(34)} ${format(goal.value)}   goal ≥ ${goal.goal}`);
  console.log(JSON.stringify({ bench: name, figures, goals }));
  return { name, description, figures, goals };
}

function format(value) {
  if (value === null) return 'not measured';
  if (Array.isArray(value)) return value.map(format).join(', ');
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}

function page(results) {
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const features = cpuFeatures();
  const lines = [
    '# Benchmarks',
    '',
    'Written by `npm run bench`; `npm run bench -- NAME` runs one. Ratios compare two things measured in turns in the same run.',
    '',
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `- Engine: ${features === null ? 'reference (the native engine is not built)' : `native, ${features.instructionSets[0]}`}`,
    `- Versions: basinet ${version}, Node ${process.versions.node}, nats.js ${dependencies['@nats-io/jetstream']}`,
  ];
  for (const { name, description, figures, goals } of results) {
    lines.push('', `## ${name}`, '');
    if (description !== undefined) lines.push(description, '');
    if (goals.length > 0) lines.push('| goal | value | wanted | met |', '| --- | --- | --- | --- |');
    for (const goal of goals) lines.push(`| ${goal.name} | ${format(goal.value)} | ≥ ${goal.goal} | ${goal.met ? 'yes' : 'no'} |`);
    if (goals.length > 0) lines.push('');
    lines.push('| figure | value |', '| --- | --- |');
    for (const [key, value] of Object.entries(figures)) lines.push(`| ${key} | ${format(value)} |`);
  }
  return `${lines.join('\n')}\n`;
}
