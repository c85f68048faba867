// What a partition's fold says to others: its merged statistics at the end, its diagnostics on the way.
import { bytesOf } from '../bus/bytes.js';
import { encodePartitionStatistics, histogramsToWire, lowRankToWire, momentsToWire } from '../bus/statistics.js';
import type { basinet } from '../bus/wire.js';
import { mergeHistograms, mergeLowRank, mergeMoments, nestedRhat, splitRhat, spread, type ChainMoments, type MergedMoments } from '../stats/index.js';
import type { PartitionFold } from './fold.js';
import type { ProbeScores } from './probe.js';
import { traceToWire } from './trace.js';

/** Split R-hat over all weights (or probe predictions); NaN before there are enough draws, or where it is not kept. */
export interface RhatSummary {
  readonly max: number;
  readonly median: number;
  /** Largest nested R-hat; NaN where chains share no starting points. */
  readonly nestedMax: number;
}

export interface Diagnostics {
  readonly raw: RhatSummary;
  readonly aligned: RhatSummary;
  /** Of the running predictive. */
  readonly probe: ProbeScores & { readonly rhatMax: number };
}

const NO_RHAT: RhatSummary = { max: NaN, median: NaN, nestedMax: NaN };
const NO_SCORES: ProbeScores = { accuracy: NaN, nll: NaN, calibrationError: NaN, rmse: NaN };

/** The diagnostics before the first draw. */
export const NO_DIAGNOSTICS: Diagnostics = { raw: NO_RHAT, aligned: NO_RHAT, probe: { ...NO_SCORES, rhatMax: NaN } };

/** Merges all chains: some passes over every array of theirs, so not to be called at every draw. */
export function diagnose(fold: PartitionFold): Diagnostics {
  const probes = fold.chains.flatMap(({ probe }) => (probe === null ? [] : [probe]));
  const predictions = merged(probes.map(({ moments }) => moments));
  const superchains = superchainsOf(fold);
  const scores = predictions && predictions.count > 0 ? fold.model.probe?.score(predictions.mean, probes.map(({ chain }) => chain.sums())) : undefined;
  return {
    raw: rhatOf(fold.chains.map(({ raw }) => raw), superchains),
    aligned: rhatOf(fold.chains.map(({ aligned }) => aligned), superchains),
    probe: { ...(scores ?? NO_SCORES), rhatMax: rhatOf(probes.map(({ moments }) => moments)).max },
  };
}

/** The bytes of PartitionStatistics: a pure function of the draws folded, whatever happened on the way. */
export function partitionStatistics(fold: PartitionFold): Uint8Array {
  const { chains, model, partition, quarantined, slotsQuarantined, reference, referenceVersion } = fold;
  const superchains = superchainsOf(fold);
  const momentsOf = (kept: readonly (ChainMoments | null)[]): basinet.v1.IMergedMoments | null => {
    const moments = merged(kept, superchains);
    return moments && momentsToWire(moments);
  };
  return encodePartitionStatistics({
    partition,
    chains: chains.map(({ chain }) => chain),
    raw: momentsOf(chains.map(({ raw }) => raw)),
    aligned: momentsOf(chains.map(({ aligned }) => aligned)),
    control: momentsOf(chains.map(({ control }) => control)),
    probe: momentsOf(chains.map(({ probe }) => probe?.moments ?? null)),
    histograms: model.histograms ? histogramsToWire(mergeHistograms(chains.map(({ histograms }) => histograms!.state()))) : null,
    lowRank: model.lowRank > 0 ? lowRankToWire(mergeLowRank(chains.map(({ lowRank }) => lowRank!.state())).state()) : null,
    reference: reference === null ? new Uint8Array(0) : bytesOf(reference.position),
    referenceVersion,
    traces: chains.map(({ chain, trace, probe }) => {
      const sums = probe?.chain.sums();
      const means = sums && sums.draws > 0 ? { nll: sums.nll / sums.draws, accuracy: sums.accuracy / sums.draws } : null;
      return traceToWire(chain, trace, means);
    }),
    quarantined: quarantined.map(({ subject, sequence, reason }) => ({ subject, streamSequence: sequence, reason })),
    slotsQuarantined,
  });
}

/** Of each chain; null where none share a starting point. */
function superchainsOf({ chains, model }: PartitionFold): number[] | null {
  const { superchainOf } = model;
  return superchainOf && chains.map(({ chain }) => superchainOf(chain));
}

/** Null where chains keep none: either all of them do, or none. */
function merged(chains: readonly (ChainMoments | null)[], superchains: readonly number[] | null = null): MergedMoments | null {
  const kept = chains.filter((moments) => moments !== null);
  return kept.length === 0 ? null : mergeMoments(kept, superchains);
}

function rhatOf(chains: readonly (ChainMoments | null)[], superchains: readonly number[] | null = null): RhatSummary {
  const moments = merged(chains, superchains);
  if (moments === null || moments.count === 0) return NO_RHAT;
  const { max, median } = spread(splitRhat(moments));
  return { max, median, nestedMax: moments.nested === null ? NaN : spread(nestedRhat(moments.nested)).max };
}
