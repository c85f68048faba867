// The disk cache of data sets.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/bus/hash.js';
import { cachedDataset } from '../../src/worker/jobData.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'basinet-cache-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('cachedDataset', () => {
  const bytes = Buffer.from('rows and rows');
  const hash = sha256Hex(bytes);
  let fetched = 0;
  const fetch = () => {
    fetched++;
    return Promise.resolve(bytes);
  };

  it('fetches once, leaves nothing but the whole file, and fetches again where that is damaged', async () => {
    fetched = 0;
    const cache = join(directory, 'data');
    expect(Buffer.from(await cachedDataset(cache, hash, fetch))).toEqual(bytes);
    expect(Buffer.from(await cachedDataset(cache, hash, fetch))).toEqual(bytes);
    expect(fetched).toBe(1);
    expect(readdirSync(cache)).toEqual([hash]);
    writeFileSync(join(cache, hash), 'rows and');
    expect(Buffer.from(await cachedDataset(cache, hash, fetch))).toEqual(bytes);
    expect(fetched).toBe(2);
    await cachedDataset(cache, hash, fetch);
    expect(fetched).toBe(2);
  });

  it('does without a directory that cannot be written', async () => {
    fetched = 0;
    writeFileSync(join(directory, 'file'), '');
    expect(Buffer.from(await cachedDataset(join(directory, 'file', 'below'), hash, fetch))).toEqual(bytes);
    expect(fetched).toBe(1);
  });
});
