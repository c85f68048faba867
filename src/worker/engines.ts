// Which engine a chain gets on this worker, and what the worker can say of that to others.
import { otherDeviceClass } from '../bus/chainWriter.js';
import { instructionSets } from '../engine/native.js';
import type { Engine } from '../engine/engine.js';
import { engineOfClass, selectEngine, type SelectedEngine } from '../engine/select.js';
import { findTfjs, loadTfjs } from '../engine/tfjs/load.js';
import { TFJS_NODE } from '../engine/tfjs/location.js';
import type { TfjsSettings } from '../engine/tfjs/settings.js';
import { BasinetError } from '../errors.js';
import type { Job } from '../job/schema.js';

type EngineName = Engine['name'];
export const WORKER_ENGINES = ['auto', 'native', 'reference', 'tfjs'] as const satisfies readonly ('auto' | EngineName)[];
export type WorkerEngine = (typeof WORKER_ENGINES)[number];

/** The engines that a worker may use, and the device classes that it has them compute as. */
export class WorkerEngines {
  /** Of TensorFlow.js, once it was loaded. */
  private readonly tfjsClasses = new Set<string>();
  private tfjsBroken = false;

  /** @param only - the one engine that this worker uses; `auto`: all that there are */
  constructor(private readonly only: WorkerEngine) {}

  /**
   * For a chain that is new, or that `deviceClass` has computed so far. A chain goes on with the engine that it was begun with
   * where that is here, and with another only where its job says so.
   *
   * @throws BasinetError ENGINE_UNAVAILABLE, or STATE_INVALID where the chain must stay on another device class
   */
  choose(job: Pick<Job, 'engine' | 'tfjs' | 'resources'>, deviceClass: string | null): SelectedEngine {
    const wanted = this.wanted(job.engine);
    const same = deviceClass === null ? null : engineOfClass(deviceClass, wanted, job.tfjs);
    const tried = wanted === 'tfjs' || (wanted === 'auto' && deviceClass?.startsWith('tfjs') === true);
    let selected: SelectedEngine | null = null;
    try {
      selected = same === null ? anyEngine(wanted, job, deviceClass) : { engine: same, reason: 'the chain was begun on it' };
      return selected;
    } finally {
      // Taken or not: others wait for a worker whose TensorFlow they do not know yet.
      if (tried || selected?.engine.name === 'tfjs') this.noteTfjs(job.tfjs);
    }
  }

  private noteTfjs(settings: TfjsSettings): void {
    const status = loadTfjs(settings);
    if (status.available) this.tfjsClasses.add(status.runtime.deviceClass);
    else this.tfjsBroken = true;
  }

  private wanted(engine: Job['engine']): Job['engine'] {
    if (this.only === 'auto' || engine === this.only) return engine;
    if (engine === 'auto') return this.only;
    throw new BasinetError('ENGINE_UNAVAILABLE', `the job asks for the engine ${engine}, and this worker uses ${this.only} alone`, {
      path: 'engine',
      value: engine,
      remedy: `Start a worker of the engine ${engine}, or one that may use all (without --engine, or --engines of basinet run); or set engine to auto.`,
    });
  }

  /** What an announcement says. An engine that could not be loaded is no longer in it. */
  announced(): { readonly engines: EngineName[]; readonly deviceClasses: string[] } {
    const sets = instructionSets();
    const classes: Record<EngineName, string[]> = { native: sets.map((name) => `native-${name}`), reference: ['reference'], tfjs: [...this.tfjsClasses] };
    const present: Record<EngineName, boolean> = {
      native: sets.length > 0,
      reference: true,
      // What one job's settings could not have, another's may.
      tfjs: this.tfjsClasses.size > 0 || (!this.tfjsBroken && findTfjs([TFJS_NODE.gpu, TFJS_NODE.cpu]) !== null),
    };
    const engines = (Object.keys(present) as EngineName[]).filter((name) => present[name] && (this.only === 'auto' || this.only === name));
    return { engines, deviceClasses: engines.flatMap((name) => classes[name]) };
  }
}

function anyEngine(wanted: Job['engine'], { tfjs, resources }: Pick<Job, 'tfjs' | 'resources'>, deviceClass: string | null): SelectedEngine {
  const selected = selectEngine(wanted, tfjs);
  if (deviceClass === null || resources.allowDeviceClassChange) return selected;
  throw otherDeviceClass(deviceClass, selected.engine.deviceClass);
}
