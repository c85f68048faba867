// The terminal view of a running job: a state made of the latest status messages, and its lines.
import pc from 'picocolors';
import { amount, duration, figure, table } from './format.js';

/** Latest word of a chain; fields as in the wire's ChainStatus. */
export interface ChainLine {
  readonly chain: number;
  readonly activity: string;
  readonly iteration: number;
  readonly drawsDone: number;
  readonly drawsWanted: number;
  readonly warmupIterations: number;
  readonly acceptanceRate: number;
  readonly stepSize: number;
  readonly divergences: number;
  readonly gradientsPerSecond: number;
  readonly etaSeconds: number;
  readonly totalGradients: number;
  readonly failure?: { readonly message?: string | null } | null | undefined;
}

/** Latest word of a partition; fields as in the wire's PartitionStatus. */
export interface PartitionLine {
  readonly partition: number;
  readonly drawsFolded: number;
  readonly slotsQuarantined: number;
  readonly rhatRawMax: number;
  readonly rhatRawMedian: number;
  readonly rhatAlignedMax: number;
  readonly rhatAlignedMedian: number;
  readonly probeAccuracy: number;
  readonly probeNll: number;
  readonly probeRmse: number;
  readonly probeRhatMax: number;
  readonly finished: boolean;
  readonly referenceVersion: number;
}

/** Everything that the view shows. Values are replaced by later ones; nothing is computed from history. */
export class RunState {
  readonly chains = new Map<number, ChainLine>();
  readonly partitions = new Map<number, PartitionLine>();

  constructor(
    readonly job: string,
    readonly wantedChains: number,
    readonly wantedDraws: number,
  ) {}

  update(message: { readonly kind: 'chain'; readonly chain: ChainLine } | { readonly kind: 'partition'; readonly partition: PartitionLine }): void {
    if (message.kind === 'chain') this.chains.set(message.chain.chain, message.chain);
    else this.partitions.set(message.partition.partition, message.partition);
  }

  get gradientsPerSecond(): number {
    return [...this.chains.values()].filter(isActive).reduce((sum, c) => sum + c.gradientsPerSecond, 0);
  }

  /** The slowest chain's, in seconds; NaN before any chain knows. */
  get etaSeconds(): number {
    const etas = [...this.chains.values()].filter((c) => c.activity !== 'done').map((c) => c.etaSeconds);
    return etas.length === 0 ? Number.NaN : Math.max(...etas);
  }

  get drawsFolded(): number {
    return [...this.partitions.values()].reduce((sum, p) => sum + p.drawsFolded, 0);
  }
}

function isActive(chain: ChainLine): boolean {
  return ['starting', 'map', 'warmup', 'fitting', 'sampling'].includes(chain.activity);
}

/** Whether its iterations do not make draws yet. */
function inWarmup({ activity }: ChainLine): boolean {
  return activity === 'warmup' || activity === 'fitting';
}

/** The whole view for a terminal of `columns` columns, one string a line. */
export function renderView(state: RunState, elapsedSeconds: number, columns: number): string[] {
  const header = ['chain', 'phase', 'draws', '', 'accept', 'step size', 'div', 'grad/s', 'ETA'];
  const rows: string[][] = [header];
  for (let chain = 0; chain < state.wantedChains; chain++) {
    const line = state.chains.get(chain);
    rows.push(line === undefined ? [String(chain), 'waiting', '', bar(0, 12), '', '', '', '', ''] : chainRow(line));
  }
  const lines = table(rows, [true, false, true, false, true, true, true, true, true]).map((line, row) => (row === 0 ? pc.dim(line) : line));
  const summary = summaryLines(state);
  const foot = `${duration(elapsedSeconds)} elapsed · ${amount(state.gradientsPerSecond)} gradients/s · ${state.drawsFolded}/${state.wantedChains * state.wantedDraws} draws folded · ETA ${duration(state.etaSeconds)}`;
  return [pc.bold(`basinet · ${state.job}`), ...lines, '', ...summary, pc.dim(foot)].map((line) => clip(line, columns));
}

function chainRow(c: ChainLine): string[] {
  return [
    String(c.chain),
    c.activity,
    `${c.drawsDone}/${c.drawsWanted}`,
    bar(fractionDone(c), 12),
    c.iteration === 0 || Number.isNaN(c.acceptanceRate) ? '' : c.acceptanceRate.toFixed(2),
    c.stepSize > 0 ? figure(c.stepSize) : '',
    String(c.divergences),
    isActive(c) ? amount(c.gradientsPerSecond) : '',
    isActive(c) ? duration(c.etaSeconds) : '',
  ];
}

/** During warmup, or a fit, the bar shows that, then the draws. */
function fractionDone(c: ChainLine): number {
  if (inWarmup(c)) return c.warmupIterations > 0 ? c.iteration / c.warmupIterations : 0;
  return c.drawsWanted > 0 ? c.drawsDone / c.drawsWanted : 0;
}

function bar(fraction: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

function summaryLines(state: RunState): string[] {
  const partitions = [...state.partitions.values()];
  const trouble = troubleLines(state, partitions);
  if (partitions.length === 0 || state.drawsFolded === 0) return [pc.dim('R-hat and predictive appear with the first draws'), ...trouble];
  const worst = (pick: (p: PartitionLine) => number): number => Math.max(...partitions.map(pick).filter((v) => !Number.isNaN(v)), -Infinity);
  const show = (v: number): string => (v === -Infinity ? '–' : v.toFixed(3));
  const first = partitions[0];
  const note = partitions.length > 1 ? ' (worst partition)' : '';
  const lines = [
    `R-hat aligned   max ${show(worst((p) => p.rhatAlignedMax))}   median ${show(worst((p) => p.rhatAlignedMedian))}${note}${versionNote(partitions)}`,
    `R-hat raw       max ${show(worst((p) => p.rhatRawMax))}   median ${show(worst((p) => p.rhatRawMedian))}${note}`,
  ];
  if (first !== undefined && !Number.isNaN(first.probeAccuracy)) {
    lines.push(`predictive      accuracy ${first.probeAccuracy.toFixed(4)}   NLL ${figure(first.probeNll)}   R-hat max ${show(worst((p) => p.probeRhatMax))}   (probe)`);
  } else if (first !== undefined && !Number.isNaN(first.probeRmse)) {
    lines.push(`predictive      RMSE ${figure(first.probeRmse)}   NLL ${figure(first.probeNll)}   R-hat max ${show(worst((p) => p.probeRhatMax))}   (probe)`);
  }
  return [...lines, ...trouble];
}

/** After the last draw is folded, a new version of the reference may still be on its way through the log. */
function versionNote(partitions: readonly PartitionLine[]): string {
  const version = Math.min(...partitions.map(({ referenceVersion }) => referenceVersion));
  return version > 1 ? `   reference version ${version}` : '';
}

/** What somebody should look into: refused slots, failed chains. */
function troubleLines(state: RunState, partitions: readonly PartitionLine[]): string[] {
  const lines: string[] = [];
  const quarantined = partitions.reduce((sum, p) => sum + p.slotsQuarantined, 0);
  if (quarantined > 0) lines.push(pc.yellow(`${quarantined} slots quarantined: the log holds what no worker of this job wrote`));
  for (const c of state.chains.values()) {
    if (c.failure?.message) lines.push(pc.red(`chain ${c.chain}: ${c.failure.message}`));
  }
  return lines;
}

/** One line for logs and pipes. */
export function plainLine(state: RunState, elapsedSeconds: number): string {
  const chains = [...state.chains.values()]
    .sort((a, b) => a.chain - b.chain)
    .map((c) => `${c.chain}:${c.activity} ${inWarmup(c) ? `${c.iteration}/${c.warmupIterations}` : `${c.drawsDone}/${c.drawsWanted}`}`)
    .join(' ');
  const quarantined = [...state.partitions.values()].reduce((sum, p) => sum + p.slotsQuarantined, 0);
  const p = [...state.partitions.values()][0];
  const statistics =
    p === undefined || p.drawsFolded === 0
      ? ''
      : ` rhat_aligned_max=${figure(p.rhatAlignedMax)} rhat_raw_max=${figure(p.rhatRawMax)}${Number.isNaN(p.probeAccuracy) ? '' : ` probe_accuracy=${figure(p.probeAccuracy)}`}`;
  return `[${duration(elapsedSeconds)}] ${chains || 'starting'} grad/s=${amount(state.gradientsPerSecond)} folded=${state.drawsFolded}${quarantined > 0 ? ` quarantined=${quarantined}` : ''}${statistics} eta=${duration(state.etaSeconds)}`;
}

// Escape sequences take no columns; a line with any is short enough here to be left whole.
function clip(line: string, columns: number): string {
  return line.includes('\u001b') || line.length <= columns ? line : line.slice(0, columns - 1) + '…';
}
