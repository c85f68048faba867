// Which chains of this worker are computed together: one device thread for each job and width, for as long as a chain needs it.
import type { Engine } from '../../engine/engine.js';
import { MOST_WIDTH, stackedClass, widthOf } from '../../engine/stack.js';
import { aborted } from '../../metrics/lifecycle.js';
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

/** What is to be computed. */
export interface ChainToCompute {
  /** Tells the job from all others. */
  readonly key: string;
  readonly loaded: LoadedJob;
  readonly engine: Engine;
  /** Device class of the chain's last draw; null for a chain that begins. */
  readonly recorded: string | null;
  /** Waits no longer for a measurement, which ends where nobody else waits for it. */
  readonly signal?: AbortSignal;
}

interface Measurement {
  readonly width: Promise<number>;
  readonly stop: AbortController;
  waiting: number;
}

interface Held {
  readonly device: Device;
  users: number;
}

export class Devices {
  private readonly held = new Map<string, Held>();
  /** By job and engine: chosen once, so that all its chains that begin here are alike. */
  private readonly widths = new Map<string, Measurement>();

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
   * since their bits depend on it. Null where `signal` was aborted first.
   */
  async with<T>(chain: ChainToCompute, use: (computed: Computed) => Promise<T>): Promise<T | null> {
    const { key, loaded, engine, recorded } = chain;
    const before = recorded === null ? null : widthOf(recorded, engine.deviceClass);
    const width = engine.stack === undefined ? 1 : (before ?? (await this.widthFor(chain)));
    if (width === null) return null;
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

  private async widthFor({ key: job, loaded, engine: { deviceClass }, signal }: ChainToCompute): Promise<number | null> {
    const { stack } = loaded.job.tfjs;
    if (stack !== 'auto') return stack;
    const chains = Math.min(this.slots, loaded.job.inference.chains, MOST_WIDTH);
    if (chains === 1 || differInSteps(loaded.job.inference)) return 1;
    if (signal?.aborted) return null;
    const key = `${deviceClass}\n${job}`;
    const measurement = this.widths.get(key) ?? this.begin(key, loaded, deviceClass, chains);
    measurement.waiting++;
    const width = await (signal ? Promise.race([measurement.width, aborted(signal).then(() => null)]) : measurement.width);
    if (--measurement.waiting === 0 && width === null) measurement.stop.abort();
    return width;
  }

  private begin(key: string, loaded: LoadedJob, deviceClass: string, chains: number): Measurement {
    const stop = new AbortController();
    const measurement = { width: this.measure(loaded, deviceClass, chains, stop.signal), stop, waiting: 0 };
    this.widths.set(key, measurement);
    const forget = () => this.widths.get(key) === measurement && this.widths.delete(key);
    stop.signal.addEventListener('abort', forget);
    // A width that was found stays.
    measurement.width.then(() => stop.signal.removeEventListener('abort', forget), forget);
    return measurement;
  }
}
