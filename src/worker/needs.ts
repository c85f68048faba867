// Which workers can take a chain, by what they announce.
import type { WorkerAnnouncement } from '../bus/workers.js';
import { widthOf } from '../engine/stack.js';

type Abilities = Pick<WorkerAnnouncement, 'resourceClass' | 'engines' | 'deviceClasses'>;

export interface ChainNeeds {
  /** As `resources.class` of the job. */
  readonly resources: string;
  /** Engine that the job asks for, or `auto`. */
  readonly engine: string;
  /** What the chain has been computed as; null before its first record, or where the job lets it change. */
  readonly deviceClass: string | null;
}

/** Whether a worker can take such a chain, by what it says of itself. */
export function canTake(worker: Abilities, { resources, engine, deviceClass }: ChainNeeds): boolean {
  if (resources !== 'any' && resources !== worker.resourceClass) return false;
  if (engine !== 'auto' && !worker.engines.includes(engine)) return false;
  return deviceClass === null || worker.deviceClasses.some((own) => widthOf(deviceClass, own) !== null) || mayHave(worker, deviceClass);
}

/** A worker knows the class of its TensorFlow when it has loaded it, for its first chain. */
function mayHave({ engines, deviceClasses }: Abilities, deviceClass: string): boolean {
  const isTfjs = (name: string): boolean => name.startsWith('tfjs-');
  return isTfjs(deviceClass) && engines.includes('tfjs') && !deviceClasses.some(isTfjs);
}
