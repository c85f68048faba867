// Regenerates what is derived: protobuf code from proto/, the job JSON Schema from src/job/schema.ts.
// `--check` fails where a committed file differs, and changes nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const check = process.argv.includes('--check');

function tool(name, args) {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', '.bin', name), ...args], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${name} failed:\n${result.stdout}${result.stderr}`);
}

async function generated() {
  const scratch = mkdtempSync(join(tmpdir(), 'basinet-generate-'));
  try {
    const js = join(scratch, 'basinet.js');
    const dts = join(scratch, 'basinet.d.ts');
    tool('pbjs', ['-t', 'static-module', '-w', 'es6', '--es6', '--force-number', '--no-verify', '--no-delimited', '--no-service', '--no-convert', '-o', js, 'proto/basinet/v1/basinet.proto']);
    tool('pbts', ['-o', dts, js]);
    const files = {
      'src/bus/generated/basinet.js': readFileSync(js, 'utf8').replace('"protobufjs/minimal"', '"protobufjs/minimal.js"'),
      'src/bus/generated/basinet.d.ts': readFileSync(dts, 'utf8'),
    };
    const schemaModule = join(root, 'dist', 'job', 'jsonSchema.js');
    if (existsSync(schemaModule)) {
      const { jobJsonSchema } = await import(pathToFileURL(schemaModule).href);
      files['docs/job.schema.json'] = `${JSON.stringify(jobJsonSchema(), null, 2)}\n`;
      const { jobKeyTable } = await import(pathToFileURL(join(root, 'dist', 'job', 'keys.js')).href);
      const page = readFileSync(join(root, 'docs', 'job.md'), 'utf8');
      files['docs/job.md'] = page.replace(/(<!-- keys -->\n)[^]*(<!-- \/keys -->)/, (_, start, end) => `${start}${jobKeyTable()}\n${end}`);
    }
    return files;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

let stale = 0;
for (const [name, text] of Object.entries(await generated())) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale++;
  if (check) {
    console.error(`${name} is not what its source generates: run npm run generate and commit it`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${name}`);
  }
}
if (check && stale > 0) process.exitCode = 1;
