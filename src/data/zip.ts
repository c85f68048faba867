// Reads zip archives, as .npz files are: central directory, stored and deflated entries, zip64.
import { crc32, inflateRawSync } from 'node:zlib';
import { invalidData } from './file.js';

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LONGEST_COMMENT = 0xffff;
const REMEDY = 'Give a zip archive as numpy.savez writes it, and fetch it again if it was cut off.';

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

/** An archive whose directory has been read. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** @throws BasinetError DATA_INVALID where the entry is missing, encrypted, damaged or packed in an unknown way */
  read(name: string): Uint8Array;
}

/** @throws BasinetError DATA_INVALID where the bytes are no zip archive or a damaged one */
export function openZip(bytes: Uint8Array, path = 'zip'): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = guarded(path, () => readDirectory(bytes, view, path));
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (!entry) invalidData(path, `has no entry ${name}; there are ${[...entries.keys()].join(', ')}`, { value: name, remedy: 'Name one of these.' });
      return guarded(path, () => readEntry(bytes, view, entry, path));
    },
  };
}

/** Offsets in a damaged archive may point anywhere; DataView throws RangeError there. */
function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) invalidData(path, 'is a damaged or truncated zip archive', { remedy: REMEDY, cause });
    throw cause;
  }
}

function readDirectory(bytes: Uint8Array, view: DataView, path: string): Map<string, Entry> {
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - LONGEST_COMMENT);
  while (end >= lowest && view.getUint32(end, true) !== END_OF_DIRECTORY) end--;
  if (end < lowest) invalidData(path, 'is no zip archive, or a truncated one: it has no end of central directory', { remedy: REMEDY });
  let count = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === ZIP64_LOCATOR) {
    const end64 = Number(view.getBigUint64(end - 20 + 8, true));
    if (view.getUint32(end64, true) !== ZIP64_END) invalidData(path, 'has a damaged zip64 directory', { remedy: REMEDY });
    count = Number(view.getBigUint64(end64 + 32, true));
    offset = Number(view.getBigUint64(end64 + 48, true));
  }
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i++) {
    if (view.getUint32(offset, true) !== DIRECTORY_ENTRY) invalidData(path, 'has a damaged central directory', { remedy: REMEDY });
    const nameLength = view.getUint16(offset + 28, true);
    const extraLength = view.getUint16(offset + 30, true);
    const commentLength = view.getUint16(offset + 32, true);
    const name = new TextDecoder().decode(bytes.slice(offset + 46, offset + 46 + nameLength));
    const extra = { from: offset + 46 + nameLength, to: offset + 46 + nameLength + extraLength };
    entries.set(name, { name, ...readSizes(view, offset, extra), ...readFlags(view, offset) });
    offset = extra.to + commentLength;
  }
  return entries;
}

const readFlags = (view: DataView, offset: number) => ({
  flags: view.getUint16(offset + 8, true),
  method: view.getUint16(offset + 10, true),
  crc: view.getUint32(offset + 16, true),
});

/** Sizes and offset; those that are all ones lie in the zip64 extra field, in this order. */
function readSizes(view: DataView, offset: number, extra: { from: number; to: number }) {
  let size = view.getUint32(offset + 24, true);
  let compressedSize = view.getUint32(offset + 20, true);
  let headerOffset = view.getUint32(offset + 42, true);
  for (let at = extra.from; at + 4 <= extra.to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const take = () => Number(view.getBigUint64((next += 8) - 8, true));
    if (size === 0xffffffff) size = take();
    if (compressedSize === 0xffffffff) compressedSize = take();
    if (headerOffset === 0xffffffff) headerOffset = take();
  }
  return { size, compressedSize, headerOffset };
}

function readEntry(bytes: Uint8Array, view: DataView, entry: Entry, path: string): Uint8Array {
  const at = `${path}#${entry.name}`;
  if (entry.flags & 1) invalidData(at, 'is encrypted', { remedy: REMEDY });
  const { headerOffset } = entry;
  if (view.getUint32(headerOffset, true) !== LOCAL_HEADER) invalidData(at, 'has a damaged header', { remedy: REMEDY });
  const start = headerOffset + 30 + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true);
  const packed = bytes.subarray(start, start + entry.compressedSize);
  if (packed.length !== entry.compressedSize) invalidData(at, 'is truncated', { remedy: REMEDY });
  const data = entry.method === 0 ? packed : entry.method === 8 ? inflate(packed, entry, at) : null;
  if (data === null) invalidData(at, `is packed with method ${entry.method}; known are stored and deflate`, { value: entry.method, remedy: REMEDY });
  if (data.length !== entry.size || crc32(data) !== entry.crc) invalidData(at, 'is damaged: its checksum is wrong', { remedy: REMEDY });
  return data;
}

function inflate(packed: Uint8Array, entry: Entry, at: string): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch (cause) {
    return invalidData(at, `cannot be unpacked: ${(cause as Error).message}`, { remedy: REMEDY, cause });
  }
}
