// One table of error codes: exit codes are unique, and docs/cli.md lists every one as it is.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BasinetError, ERROR_CODES, type ErrorCode } from '../src/errors.js';

const page = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');

describe('error codes', () => {
  it('have exit codes of their own', () => {
    const exits = Object.values(ERROR_CODES).map(({ exit }) => exit);
    expect(new Set(exits).size).toBe(exits.length);
    expect(exits.every((exit) => exit > 0 && exit < 256)).toBe(true);
  });

  it('stand in docs/cli.md with the same exit code and meaning, and nothing else does', () => {
    const documented = [...page.matchAll(/^\| (\d+) \| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, exit, code, meaning]) => [code, { exit: Number(exit), meaning }]);
    expect(Object.fromEntries(documented)).toEqual(ERROR_CODES);
  });

  it('carry path, value, remedy and cause', () => {
    const cause = new Error('below');
    const error = new BasinetError('DATA_INVALID', 'no', { path: 'a.csv:3', value: 'x', remedy: 'fix it', cause });
    expect({ ...error, exitCode: error.exitCode, cause: error.cause }).toMatchObject({ code: 'DATA_INVALID' satisfies ErrorCode, path: 'a.csv:3', value: 'x', remedy: 'fix it', exitCode: 3, cause });
  });
});
