// The figures at the top of the report.
import { METHODS } from '../methods.js';
import type { ResultsSummary } from '../summarySchema.js';
import { compact, integer, number, percent } from './html.js';
import { cardList, type Card } from './page.js';

export function keyFigures(summary: ResultsSummary): string {
  return cardList([...predictiveFigures(summary), ...samplerFigures(summary)]);
}

function predictiveFigures({ evaluation }: ResultsSummary): Card[] {
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

function samplerFigures({ statistics, sampling, chains, durations }: ResultsSummary): Card[] {
  const { aligned, raw } = statistics;
  const best = aligned ?? raw;
  const figures: Card[] = [];
  if (best !== null) {
    figures.push(
      { label: `Median R-hat${aligned && raw ? ', aligned' : ''}`, value: number(best.rhat.median, 3), note: aligned && raw ? `of weights; as sampled ${number(raw.rhat.median, 3)}` : `of weights; 99% below ${number(best.rhat.q99, 2)}` },
      { label: `Median ESS${aligned && raw ? ', aligned' : ''}`, value: number(best.ess.median, 0), note: `of ${integer(best.draws)} draws${aligned && raw ? `; as sampled ${number(raw.ess.median, 0)}` : ''}` },
    );
  }
  if (statistics.probe !== null) {
    figures.push({ label: 'Median R-hat, outputs', value: number(statistics.probe.rhat.median, 3), note: `in function space; largest ${number(statistics.probe.rhat.max, 2)}` });
  }
  if (METHODS[sampling.method].tested) {
    figures.push({ label: 'Acceptance rate', value: percent(sampling.acceptanceRate), note: `${integer(sampling.divergences)} divergent, E-BFMI from ${number(sampling.ebfmiMin, 2)}` });
  }
  figures.push({ label: 'Gradients', value: compact(sampling.gradients), note: gradientNote(sampling, chains.length, durations.sampling) });
  return figures;
}

function gradientNote({ method, gradients }: ResultsSummary['sampling'], chains: number, samplingSeconds: number | undefined): string {
  const kind = method === 'hmc' ? 'full-batch' : 'mini-batches included';
  if (samplingSeconds === undefined || samplingSeconds <= 0) return `${kind}, over ${chains} ${chains === 1 ? 'chain' : 'chains'}`;
  return `${kind}, ${integer(gradients / samplingSeconds)} per second`;
}
