// What a reader must know before trusting a run's figures: at the head of the report and at the end of `basinet run`.
import type { ResultsSummary } from './summarySchema.js';

/** Above this for one prediction in twenty, the chains do not agree on the function (Gelman and Rubin's customary bound). */
const RHAT_BOUND = 1.1;
/** Betancourt 2016, arXiv 1604.00695; Stan warns at the same value. */
const EBFMI_BOUND = 0.3;

const integer = (value: number): string => value.toLocaleString('en-US');

/** Sentences in plain text, the gravest first; none where nothing is amiss. */
export function notices({ statistics, sampling, quarantined, chains }: ResultsSummary): string[] {
  const notes: string[] = [];
  if (sampling.divergences > 0) {
    notes.push(`${integer(sampling.divergences)} of ${integer(sampling.draws)} draws ended a divergent trajectory. A smaller step size or a longer warmup would help.`);
  }
  const q95 = statistics.probe?.rhat.q95 ?? null;
  if (chains.length > 1 && q95 !== null && q95 > RHAT_BOUND) {
    notes.push(`The chains do not agree on the function yet: R-hat of one prediction in twenty is above ${q95.toFixed(2)}. Longer chains, or more of them, would help.`);
  }
  const low = chains.filter(({ ebfmi }) => ebfmi !== null && ebfmi < EBFMI_BOUND);
  if (low.length > 0) {
    notes.push(`E-BFMI is below ${EBFMI_BOUND} in ${low.length === 1 ? 'chain' : 'chains'} ${low.map(({ chain }) => chain).join(', ')}: refreshing the momentum explores the energies slowly. Longer chains would help.`);
  }
  if (quarantined.slots > 0) notes.push(`${integer(quarantined.slots)} slots of the draw log were quarantined and are in no statistic; summary.json names the first of them.`);
  const moved = chains.filter(({ devices }) => devices.length > 1);
  if (moved.length > 0) {
    notes.push(`The job let ${moved.length === 1 ? 'chain' : 'chains'} ${moved.map(({ chain }) => chain).join(', ')} go on as another device class than before: run again, such draws agree to a tolerance, not to the bit. summary.json says where.`);
  }
  const lengths = chains.map(({ draws }) => draws);
  if (Math.min(...lengths) !== Math.max(...lengths)) notes.push(`The chains differ in length: ${lengths.map(integer).join(', ')} draws.`);
  return notes;
}
