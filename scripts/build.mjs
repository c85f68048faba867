// Compiles src/ to dist/ and carries the generated protobuf code along, which tsc does not copy.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
cpSync(join(root, 'src/bus/generated'), join(root, 'dist/bus/generated'), { recursive: true });
const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
process.exitCode = tsc.status ?? 1;
