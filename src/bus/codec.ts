// The draw log's messages between protobuf and plain data. Decoders are strict: LOG_CORRUPT or a valid record, nothing else.
import protobuf from 'protobufjs/minimal.js';
import { BasinetError } from '../errors.js';
import { checkCount, corrupt } from './bytes.js';
import { checkDraw, drawFromWire, drawToWire } from './drawCodec.js';
import type { Claim, Draws, Manifest, RawSlot } from './records.js';
import { wire, type basinet } from './wire.js';

/** SHA-256, in bytes. */
const HASH_BYTES = 32;
const NONCE_BYTES = 16;
/** Of all messages in a batch that was in chunks; a record has fewer than a hundred. */
const MAX_FIELDS = 10_000;

/**
 * Throws INTERNAL for a record that readers would refuse: it must not enter a log from which nothing is ever deleted.
 */
export function encodeSlot(slot: RawSlot): Uint8Array {
  const { epoch, previousHash, claimSlot, body } = slot;
  const head = { epoch, previousHash, claimSlot };
  switch (body.kind) {
    case 'claim':
      return wire.Slot.encode({ ...head, claim: { worker: body.worker, deviceClass: body.deviceClass, nonce: body.nonce } }).finish();
    case 'draws':
      return wire.Slot.encode({ ...head, draws: drawsToWire(body) }).finish();
    case 'manifest':
      return wire.Slot.encode({ ...head, manifest: { chunks: [...body.chunks], size: body.size } }).finish();
  }
}

/** Throws LOG_CORRUPT. */
export function decodeSlot(bytes: Uint8Array): RawSlot {
  return strictly('slot', () => {
    const slot = wire.Slot.decode(bytes);
    checkCount(slot.epoch, 'slot.epoch', 1);
    const hashed = slot.previousHash.length;
    if (hashed !== HASH_BYTES && hashed !== 0) throw corrupt('slot.previous_hash', `has ${hashed} bytes, not ${HASH_BYTES}`);
    checkCount(slot.claimSlot, 'slot.claim_slot');
    return { epoch: slot.epoch, previousHash: slot.previousHash, claimSlot: slot.claimSlot, body: bodyFromWire(slot) };
  });
}

/** The content of a manifest's chunks. Throws INTERNAL as `encodeSlot`. */
export const encodeDraws = (draws: Draws): Uint8Array => wire.DrawBatch.encode(drawsToWire(draws)).finish();

/** Throws LOG_CORRUPT. */
export const decodeDraws = (bytes: Uint8Array): Draws => strictly('draws', () => drawsFromWire(wire.DrawBatch.decode(bytes)));

/** As `decodeDraws`, of what was in chunks: as large as a record of the job may be, and one record or a few. */
export const decodeChunked = (bytes: Uint8Array): Draws => strictly('draws', () => drawsFromWire(wire.DrawBatch.decode(new FieldCounter(bytes))));

/** A message of two bytes makes an object of a hundred: what is large may not consist of such. */
class FieldCounter extends protobuf.Reader {
  private fields = 0;

  override tag(): number {
    if (++this.fields > MAX_FIELDS) throw corrupt('draws', `has more than ${MAX_FIELDS} fields`);
    return super.tag();
  }
}

/** Runs a decoder; whatever it throws becomes LOG_CORRUPT. */
export function strictly<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof BasinetError && error.code === 'LOG_CORRUPT') throw error;
    throw corrupt(what, `is no message of this kind: ${error instanceof Error ? error.message : String(error)}`, undefined, error);
  }
}

function bodyFromWire(slot: basinet.v1.Slot): Claim | Draws | Manifest {
  const { claim, draws, manifest } = slot;
  const bodies = [claim, draws, manifest].filter((body) => body !== null && body !== undefined).length;
  if (bodies !== 1) throw corrupt('slot.body', `${bodies} bodies where one is expected`, bodies);
  if (claim) return claimFromWire(claim as basinet.v1.Claim);
  if (draws) return drawsFromWire(draws as basinet.v1.DrawBatch);
  return manifestFromWire(manifest as basinet.v1.Manifest);
}

function claimFromWire(claim: basinet.v1.Claim): Claim {
  if (claim.worker === '') throw corrupt('claim.worker', 'is empty');
  if (claim.deviceClass === '') throw corrupt('claim.device_class', 'is empty');
  if (claim.nonce.length !== NONCE_BYTES) throw corrupt('claim.nonce', `has ${claim.nonce.length} bytes, not ${NONCE_BYTES}`);
  return { kind: 'claim', worker: claim.worker, deviceClass: claim.deviceClass, nonce: claim.nonce };
}

function manifestFromWire(manifest: basinet.v1.Manifest): Manifest {
  checkCount(manifest.size, 'manifest.size', 1);
  if (manifest.chunks.length === 0) throw corrupt('manifest.chunks', 'is empty');
  for (const [i, hash] of manifest.chunks.entries()) {
    if (hash.length !== HASH_BYTES) throw corrupt(`manifest.chunks[${i}]`, `has ${hash.length} bytes, not ${HASH_BYTES}`);
  }
  return { kind: 'manifest', chunks: manifest.chunks, size: manifest.size };
}

function drawsToWire(body: Draws): basinet.v1.IDrawBatch {
  try {
    checkDraws(body);
    for (const [i, draw] of body.draws.entries()) checkDraw(draw, `draws[${i}]`);
  } catch (error) {
    throw new BasinetError('INTERNAL', `a chain produced a record that no reader accepts: ${(error as Error).message}`, { cause: error });
  }
  return { draws: body.draws.map(drawToWire), adaptationSlot: body.adaptationSlot };
}

function drawsFromWire(batch: basinet.v1.DrawBatch): Draws {
  const draws = batch.draws.map((draw, i) => drawFromWire(draw as basinet.v1.Draw, `draws[${i}]`));
  const body: Draws = { kind: 'draws', draws, adaptationSlot: batch.adaptationSlot };
  checkDraws(body);
  return body;
}

function checkDraws({ draws, adaptationSlot }: Draws): void {
  checkCount(adaptationSlot, 'draws.adaptation_slot');
  const first = draws[0];
  if (!first) throw corrupt('draws', 'is empty');
  for (let i = 1; i < draws.length; i++) {
    const draw = draws[i]!;
    const before = draws[i - 1]!;
    if (draw.iteration <= before.iteration) throw corrupt(`draws[${i}].iteration`, `${draw.iteration} follows ${before.iteration}`, draw.iteration);
    if (draw.position.length !== first.position.length) throw corrupt(`draws[${i}].position`, `has ${draw.position.length} elements, the first draw ${first.position.length}`);
    if (before.phase === 'sampling' && draw.phase === 'warmup') throw corrupt(`draws[${i}].phase`, 'is warmup after sampling');
  }
}
