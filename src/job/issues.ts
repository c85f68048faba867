// Turns what zod finds wrong with a job into issues that name path, value and remedy.
import type { z } from 'zod';
import { BasinetError } from '../errors.js';
import { constantsAt, isWholeAt, keysAt } from './schemaTree.js';
import { closest } from './suggest.js';

/** One thing wrong with a job. */
export interface JobIssue {
  readonly path: readonly PropertyKey[];
  /** As the user wrote it; undefined where it is missing. */
  readonly value: unknown;
  /** Continues a sentence that begins with the path. */
  readonly message: string;
  /** What to do, as an imperative sentence. */
  readonly remedy: string;
}

type ZodIssue = z.core.$ZodIssue;

/** Issues in zod's order; one for every unknown key. */
export function issuesOf(issues: readonly ZodIssue[], input: unknown): JobIssue[] {
  return issues.flatMap((issue) => convert(issue, input, []));
}

/**
 * @throws BasinetError JOB_INVALID always
 */
export function throwIssues(
  issues: readonly JobIssue[],
  source: { readonly file?: string | undefined; readonly lineOf?: (path: readonly PropertyKey[]) => number | undefined } = {},
): never {
  const first = issues[0]!;
  const file = source.file === undefined ? '' : `${source.file}: `;
  const sentences = issues.map((issue) => {
    const line = source.lineOf?.(issue.path);
    const value = show(issue.value);
    const given = issue.value === undefined || issue.message.includes(value) ? '' : ` = ${value}`;
    return `${formatPath(issue.path)}${line === undefined ? '' : ` (line ${line})`}${given}: ${issue.message}`;
  });
  const message =
    issues.length === 1
      ? `${file}${sentences[0]}`
      : `${file}${issues.length} problems:\n${sentences.map((sentence, i) => `  ${sentence}${sentence.endsWith('?') ? '' : '.'} ${issues[i]!.remedy}`).join('\n')}`;
  throw new BasinetError('JOB_INVALID', message, { path: formatPath(first.path), value: first.value, remedy: first.remedy });
}

/** `network.hidden[0].width`; the job itself is `(job)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? '(job)' : text.replace(/^\./, '');
}

function convert(issue: ZodIssue, input: unknown, prefix: readonly PropertyKey[]): JobIssue[] {
  const path = [...prefix, ...issue.path];
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], input));
  if (issue.code === 'invalid_union') return unionIssues(issue, input, path);
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => convert(inner, input, path));
  const expected = expectation(issue, isWholeAt(path, input));
  if (value === undefined) return [{ path, value, message: 'is missing', remedy: `Give ${expected}.` }];
  return [{ path, value, message: `must be ${expected}, not ${show(value)}`, remedy: `Give ${expected}.` }];
}

function unknownKey(path: readonly PropertyKey[], input: unknown): JobIssue {
  const known = keysAt(path.slice(0, -1), input);
  const guess = closest(String(path[path.length - 1]), known);
  const list = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.';
  return {
    path,
    value: valueAt(input, path),
    message: guess === undefined ? 'there is no such key' : `there is no such key; did you mean ${guess}?`,
    remedy: guess === undefined ? list : `Write ${guess}. ${list}`,
  };
}

/** Of the branches of a union, the one that the value was most likely meant for. */
function unionIssues(issue: Extract<ZodIssue, { code: 'invalid_union' }>, input: unknown, path: readonly PropertyKey[]): JobIssue[] {
  const branches = issue.errors;
  const meant = branches.find((branch) => branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'));
  if (meant) return meant.flatMap((inner) => convert(inner, input, path)).map((one) => withAlternatives(one, constantsAt(path, input), path));
  const value = valueAt(input, path);
  const options =
    branches.length > 0
      ? branches.map((branch) => (branch[0] ? expectation(branch[0], isWholeAt(path, input)) : '')).filter((text) => text !== '')
      : constantsAt(path, input).map((constant) => JSON.stringify(constant));
  const guess = typeof value === 'string' ? closest(value, constantsAt(path, input).filter((c) => typeof c === 'string')) : undefined;
  const expected = options.length > 0 ? [...new Set(options)].join(' or ') : 'something else';
  const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
  return [
    {
      path,
      value,
      message: value === undefined ? 'is missing' : `must be ${expected}, not ${show(value)}${hint}`,
      remedy: `Give ${expected}.`,
    },
  ];
}

/** Where a mapping was meant, a word may have been, too. */
function withAlternatives(issue: JobIssue, constants: readonly unknown[], path: readonly PropertyKey[]): JobIssue {
  if (constants.length === 0) return issue;
  return { ...issue, remedy: `${issue.remedy} Or give ${constants.map((constant) => JSON.stringify(constant)).join(' or ')} as ${formatPath(path)} itself.` };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
};

/** What zod wanted, as a noun phrase. */
function expectation(issue: ZodIssue, whole: boolean): string {
  if (issue.code === 'invalid_type') return whole && issue.expected === 'number' ? TYPE_NAMES.int! : TYPE_NAMES[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small' || issue.code === 'too_big') return bound(issue, whole);
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  // A pattern without words of its own in the schema.
  if (issue.code === 'invalid_format' && issue.message.startsWith('Invalid')) return `a string that matches ${issue.pattern ?? issue.format}`;
  return issue.message;
}

function bound(issue: Extract<ZodIssue, { code: 'too_small' | 'too_big' }>, whole: boolean): string {
  const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const word = issue.code === 'too_small' ? (issue.inclusive ? 'at least' : 'more than') : issue.inclusive ? 'at most' : 'less than';
  if (issue.origin === 'array') return `a list of ${word} ${limit} items`;
  if (issue.origin === 'string') return `a string of ${word} ${limit} characters`;
  return `${whole ? 'a whole number' : 'a number'} of ${word} ${limit}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
