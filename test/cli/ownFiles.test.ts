// What is read stays, whatever it is called: through links, of directories and of files.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { liesIn, requireOwnFiles } from '../../src/cli/ownFiles.js';
import { temporaryDirectory } from '../support/cli.js';

const directory = temporaryDirectory();
const path = (...names: string[]): string => join(directory, ...names);
mkdirSync(path('results', 'draws'), { recursive: true });
writeFileSync(path('network'), '');
symlinkSync(directory, path('here'));
symlinkSync(path('network'), path('link'));
symlinkSync(path('results'), path('same'));

describe('files of our own', () => {
  const write = (file: string, read: string) => () => requireOwnFiles('test', [['--out', file]], [read]);

  it.each([
    ['the file itself', path('network'), path('network')],
    ['through a linked directory', path('here', 'network'), path('network')],
    ['read through a link', path('network'), path('link')],
    ['the link that is read', path('link'), path('link')],
    ['a result', path('results', 'summary.json'), path('same')],
    ['a file that is not there', path('here', 'new'), path('new')],
  ])('refuses %s', (_, file, read) => {
    expect(write(file, read)).toThrow(expect.objectContaining({ code: 'USAGE', path: '--out', value: file }) as Error);
  });

  it('takes others, and a link beside what is read, which is replaced alone', () => {
    expect(write(path('other'), path('network'))).not.toThrow();
    expect(write(path('link'), path('network'))).not.toThrow();
    expect(() => requireOwnFiles('test', [['--a', path('new')], ['--b', path('here', 'new')]], [])).toThrow(/new would be written over/);
  });

  it('tells what lies in a directory', () => {
    for (const inside of [path('results'), path('same'), path('results', 'draws'), path('here', 'results', 'new', 'newer')]) expect(liesIn(inside, path('results')), inside).toBe(true);
    for (const outside of [directory, path('results-refolded'), path('..results'), path('network')]) expect(liesIn(outside, path('results')), outside).toBe(false);
  });
});
