// What NVIDIA GPUs this machine has, as its driver tells.
import { spawnSync } from 'node:child_process';

export interface Gpu {
  readonly name: string;
  readonly memoryBytes: number;
  readonly driver: string;
}

/** Those that CUDA_VISIBLE_DEVICES leaves; none where there is no driver. */
export function visibleGpus(environment: NodeJS.ProcessEnv = process.env): Gpu[] {
  const visible = environment.CUDA_VISIBLE_DEVICES;
  if (visible === '' || visible === '-1') return [];
  const chosen = visible === undefined ? [] : ['--id', visible];
  const query = spawnSync('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits', ...chosen], { encoding: 'utf8' });
  if (query.status !== 0) return [];
  return query.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(', '))
    .map(([name = '', mebibytes = '', driver = '']) => ({ name, memoryBytes: Number.parseFloat(mebibytes) * 2 ** 20 || 0, driver }));
}
