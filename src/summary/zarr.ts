// A writer of Zarr stores (format 2): groups and arrays as JSON, chunks as raw little-endian bytes, metadata consolidated.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputError } from './files.js';

/** NumPy names of the element types that we write, all little-endian. */
export type ZarrType = '<f4' | '<f8' | '<i4' | '<i8' | '|i1' | '|b1';

export interface ZarrArraySpec {
  /** Path inside the store, e.g. `posterior/fc1.weight`. */
  readonly path: string;
  readonly type: ZarrType;
  readonly shape: readonly number[];
  /** Shape of one chunk; every chunk is written in full, also at the edges. */
  readonly chunks: readonly number[];
  /** xarray's dimension names, one per axis. */
  readonly dimensions: readonly string[];
  /** Value of elements in chunks that were never written; xarray reads it as missing. */
  readonly fill: 'NaN' | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Bytes per element. */
export const ZARR_ITEM_BYTES: Record<ZarrType, number> = { '<f4': 4, '<f8': 8, '<i4': 4, '<i8': 8, '|i1': 1, '|b1': 1 };

/**
 * A store under construction in a directory of its own. Chunks may be written in any order; `finish` writes the
 * consolidated metadata, without which xarray opens a store more slowly and with a warning.
 * Format: https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html; dimension names as xarray encodes them.
 */
export class ZarrStore {
  readonly #directory: string;
  readonly #metadata: Record<string, unknown> = {};

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes `directory` with an empty root group. */
  static async create(directory: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<ZarrStore> {
    const store = new ZarrStore(directory);
    await store.group('', attributes);
    return store;
  }

  async group(path: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#put(path, '.zgroup', { zarr_format: 2 });
    await this.#put(path, '.zattrs', attributes);
  }

  async array(spec: ZarrArraySpec): Promise<void> {
    await this.#put(spec.path, '.zarray', {
      zarr_format: 2,
      shape: spec.shape,
      chunks: spec.chunks,
      dtype: spec.type,
      compressor: null,
      fill_value: spec.fill,
      order: 'C',
      filters: null,
    });
    await this.#put(spec.path, '.zattrs', { ...spec.attributes, _ARRAY_DIMENSIONS: spec.dimensions });
  }

  /** `index` counts chunks, one number per axis; `bytes` is the whole chunk, row-major. Throws OUTPUT_UNWRITABLE. */
  async writeChunk(path: string, index: readonly number[], bytes: Uint8Array): Promise<void> {
    const file = join(this.#directory, path, index.join('.'));
    try {
      await writeFile(file, bytes);
    } catch (error) {
      throw outputError(error, file);
    }
  }

  /** An array whose only chunk is `bytes`. */
  async writeWhole(spec: Omit<ZarrArraySpec, 'chunks'>, bytes: Uint8Array): Promise<void> {
    await this.array({ ...spec, chunks: spec.shape });
    await this.writeChunk(spec.path, spec.shape.map(() => 0), bytes);
  }

  async finish(): Promise<void> {
    const keys = Object.keys(this.#metadata).sort();
    const metadata = Object.fromEntries(keys.map((key) => [key, this.#metadata[key]]));
    await this.#write('', '.zmetadata', { zarr_consolidated_format: 1, metadata });
  }

  async #put(path: string, name: string, value: unknown): Promise<void> {
    this.#metadata[path === '' ? name : `${path}/${name}`] = value;
    await this.#write(path, name, value);
  }

  async #write(path: string, name: string, value: unknown): Promise<void> {
    const directory = join(this.#directory, path);
    try {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, name), `${JSON.stringify(value, null, 1)}\n`);
    } catch (error) {
      throw outputError(error, join(directory, name));
    }
  }
}
