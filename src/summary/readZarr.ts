// Reads Zarr stores as zarr.ts writes them: consolidated metadata, raw little-endian chunks that are there in full.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BasinetError } from '../errors.js';
import { ZARR_ITEM_BYTES, type ZarrType } from './zarr.js';

/** An array of a store, as its metadata declare it. */
export interface ZarrArray {
  /** Path inside the store, e.g. `posterior/fc1.weight`. */
  readonly path: string;
  readonly type: ZarrType;
  readonly shape: readonly number[];
  /** Shape of one chunk. */
  readonly chunks: readonly number[];
  /** One per axis. */
  readonly dimensions: readonly string[];
}

const extents = z.array(z.int().nonnegative());
const consolidated = z.object({ zarr_consolidated_format: z.literal(1), metadata: z.record(z.string(), z.unknown()) });
const declaration = z.object({
  zarr_format: z.literal(2),
  shape: extents,
  chunks: extents,
  dtype: z.enum(Object.keys(ZARR_ITEM_BYTES) as [ZarrType, ...ZarrType[]]),
  compressor: z.null(),
  filters: z.null(),
  order: z.literal('C'),
});
const attributes = z.object({ _ARRAY_DIMENSIONS: z.array(z.string()) });

/** Everything thrown is RESULTS_INVALID: what is there is not what basinet wrote, or not all of it. */
export class ZarrReader {
  readonly #directory: string;
  readonly #arrays: ReadonlyMap<string, ZarrArray>;

  private constructor(directory: string, arrays: ReadonlyMap<string, ZarrArray>) {
    this.#directory = directory;
    this.#arrays = arrays;
  }

  static async open(directory: string): Promise<ZarrReader> {
    const file = join(directory, '.zmetadata');
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw invalidStore(file, 'there is no store of draws, or it cannot be read', undefined, cause);
    });
    const metadata = parse(consolidated, file, () => JSON.parse(text)).metadata;
    const arrays = new Map<string, ZarrArray>();
    for (const [key, value] of Object.entries(metadata)) {
      if (!key.endsWith('/.zarray')) continue;
      const path = key.slice(0, -'/.zarray'.length);
      const { shape, chunks, dtype } = parse(declaration, `${file}: ${key}`, () => value);
      const { _ARRAY_DIMENSIONS: dimensions } = parse(attributes, `${file}: ${path}/.zattrs`, () => metadata[`${path}/.zattrs`]);
      if (chunks.length !== shape.length || dimensions.length !== shape.length) {
        throw invalidStore(`${file}: ${key}`, `${shape.length} axes, chunks along ${chunks.length} and names of ${dimensions.length}`, shape);
      }
      arrays.set(path, { path, type: dtype, shape, chunks, dimensions });
    }
    return new ZarrReader(directory, arrays);
  }

  /** The arrays right below a group, in the order of their names. */
  arrays(group: string): ZarrArray[] {
    return [...this.#arrays.values()].filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === group);
  }

  array(path: string): ZarrArray {
    const found = this.#arrays.get(path);
    if (found === undefined) throw invalidStore(join(this.#directory, path), 'the store has no such array', path);
    return found;
  }

  /**
   * Bytes of some of the entries along axis `axis` of one chunk, the extents of the axes before it being 1.
   *
   * @param index - counts chunks, one number per axis
   * @param from, to - entries [from, to) along `axis`, counted within the chunk
   */
  async readEntries({ path, type, chunks }: ZarrArray, index: readonly number[], axis: number, from: number, to: number): Promise<Uint8Array> {
    const file = join(this.#directory, path, index.join('.'));
    const entryBytes = chunks.slice(axis + 1).reduce((product, extent) => product * extent, ZARR_ITEM_BYTES[type]);
    const bytes = new Uint8Array((to - from) * entryBytes);
    const handle = await open(file, 'r').catch((cause: unknown) => {
      throw invalidStore(file, 'a chunk is missing, or cannot be read', undefined, cause);
    });
    try {
      const { size } = await handle.stat();
      if (size !== chunks[axis]! * entryBytes) throw invalidStore(file, `the chunk has ${size} bytes, not ${chunks[axis]! * entryBytes}`, size);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from * entryBytes + done);
        if (bytesRead === 0) throw invalidStore(file, 'the chunk shrank while it was read');
        done += bytesRead;
      }
    } finally {
      await handle.close();
    }
    return bytes;
  }

  /** All numbers of the chunk at place `row` along axis 0 of an array whose chunks hold one such place each; 64-bit integers rounded to float64. */
  async readRow(array: ZarrArray, row: number): Promise<Float64Array> {
    const index = [row, ...array.shape.slice(1).map(() => 0)];
    return decode(array.type, await this.readEntries(array, index, 0, 0, 1));
  }

  /** All numbers of an array of one chunk. */
  async readWhole(array: ZarrArray): Promise<Float64Array> {
    return decode(array.type, await this.readEntries(array, array.shape.map(() => 0), 0, 0, array.shape[0]!));
  }
}

function decode(type: ZarrType, bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readers: Record<ZarrType, (at: number) => number> = {
    '<f4': (at) => view.getFloat32(at, true),
    '<f8': (at) => view.getFloat64(at, true),
    '<i8': (at) => Number(view.getBigInt64(at, true)),
    '<i4': (at) => view.getInt32(at, true),
    '|i1': (at) => view.getInt8(at),
    '|b1': (at) => view.getUint8(at),
  };
  const item = ZARR_ITEM_BYTES[type];
  return Float64Array.from({ length: bytes.length / item }, (_, i) => readers[type](i * item));
}

function parse<T>(schema: z.ZodType<T>, path: string, value: () => unknown): T {
  let given: unknown;
  try {
    given = value();
  } catch (cause) {
    throw invalidStore(path, 'not JSON', undefined, cause);
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidStore(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not what basinet writes'}`, undefined, parsed.error);
}

/** RESULTS_INVALID about a store of draws. */
export function invalidStore(path: string, message: string, value?: unknown, cause?: unknown): BasinetError {
  return new BasinetError('RESULTS_INVALID', `${path}: ${message}`, {
    path,
    value,
    remedy: 'Give a results directory with its draws as basinet run wrote them, or write the results again (basinet run JOB --overwrite).',
    ...(cause === undefined ? {} : { cause }),
  });
}
