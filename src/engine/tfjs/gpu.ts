// What NVIDIA GPUs this machine has, as its driver tells.
import { spawnSync } from 'node:child_process';

export interface Gpu {
  readonly name: string;
  /** As nvidia-smi prints it, with its unit. */
  readonly memory: string;
  readonly driver: string;
}

/** Those that CUDA_VISIBLE_DEVICES leaves; none where there is no driver. */
export function visibleGpus(environment: NodeJS.ProcessEnv = process.env): Gpu[] {
  const visible = environment.CUDA_VISIBLE_DEVICES;
  if (visible === '' || visible === '-1') return [];
  const chosen = visible === undefined ? [] : ['--id', visible];
  const query = spawnSync('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader', ...chosen], { encoding: 'utf8' });
  if (query.status !== 0) return [];
  return query.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(', '))
    .map(([name = '', memory = '', driver = '']) => ({ name, memory, driver }));
}
