// The records of a chain from here on: in one go, and stopped after every other iteration.
import type { Chain, ChainRecord } from '../../src/inference/chain.js';

export function recordsOf(chain: Chain): ChainRecord[] {
  const records: ChainRecord[] = [];
  for (let record = chain.next(); record !== null; record = chain.next()) records.push(record);
  return records;
}

/** `shouldStop` is asked between any two iterations, and says yes every second time. */
export function recordsOfStopped(chain: Chain): ChainRecord[] {
  const records: ChainRecord[] = [];
  let calls = 0;
  while (!chain.done) {
    const record = chain.next(() => ++calls % 2 === 0);
    if (record !== null) records.push(record);
  }
  return records;
}
