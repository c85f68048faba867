// What pruning a network by the uncertainties of a summary leaves of its accuracy.
import { basinetJson } from './basinet.mjs';

/** The points [{keep, scores, …}] of every criterion's curve by its name, and the transpositions of each group that aligned the two. */
export async function pruningCurves(job, network, summary) {
  const { curves, alignment } = await basinetJson('prune', job, network, '--summary', summary, '--criterion', 'all');
  return { points: Object.fromEntries(curves.map(({ criterion, points }) => [criterion, points])), transpositions: alignment.groups.map(({ transpositions }) => transpositions) };
}
