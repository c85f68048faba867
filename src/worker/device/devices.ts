// Which chains of this worker are computed together: one device thread for each job and width, for as long as a chain needs it.
import type { Engine } from '../../engine/engine.js';
import { MOST_WIDTH, stackedClass, widthOf } from '../../engine/stack.js';
import type { LoadedJob } from '../jobData.js';
import { Device, deviceInput } from './device.js';
import { differInSteps } from '../../inference/settings.js';
import type { MeasureWidth } from './measure.js';

/** How a chain is computed. */
export interface Computed {
  /** As `Engine.deviceClass`, with the width of its stack. */
  readonly deviceClass: string;
  /** Null: by the chain's own thread. */
  readonly device: Device | null;
}

interface Held {
  readonly device: Device;
  users: number;
}

export class Devices {
  private readonly held = new Map<string, Held>();
  /** By job and engine: chosen once, so that all its chains that begin here are alike. */
  private readonly widths = new Map<string, Promise<number>>();

  /**
   * @param slots - chains that this worker computes at once
   * @param measure - which width is the faster one
   */
  constructor(
    private readonly slots: number,
    private readonly measure: MeasureWidth,
  ) {}

  /**
   * Runs `use` with what computes a chain: one that was begun elsewhere goes on in a stack of the width that its draws came from,
   * since their bits depend on it.
   *
   * @param key - tells the job from all others
   * @param recorded - device class of the chain's last draw; null for a chain that begins
   */
  async with<T>(key: string, loaded: LoadedJob, engine: Engine, recorded: string | null, use: (computed: Computed) => Promise<T>): Promise<T> {
    const before = recorded === null ? null : widthOf(recorded, engine.deviceClass);
    const width = engine.stack === undefined ? 1 : (before ?? (await this.widthFor(key, loaded, engine)));
    const deviceClass = stackedClass(engine.deviceClass, width);
    if (width === 1) return use({ deviceClass, device: null });
    const name = `${deviceClass}\n${key}`;
    let held = this.held.get(name);
    if (!held || held.device.ended) {
      held = { device: new Device(deviceInput(loaded, engine.deviceClass, width)), users: 0 };
      this.held.set(name, held);
    }
    held.users++;
    try {
      return await use({ deviceClass, device: held.device });
    } finally {
      if (--held.users === 0) {
        if (this.held.get(name) === held) this.held.delete(name);
        void held.device.close();
      }
    }
  }

  private widthFor(job: string, loaded: LoadedJob, { deviceClass }: Engine): Promise<number> {
    const { stack } = loaded.job.tfjs;
    if (stack !== 'auto') return Promise.resolve(stack);
    const chains = Math.min(this.slots, loaded.job.inference.chains, MOST_WIDTH);
    if (chains === 1 || differInSteps(loaded.job.inference)) return Promise.resolve(1);
    const key = `${deviceClass}\n${job}`;
    let width = this.widths.get(key);
    if (!width) {
      width = this.measure(loaded, deviceClass, chains);
      this.widths.set(key, width);
      width.catch(() => this.widths.delete(key));
    }
    return width;
  }
}
