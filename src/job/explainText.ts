// An explanation as text for a terminal.
import type { Explanation } from './explain.js';

/** How numbers and tables read; the command line passes its own. */
export interface TextFormat {
  readonly bytes: (count: number) => string;
  /** Large counts, e.g. `3.1 M`. */
  readonly amount: (count: number) => string;
  readonly duration: (seconds: number) => string;
  readonly table: (rows: readonly (readonly string[])[], alignRight: readonly boolean[]) => string[];
}

/** Several lines, without a final newline. */
export function renderExplanation(explanation: Explanation, format: TextFormat): string {
  return [
    `job ${explanation.name}`,
    '',
    ...tensorLines(explanation, format),
    '',
    ...groupLines(explanation),
    '',
    ...format.table(costRows(explanation, format), [false, true, false]),
    ...explanation.notes.flatMap((note, i) => (i === 0 ? ['', `note: ${note}`] : [`note: ${note}`])),
  ].join('\n');
}

function tensorLines({ tensors, parameters }: Explanation, format: TextFormat): string[] {
  const rows = tensors.map((tensor) => [`  ${tensor.name}`, `[${tensor.shape.join(', ')}]`, String(tensor.parameters), String(tensor.priorStd)]);
  return format.table(
    [['tensor', 'shape', 'parameters', 'prior std'], ...rows, ['  total', '', String(parameters), '']],
    [false, false, true, true],
  );
}

function groupLines({ groups }: Explanation): string[] {
  if (groups.length === 0) return ['permutation groups: none'];
  return ['permutation groups', ...groups.map((group) => `  ${group.name}: ${group.size} units, of ${group.tensors.join(', ')}`)];
}

function costRows(explanation: Explanation, { amount, bytes, duration }: TextFormat): string[][] {
  const { data, gradients, bytes: sizes, time } = explanation;
  const about = gradients.exact ? '' : 'about ';
  const rows = [
    ['data', `${data.trainRows} rows`, `${data.testRows} test rows, ${data.probeRows} in the probe; ${bytes(sizes.data)} in a worker`],
    ['one gradient', `${amount(explanation.flopsPerGradient)}FLOP`, 'all training rows, forward and backward'],
    [
      'gradients',
      `${about}${amount(gradients.total)}`,
      `${explanation.chains} chains × (${explanation.warmupPerChain} warmup + ${explanation.drawsPerChain} draws), ${about}${gradients.perTransition} per transition`,
    ],
    ['one draw', bytes(sizes.perDraw), 'position and probe outputs'],
    ['draw log', bytes(sizes.log), `at most ${bytes(sizes.logLimit)}; ${sizes.checkpointsPerChain} warmup checkpoints of ${bytes(sizes.perCheckpoint)} per chain`],
    ['aggregator', bytes(sizes.aggregator), `${bytes(sizes.aggregatorPerChain)} per chain`],
  ];
  if (time) {
    rows.push(['expected time', `${about}${duration(time.seconds)}`, `at ${amount(time.gradientsPerSecond)} gradients/s, ${time.gigaflopsPerSecond.toFixed(1)} GFLOP/s`]);
  }
  return rows;
}
