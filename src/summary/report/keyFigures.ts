// The figures at the top of the report.
import type { ResultsSummary } from '../summarySchema.js';
import { cards, compact, integer, number, percent, type KeyFigure } from './html.js';

export function keyFigures(summary: ResultsSummary): string {
  return cards([...predictiveFigures(summary), ...samplerFigures(summary)]);
}

function predictiveFigures({ evaluation }: ResultsSummary): KeyFigure[] {
  if (evaluation === null) return [];
  const split = evaluation.split === 'test' ? 'Test' : 'Training';
  const single = (text: string) => `average single draw ${text}`;
  if (evaluation.kind === 'categorical') {
    const { predictive, averageDraw } = evaluation;
    return [
      { label: `${split} accuracy`, value: percent(predictive.accuracy, 2), note: single(percent(averageDraw.accuracy, 2)) },
      { label: `${split} NLL`, value: number(predictive.nll, 4), note: single(number(averageDraw.nll, 4)) },
      { label: 'Calibration error', value: percent(predictive.ece, 2), note: single(percent(averageDraw.ece, 2)) },
    ];
  }
  const { predictive, averageDraw } = evaluation;
  return [
    { label: `${split} RMSE`, value: number(predictive.rmse, 3), note: single(number(averageDraw.rmse, 3)) },
    { label: `${split} NLL`, value: number(predictive.nll, 3), note: single(number(averageDraw.nll, 3)) },
    { label: 'Coverage of 90% intervals', value: percent(predictive.coverage90), note: single(percent(averageDraw.coverage90)) },
  ];
}

function samplerFigures({ statistics, sampling, chains, durations }: ResultsSummary): KeyFigure[] {
  const { aligned, raw } = statistics;
  const best = aligned ?? raw;
  const figures: KeyFigure[] = [];
  if (best !== null) {
    figures.push(
      { label: `Median R-hat${aligned && raw ? ', aligned' : ''}`, value: number(best.rhat.median, 3), note: aligned && raw ? `of weights; as sampled ${number(raw.rhat.median, 3)}` : `of weights; 99% below ${number(best.rhat.q99, 2)}` },
      { label: `Median ESS${aligned && raw ? ', aligned' : ''}`, value: number(best.ess.median, 0), note: `of ${integer(best.draws)} draws${aligned && raw ? `; as sampled ${number(raw.ess.median, 0)}` : ''}` },
    );
  }
  if (statistics.probe !== null) {
    figures.push({ label: 'Median R-hat, outputs', value: number(statistics.probe.rhat.median, 3), note: `in function space; largest ${number(statistics.probe.rhat.max, 2)}` });
  }
  figures.push(
    { label: 'Acceptance rate', value: percent(sampling.acceptanceRate), note: `${integer(sampling.divergences)} divergent, E-BFMI from ${number(sampling.ebfmiMin, 2)}` },
    { label: 'Gradients', value: compact(sampling.gradients), note: gradientNote(sampling.gradients, chains.length, durations.sampling) },
  );
  return figures;
}

function gradientNote(gradients: number, chains: number, samplingSeconds: number | undefined): string {
  if (samplingSeconds === undefined || samplingSeconds <= 0) return `full-batch, over ${chains} ${chains === 1 ? 'chain' : 'chains'}`;
  return `full-batch, ${integer(gradients / samplingSeconds)} per second`;
}
