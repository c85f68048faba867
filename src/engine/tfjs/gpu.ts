// What NVIDIA GPUs this machine has, as its driver tells.
import { spawnSync } from 'node:child_process';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

export interface Gpu {
  readonly uuid: string;
  /** Of a MIG device: its GPU's, and its profile (`NVIDIA A100-SXM4-40GB MIG 1g.5gb`). */
  readonly name: string;
  /** Of the whole GPU. */
  readonly memoryBytes: number;
  readonly driver: string;
}

interface MigDevice {
  readonly uuid: string;
  readonly profile: string;
  /** UUID of its GPU. */
  readonly gpu: string;
}

/** Whether CUDA_VISIBLE_DEVICES takes every GPU away. */
export const hidesGpus = (visible: string | undefined): boolean => visible === '' || visible === '-1';

/** Those that CUDA_VISIBLE_DEVICES leaves; none where there is no driver. The driver is asked once in a process, threads included. */
export function visibleGpus(environment: NodeJS.ProcessEnv = process.env): Gpu[] {
  const visible = environment.CUDA_VISIBLE_DEVICES;
  if (hidesGpus(visible)) return [];
  const gpus = asked(environment, ['--query-gpu=uuid,name,memory.total,driver_version', '--format=csv,noheader,nounits'])
    .map((line) => line.split(', '))
    .map(([uuid = '', name = '', mebibytes = '', driver = '']) => ({ uuid, name, memoryBytes: Number.parseFloat(mebibytes) * 2 ** 20 || 0, driver }));
  if (visible === undefined) return gpus;
  const chosen = visible.split(',').map((id) => namedGpu(id.trim(), gpus, () => migDevices(asked(environment, ['-L']))));
  // As CUDA has it: what comes after one that is not there is not seen either.
  const end = chosen.indexOf(null);
  return (end < 0 ? chosen : chosen.slice(0, end)) as Gpu[];
}

/** By number, UUID or the beginning of one; a MIG device by its UUID, or as older drivers name it, `MIG-<UUID of its GPU>/<instance>/<instance>`. */
function namedGpu(id: string, gpus: readonly Gpu[], listMigDevices: () => readonly MigDevice[]): Gpu | null {
  if (/^\d+$/.test(id)) return gpus[Number(id)] ?? null;
  const byUuid = (uuid: string) => gpus.find((gpu) => gpu.uuid.startsWith(uuid)) ?? null;
  if (id.startsWith('GPU-')) return byUuid(id);
  if (id.startsWith('MIG-GPU-')) return byUuid(id.slice(4).split('/')[0]!);
  if (!id.startsWith('MIG-')) return null;
  const device = listMigDevices().find(({ uuid }) => uuid === id);
  const gpu = device && byUuid(device.gpu);
  // Not in the list: CUDA will say whether it is there.
  return gpu ? { ...gpu, name: `${gpu.name} MIG ${device.profile}` } : (gpus[0] ?? null);
}

/** From what `nvidia-smi -L` prints: a line a GPU, and below it one a MIG device. */
function migDevices(lines: readonly string[]): MigDevice[] {
  const devices: MigDevice[] = [];
  let gpu = '';
  for (const line of lines) {
    gpu = /\(UUID: (GPU-[^)]+)\)/.exec(line)?.[1] ?? gpu;
    const [, profile, uuid] = /MIG\s+(\S+)\s.*\(UUID: (MIG-[^)]+)\)/.exec(line) ?? [];
    if (profile !== undefined && uuid !== undefined) devices.push({ uuid, profile, gpu });
  }
  return devices;
}

/** A driver that is stuck is as good as none. */
const PATIENCE_MS = 10_000;

/** What nvidia-smi prints, line by line; nothing where it fails. Threads that are started later know it too. */
function asked({ PATH }: NodeJS.ProcessEnv, options: readonly string[]): string[] {
  const key = ['nvidia-smi', ...options, PATH].join(' ');
  const known = getEnvironmentData(key) as string | undefined;
  if (known !== undefined) return linesOf(known);
  const { status, stdout } = spawnSync('nvidia-smi', options, { encoding: 'utf8', env: { ...process.env, PATH }, timeout: PATIENCE_MS });
  const printed = status === 0 ? stdout : '';
  setEnvironmentData(key, printed);
  return linesOf(printed);
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
