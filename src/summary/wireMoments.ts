// Merged moments to and from their protobuf message: float64 arrays as little-endian bytes.
import type { basinet } from '../bus/wire.js';
import { BasinetError } from '../errors.js';
import type { MergedMoments } from '../stats/index.js';

type Message = basinet.v1.MergedMoments.$Properties;
type ArrayField = { [K in keyof MergedMoments]: MergedMoments[K] extends Float64Array ? K : never }[keyof MergedMoments];
type CountField = Exclude<keyof MergedMoments, ArrayField>;

const ARRAYS = ['mean', 'sumSquares', 'halfMean', 'halfMeanSumSquares', 'halfSumSquares', 'batchMean', 'batchMeanSumSquares'] as const satisfies readonly ArrayField[];
const COUNTS = ['size', 'count', 'halves', 'halfDraws', 'batches', 'batchSize', 'chainsCounted', 'nonFinite'] as const satisfies readonly CountField[];

/** Shares the memory of `moments`: serialise it before they change. */
export function encodeMoments(moments: MergedMoments): Message {
  const message: Record<string, number | Uint8Array> = {};
  for (const name of COUNTS) message[name] = moments[name];
  for (const name of ARRAYS) message[name] = new Uint8Array(moments[name].buffer, moments[name].byteOffset, moments[name].byteLength);
  return message;
}

/** Copies. Throws LOG_CORRUPT where an array does not have `size` values. */
export function decodeMoments(message: Message): MergedMoments {
  const size = Number(message.size ?? 0);
  const moments: Record<string, number | Float64Array> = {};
  for (const name of COUNTS) moments[name] = Number(message[name] ?? 0);
  for (const name of ARRAYS) {
    const bytes = message[name] ?? new Uint8Array();
    if (bytes.length !== 8 * size) {
      throw new BasinetError('LOG_CORRUPT', `merged moments of ${size} values hold ${bytes.length} bytes of ${name}`, {
        path: name,
        value: bytes.length,
        remedy: 'Let the aggregator of this version publish its statistics again.',
      });
    }
    moments[name] = new Float64Array(new Uint8Array(bytes).buffer);
  }
  return moments as unknown as MergedMoments;
}
