// Builds TensorFlow.js for Node.js without its own downloads: the npm package's addon is compiled from its source, against
// libtensorflow and its headers as the Python wheel of TensorFlow holds them. npm, pip and a C++ compiler are all it asks for,
// each as it is configured here. The result lies in the user's cache, where basinet's tfjs engine finds it.
//   --gpu                  with CUDA: the wheel `tensorflow` and the CUDA libraries that it names (several GB)
//   --tensorflow VERSION   another version than the one that the tests run on
//   --quiet                say nothing where there is nothing to do
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtTfjs, TFJS_NODE } from '../dist/engine/tfjs/location.js';
import { findCompiler } from './build-native.mjs';

/** The versions 2.12 to 2.21 compile and run. */
const TENSORFLOW = '2.20.0';
/** Any version of CPython that the wheel exists for: no Python code of it is used. */
const PYTHON = '3.11';
const PLATFORMS = ['manylinux_2_28_x86_64', 'manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'];
/** Node-API of the addon: the newest that the package knows. */
const NODE_API = 8;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => console.error(`tfjs-node: ${line}`);

/** Says what failed and what to do about it, and throws. */
function fail(problem, remedy) {
  say(problem);
  say(remedy);
  throw new Error(problem);
}

function run(what, remedy, command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (result.status === 0) return result.stdout;
  fail(`${what} failed: ${result.error?.message ?? (result.stderr.trim().split('\n').slice(-12).join('\n') || `status ${result.status}`)}`, remedy);
}

/** Downloads wheels without what they depend on; returns their files. */
function downloadWheels(requirements, directory) {
  const platforms = PLATFORMS.flatMap((name) => ['--platform', name]);
  const remedy = 'Check that python3 -m pip reaches a package index that has it (pip config list).';
  run(`fetching ${requirements.join(', ')}`, remedy, 'python3', [
    '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--implementation', 'cp', '--python-version', PYTHON, ...platforms, '--dest', directory, ...requirements,
  ]);
  return readdirSync(directory).filter((name) => name.endsWith('.whl')).map((name) => join(directory, name));
}

const EXTRACT = `
import sys, zipfile
archive, directory, *prefixes = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel:
    for name in wheel.namelist():
        if name.startswith(tuple(prefixes)): wheel.extract(name, directory)
`;
const extract = (wheel, directory, ...prefixes) => run(`unpacking ${wheel}`, 'Is the disk full?', 'python3', ['-c', EXTRACT, wheel, directory, ...prefixes]);

/** The CUDA libraries that a wheel of TensorFlow wants, as its metadata states them. */
function cudaRequirements(wheel) {
  const script = "import sys, zipfile; w = zipfile.ZipFile(sys.argv[1]); print(w.read(next(n for n in w.namelist() if n.endswith('.dist-info/METADATA'))).decode())";
  const metadata = run(`reading ${wheel}`, 'Is the disk full?', 'python3', ['-c', script, wheel]);
  return [...metadata.matchAll(/^Requires-Dist: (nvidia-[^;]+?) *; *extra == ["']and-cuda["']$/gm)].map(([, requirement]) => requirement.replace(/[()\s]/g, ''));
}

/**
 * The addon's source keeps the names of attributes in one set of the whole process, which chains, each a thread, would write at
 * once: here it is one set a thread.
 */
function compile(compiler, packageDirectory, include) {
  const path = join(packageDirectory, 'binding', 'tfjs_backend.cc');
  const shared = 'static std::set<std::string> ATTR_NAME_SET;';
  const source = readFileSync(path, 'utf8');
  if (!source.includes(shared)) fail(`${path} is not the source that this script knows`, `Use ${TFJS_NODE.cpu} ${TFJS_NODE.version}.`);
  writeFileSync(path, source.replace(shared, shared.replace('static', 'static thread_local')));
  const target = join(packageDirectory, 'lib', `napi-v${NODE_API}`);
  mkdirSync(target, { recursive: true });
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  run('compiling the addon', 'Check the compiler: GCC 11 or later, or Clang.', compiler.command, [
    '-O2', '-std=c++17', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`, '-I', headers, '-I', include,
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(packageDirectory, 'binding', file)),
    `-L${join(packageDirectory, 'deps', 'lib')}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-o', join(target, 'tfjs_binding.node'),
  ]);
}

/** Multiplies two matrices in a process of its own; returns the version of TensorFlow. */
function tryOut(directory, name) {
  const script = `const tf = require('${name}');
    const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
    if (product.join() !== '19,22,43,50') throw new Error('wrong product: ' + product);
    console.log(tf.backend().binding.TF_Version);`;
  return run('trying the addon', 'This version of TensorFlow does not fit: choose another with --tensorflow.', process.execPath, ['-e', script], {
    cwd: directory,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  }).trim();
}

/** @returns the directory whose node_modules holds the package */
export function buildTfjsNode({ device = 'cpu', tensorflow = TENSORFLOW, quiet = false } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(`this script knows the wheels of Linux on x64, not of ${process.platform} on ${process.arch}`, `Install ${TFJS_NODE.cpu} with npm instead.`);
  }
  const target = builtTfjs(device);
  const name = TFJS_NODE[device];
  const compiler = findCompiler();
  if (compiler === null) fail('no C++ compiler (tried CXX, c++, g++, clang++)', 'On Debian: apt-get install g++');
  const stamp = createHash('sha256').update([tensorflow, compiler.version, readFileSync(fileURLToPath(import.meta.url))].join('\n')).digest('hex');
  const stampFile = join(target, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    if (!quiet) say(`${target} is up to date`);
    return target;
  }
  const scratch = `${target}.${process.pid}`;
  const wheels = join(scratch, 'wheels');
  mkdirSync(wheels, { recursive: true });
  try {
    say(`installing ${name} ${TFJS_NODE.version} without its own download (npm)`);
    writeFileSync(join(scratch, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: TFJS_NODE.version } }));
    run('npm install', 'Check that npm reaches a registry that has it (npm config list).', 'npm', ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: scratch });
    const packageDirectory = join(scratch, 'node_modules', ...name.split('/'));
    const dependencies = join(packageDirectory, 'deps');
    const library = join(dependencies, 'lib');
    mkdirSync(library, { recursive: true });

    const distribution = device === 'gpu' ? 'tensorflow' : 'tensorflow-cpu';
    say(`fetching libtensorflow: the wheel of ${distribution} ${tensorflow} (pip)`);
    const [wheel] = downloadWheels([`${distribution}==${tensorflow}`], wheels);
    extract(wheel, scratch, 'tensorflow/libtensorflow_', 'tensorflow/include/tensorflow/', 'tensorflow/include/xla/', 'tensorflow/include/tsl/');
    for (const file of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) renameSync(join(scratch, 'tensorflow', file), join(library, file));
    if (device === 'gpu') {
      // libtensorflow looks for CUDA in ../nvidia/*/lib beside its own directory.
      const cuda = cudaRequirements(wheel);
      say(`fetching CUDA: ${cuda.join(', ')}`);
      for (const file of downloadWheels(cuda, join(wheels, 'cuda'))) extract(file, dependencies, 'nvidia/');
    }
    say(`compiling the addon with ${compiler.version}`);
    compile(compiler, packageDirectory, join(scratch, 'tensorflow', 'include'));
    const version = tryOut(scratch, name);
    for (const leftover of ['tensorflow', 'wheels']) rmSync(join(scratch, leftover), { recursive: true });
    writeFileSync(join(scratch, 'stamp'), stamp);
    rmSync(target, { recursive: true, force: true });
    renameSync(scratch, target);
    say(`TensorFlow ${version} for ${name} ${TFJS_NODE.version} is in ${target}`);
    return target;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--tensorflow');
  try {
    buildTfjsNode({
      device: process.argv.includes('--gpu') ? 'gpu' : 'cpu',
      quiet: process.argv.includes('--quiet'),
      ...(at > 0 ? { tensorflow: process.argv[at + 1] } : {}),
    });
  } catch {
    process.exitCode = 1;
  }
}
