// A partition's snapshot: the fold's state and the place in the log that it belongs to, as msgpack.
import { Packr } from 'msgpackr';
import { z } from 'zod';
import { BasinetError } from '../errors.js';
import { hashSchema, type FoldState } from './savedFold.js';

/** Which log a snapshot was folded from, and how far. */
export interface LogPosition {
  /** Creation time of the stream, milliseconds since the Unix epoch. */
  readonly createdAtMs: number;
  /** First sequence of the stream when the snapshot was taken. */
  readonly firstSequence: number;
  /** Stream sequence of the last entry folded; 0 before the first. */
  readonly sequence: number;
  /** SHA-256 of that entry's payload; empty before the first. */
  readonly hash: Uint8Array;
}

export interface Snapshot {
  /** SHA-256 of the job file and the data: another job under the same name has none of our state. */
  readonly jobHash: Uint8Array;
  readonly live: SavedFold;
  /** Where a newer version of the reference was being folded. */
  readonly successor: SavedFold | null;
}

export interface SavedFold {
  readonly position: LogPosition;
  readonly fold: FoldState;
}

/** Raised whenever a field changes its meaning: an older or newer snapshot is then not read, and the log folded again. */
const VERSION = 4;
const FORMAT = 'basinet partition snapshot';

const position = z.strictObject({ createdAtMs: z.number(), firstSequence: z.int(), sequence: z.int().nonnegative(), hash: hashSchema });
const savedFold = z.strictObject({ position, fold: z.looseObject({ referenceVersion: z.int(), referenceHash: hashSchema }) });
/** What snapshots of all versions have. */
const header = z.looseObject({ format: z.literal(FORMAT), version: z.int() });
const envelope = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  snapshot: z.strictObject({ jobHash: hashSchema, live: savedFold, successor: savedFold.nullable() }),
});

const packr = new Packr({ structuredClone: true, moreTypes: true });

/** Encodes; the state may change afterwards. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  return packr.pack({ format: FORMAT, version: VERSION, snapshot });
}

/** Throws STATE_INVALID for bytes that no aggregator of this version wrote. What the folds hold is checked where they are restored. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const content = unpack(bytes);
  const { success, error, data } = envelope.safeParse(content);
  if (success) return data.snapshot as unknown as Snapshot;
  const version = header.safeParse(content).data?.version ?? VERSION;
  if (version !== VERSION) throw new BasinetError('STATE_INVALID', `the snapshot has version ${version}, not version ${VERSION}`);
  const { path, message } = error.issues[0]!;
  throw new BasinetError('STATE_INVALID', `the snapshot is none of version ${VERSION} (${path.join('.')}: ${message})`);
}

function unpack(bytes: Uint8Array): unknown {
  try {
    return packr.unpack(bytes);
  } catch (error) {
    throw new BasinetError('STATE_INVALID', `the snapshot cannot be decoded: ${(error as Error).message}`, { cause: error });
  }
}
