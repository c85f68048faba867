// Says what the writing of results is at.
import type { ResultsStage } from '../summary/writeResults.js';
import { note } from './output.js';

const STAGES: Record<ResultsStage, string> = {
  merge: 'merging the statistics',
  draws: 'writing the draws and evaluating the predictive',
  tensors: 'writing the compact posterior',
  compact: 'evaluating the compact posterior',
  report: 'drawing the report',
};

/** Names each stage once. */
export function resultsProgress(): (stage: ResultsStage, fraction: number) => void {
  let last: ResultsStage | null = null;
  return (stage) => {
    if (stage !== last) note(STAGES[stage]);
    last = stage;
  };
}
