// From a job file's text to a validated, frozen job.
import { readFile } from 'node:fs/promises';
import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { BasinetError } from '../errors.js';
import { DEFAULT_LEAPFROG_STEPS, DEFAULT_MOMENTUM } from '../inference/settings.js';
import { crossFieldIssues } from './checks.js';
import { issuesOf, throwIssues, type JobIssue } from './issues.js';
import { activations, jobSchema, type Job } from './schema.js';

/**
 * Fills in defaults, validates and deep-freezes. A resolved job resolves to itself.
 *
 * @param input what a job file holds, as plain data
 * @throws BasinetError JOB_INVALID, whose message lists every issue and whose path, value and remedy are the first one's
 */
export function resolveJob(input: unknown): Job {
  const { job, issues } = validate(input);
  return job ?? throwIssues(issues);
}

/**
 * As `resolveJob`, from YAML or JSON (which is YAML); issues name their lines.
 *
 * @param options path of the file, for messages
 * @throws BasinetError JOB_INVALID; for a syntax error with line and column
 */
export function parseJob(text: string, options: { readonly path?: string } = {}): Job {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    const where = `${options.path ?? 'job'}:${line}:${col}`;
    throw new BasinetError('JOB_INVALID', `${where}: ${syntax.message} (line ${line}, column ${col})`, {
      path: where,
      value: text.split('\n')[line - 1]?.trim(),
      remedy: 'Mend the YAML or JSON at that place.',
      cause: syntax,
    });
  }
  let input: unknown;
  try {
    input = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new BasinetError('JOB_INVALID', `${options.path ?? 'job'}: ${(cause as Error).message}`, {
      ...(options.path === undefined ? {} : { path: options.path }),
      remedy: 'Write the job out without so many YAML aliases.',
      cause,
    });
  }
  const { job, issues } = validate(input);
  return job ?? throwIssues(issues, { file: options.path, lineOf: (path) => lineOf(document, lines, path) });
}

/**
 * As `parseJob`, from a file.
 *
 * @throws BasinetError JOB_INVALID, also where the file cannot be read
 */
export async function loadJob(path: string): Promise<Job> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new BasinetError('JOB_INVALID', `${path} cannot be read: ${(cause as Error).message}`, {
      path,
      remedy: 'Give the path of a job file (YAML or JSON).',
      cause,
    });
  }
  return parseJob(text, { path });
}

function validate(input: unknown): { job: Job; issues: [] } | { job: null; issues: JobIssue[] } {
  const parsed = jobSchema.safeParse(input);
  if (!parsed.success) return { job: null, issues: issuesOf(parsed.error.issues, input) };
  const issues = crossFieldIssues(parsed.data);
  if (issues.length > 0) return { job: null, issues };
  fillInDefaults(parsed.data);
  return { job: deepFreeze(parsed.data), issues: [] };
}

/** Defaults that depend on other keys. */
function fillInDefaults({ inference, rebasin }: Job): void {
  if (inference.method === 'hmc' && inference.leapfrogSteps === undefined && inference.trajectoryLength === undefined) {
    inference.leapfrogSteps = Math.min(DEFAULT_LEAPFROG_STEPS, inference.maxLeapfrogSteps);
  }
  if (inference.method === 'map' && inference.optimizer === 'sgd') inference.momentum ??= DEFAULT_MOMENTUM;
  if (rebasin.matching === 'activations') rebasin.activations ??= activations.parse({});
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** Line (from 1) of the node at `path`, or of the nearest one above it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
