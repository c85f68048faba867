// Output files: whole or absent, and errors that say what to do.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import { outputError, prepareOutputDirectory, writeFileAtomic } from '../../src/summary/files.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-files-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('prepareOutputDirectory', () => {
  it('makes directories on the way and leaves nothing in them', async () => {
    await prepareOutputDirectory(join(directory, 'a', 'b'));
    expect(await readdir(join(directory, 'a', 'b'))).toEqual([]);
  });

  it('refuses what holds files, unless told to overwrite', async () => {
    await writeFile(join(directory, 'notes.txt'), 'mine');
    await expect(prepareOutputDirectory(directory)).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      path: directory,
      value: ['notes.txt'],
      remedy: expect.stringContaining('--overwrite') as string,
    });
    await prepareOutputDirectory(directory, { overwrite: true });
    expect(await readFile(join(directory, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('passes over hidden entries and those it is told to allow', async () => {
    await mkdir(join(directory, '.basinet'));
    await mkdir(join(directory, 'state'));
    await prepareOutputDirectory(directory, { allow: ['state'] });
  });

  it('says where a file is in the way', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(prepareOutputDirectory(join(directory, 'file'))).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', value: 'EEXIST' });
    await expect(prepareOutputDirectory(join(directory, 'file', 'deeper'))).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', value: 'ENOTDIR' });
  });
});

describe('writeFileAtomic', () => {
  it('replaces a file and leaves no other behind', async () => {
    const path = join(directory, 'x');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, new Uint8Array([116, 119, 111]));
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(directory)).toEqual(['x']);
  });

  it('leaves everything as it was where it fails', async () => {
    await mkdir(join(directory, 'x'));
    await expect(writeFileAtomic(join(directory, 'x'), 'text')).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', path: join(directory, 'x') });
    expect(await readdir(directory)).toEqual(['x']);
    await expect(writeFileAtomic(join(directory, 'absent', 'x'), 'text')).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', value: 'ENOENT' });
    await writeFile(join(directory, 'file'), '');
    await expect(writeFileAtomic(join(directory, 'file', 'x'), 'text')).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', value: 'ENOTDIR' });
  });
});

describe('outputError', () => {
  it('explains a full disk, and keeps the cause', () => {
    const cause = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
    const error = outputError(cause, 'results/draws');
    expect(error.message).toBe('results/draws does not fit on the disk (ENOSPC)');
    expect(error.remedy).toContain('Free disk space');
    expect(error.cause).toBe(cause);
  });

  it('passes on what is explained already', () => {
    const error = new BasinetError('LOG_CORRUPT', 'no');
    expect(outputError(error, 'x')).toBe(error);
  });
});
