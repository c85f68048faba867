// Builds native/*.cc into build/basinet.node with the machine's C++ compiler: no node-gyp, no downloads.
// Each file whose name ends in _avx2, _avx512, _avx512vnni, _neon is compiled for that instruction set and chosen at run time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes('--quiet');
const say = (line) => { if (!quiet) console.log(line); };

/** Compiler flags for a source file by its name, or null where this processor family cannot use it. */
function flagsFor(file, arch) {
  const base = ['-O3', '-std=c++20', '-fPIC', '-fvisibility=hidden', '-ffp-contract=off', '-Wall', '-Wextra', '-pthread', '-DNAPI_VERSION=8'];
  if (/_avx512\.cc$/.test(file)) return arch === 'x64' ? [...base, '-mavx512f', '-mavx512dq', '-mavx512bw', '-mavx512vl', '-mavx2', '-mfma', '-mprefer-vector-width=512'] : null;
  if (/_avx512vnni\.cc$/.test(file)) return arch === 'x64' ? [...base, '-mavx512f', '-mavx512bw', '-mavx512vnni', '-mprefer-vector-width=512'] : null;
  if (/_avx2\.cc$/.test(file)) return arch === 'x64' ? [...base, '-mavx2', '-mfma'] : null;
  if (/_neon\.cc$/.test(file)) return arch === 'arm64' ? base : null;
  return base;
}

function compilerCandidates() {
  return [process.env.CXX, 'c++', 'g++', 'clang++'].filter(Boolean);
}

export function findCompiler() {
  for (const candidate of compilerCandidates()) {
    const probe = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (probe.status === 0) return { command: candidate, version: probe.stdout.split('\n')[0] };
  }
  return null;
}

export function buildNative() {
  const nativeDir = join(root, 'native');
  const out = join(root, 'build');
  const target = join(out, 'basinet.node');
  const compiler = findCompiler();
  if (compiler === null) {
    console.error('native engine: no C++ compiler (tried CXX, c++, g++, clang++). basinet will run on the reference engine, far slower. On Debian: apt-get install g++');
    return false;
  }
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  const sources = readdirSync(nativeDir).filter((f) => f.endsWith('.cc') && flagsFor(f, process.arch) !== null).sort();
  const hash = createHash('sha256').update(compiler.version + process.arch);
  for (const f of readdirSync(nativeDir).sort()) hash.update(f).update(readFileSync(join(nativeDir, f)));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  const stamp = hash.digest('hex');
  const stampFile = join(out, 'basinet.stamp');
  if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    say('native engine: up to date');
    return true;
  }
  say(`native engine: compiling ${sources.length} files with ${compiler.version}`);
  mkdirSync(join(out, 'obj'), { recursive: true });
  const run = (args) => {
    const result = spawnSync(compiler.command, args, { encoding: 'utf8', cwd: root });
    if (result.status === 0) { if (result.stderr) process.stderr.write(result.stderr); return true; }
    process.stderr.write(result.stderr ?? '');
    console.error(`native engine: compiling failed (${compiler.command} ${args.at(-1)}). basinet will run on the reference engine, far slower.`);
    return false;
  };
  const objects = [];
  for (const file of sources) {
    const object = join('build', 'obj', file.replace(/\.cc$/, '.o'));
    if (!run([...flagsFor(file, process.arch), '-I', headers, '-c', join('native', file), '-o', object])) return false;
    objects.push(object);
  }
  const link = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-static-libstdc++', '-static-libgcc'];
  const temporary = join('build', `basinet.${process.pid}.node`);
  if (!run([...link, '-pthread', ...objects, '-o', temporary])) return false;
  renameSync(join(root, temporary), target);
  writeFileSync(stampFile, stamp);
  say('native engine: built build/basinet.node');
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = buildNative() ? 0 : 1;
