// All the set-up there is: npm packages, the TypeScript build, the native engine, nats-server, and for tests the
// Python oracles. Runs before anything is installed, so it uses nothing but Node. Does only what is missing.
//   --dev       from a checkout: install packages and build
//   --oracles   also make .venv for the tests' Python oracles
//   --tfjs      also build TensorFlow.js on libtensorflow, which the tests of the tfjs engine then run on; CI's tests do on Linux
//   --quiet     say only what is being done
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wants = (flag) => process.argv.includes(flag);
const say = (line) => console.error(`setup: ${line}`);
const known = (line) => { if (!wants('--quiet')) say(line); };

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.status === 0) return;
  say(`${command} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ` with status ${result.status}`}`);
  process.exit(1);
}

/** Runs `action` where the files' contents changed since it last ran in this checkout. */
function whenChanged(stampName, files, present, action, upToDate) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  const digest = hash.digest('hex');
  const stamp = join(root, stampName);
  if (present() && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return known(upToDate);
  action();
  writeFileSync(stamp, digest);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Node ${process.versions.node} is too old: basinet needs 20.19 or newer`);
  process.exit(1);
}

function installPackages() {
  whenChanged('node_modules/.basinet-stamp', ['package.json', 'package-lock.json'], () => existsSync(join(root, 'node_modules')), () => {
    say('installing npm packages (npm ci)');
    // npm itself runs as a script of npm here: the same npm, found without PATH.
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    if (npm) run(process.execPath, [npm, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    else run('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }, 'npm packages are installed');
}

async function buildEverything() {
  known('compiling TypeScript');
  run(process.execPath, ['scripts/build.mjs']);
  const { buildNative } = await import(pathToFileURL(join(root, 'scripts/build-native.mjs')).href);
  buildNative();
}

async function provideServer() {
  const { provideNatsServer } = await import(pathToFileURL(join(root, 'dist/natsServer/provide.js')).href);
  try {
    const server = await provideNatsServer(say);
    known(server.description);
  } catch (error) {
    say(error.message);
    if (error.remedy) say(error.remedy);
    process.exit(1);
  }
}

function makeOracles() {
  if (process.env.BASINET_PYTHON) return known(`Python oracles: ${process.env.BASINET_PYTHON} (BASINET_PYTHON)`);
  const requirements = 'scripts/oracles/requirements.txt';
  whenChanged('.venv/.basinet-stamp', [requirements], () => existsSync(join(root, '.venv/bin/python')), () => {
    say('making .venv with the tests’ Python oracles (SciPy, ArviZ, zarr, safetensors)');
    const environment = spawnSync('python3', ['-m', 'venv', '.venv'], { cwd: root, encoding: 'utf8' });
    if (environment.status !== 0) {
      // Debian splits ensurepip off: virtualenv from PyPI makes the same environment.
      run('sh', ['-c', 'python3 -m pip install --quiet --target .venv-bootstrap virtualenv && PYTHONPATH=.venv-bootstrap python3 -m virtualenv --quiet .venv && rm -r .venv-bootstrap']);
    }
    run('.venv/bin/python', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  }, 'Python oracles are installed');
}

/** The report is tested in a real browser. Debian's package where this may install it, else Playwright's own download. */
async function provideBrowser() {
  const { chromium } = await import('playwright-core');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((directory) => names.map((name) => join(directory, name)));
  const findChromium = () => [process.env.CHROMIUM_PATH, ...onPath, chromium.executablePath()].find((path) => path && existsSync(path));
  const found = findChromium();
  if (found) return known(`Chromium: ${found}`);
  const isRoot = process.getuid?.() === 0;
  if (isRoot && spawnSync('sh', ['-c', 'command -v apt-get']).status === 0) {
    say('installing Chromium for the tests (apt-get install chromium)');
    spawnSync('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
  } else {
    say('fetching Chromium for the tests (playwright-core install chromium)');
    spawnSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { cwd: root, stdio: 'inherit' });
  }
  if (!findChromium()) say('no Chromium: the tests of the report will fail. Install one, or name it in CHROMIUM_PATH');
}

async function provideTfjs() {
  const { buildTfjsNode } = await import(pathToFileURL(join(root, 'scripts/build-tfjs-node.mjs')).href);
  try {
    known(`TensorFlow.js: ${buildTfjsNode({ quiet: true })}`);
  } catch {
    process.exit(1);
  }
}

checkNode();
installPackages();
await buildEverything();
await provideServer();
if (wants('--oracles')) {
  makeOracles();
  await provideBrowser();
}
// Where CI runs the tests; there are wheels of TensorFlow for this platform.
const inCi = process.env.CI && wants('--oracles') && process.platform === 'linux' && process.arch === 'x64';
if (wants('--tfjs') || inCi) await provideTfjs();
