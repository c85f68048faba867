// What a command prints: results to standard output, everything else to standard error, one JSON document with --json.
import pc from 'picocolors';
import { BasinetError, ERROR_CODES, type ErrorCode } from '../errors.js';

/** A command's result: one JSON document with `--json`, else its text. */
export function printResult(json: boolean, result: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(result, jsonNumbers)}\n` : `${text()}\n`);
}

/** JSON has no NaN: it is written as null. Typed arrays as plain ones. */
export function jsonNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value === 'bigint') return Number(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as ArrayLike<number>);
  return value;
}

/** A note beside the result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints an error for people or as JSON, and returns the exit status. */
export function printError(error: unknown, json: boolean): number {
  const known = error instanceof BasinetError ? error : internal(error);
  if (json) {
    process.stdout.write(`${JSON.stringify({ error: describeError(known) })}\n`);
    return known.exitCode;
  }
  process.stderr.write(`${pc.red('error')} ${pc.dim(known.code)} ${known.message}\n`);
  if (known.path !== undefined && !known.message.includes(known.path)) process.stderr.write(`  at     ${known.path}\n`);
  if (known.remedy !== undefined) process.stderr.write(`  remedy ${known.remedy}\n`);
  if (known.code === 'INTERNAL' && known.cause instanceof Error) process.stderr.write(`${known.cause.stack ?? ''}\n`);
  return known.exitCode;
}

/** The fields of an error that scripts may rely on. */
export function describeError(error: BasinetError): { code: ErrorCode; message: string; path: string | null; value: unknown; remedy: string | null } {
  return { code: error.code, message: error.message, path: error.path ?? null, value: error.value ?? null, remedy: error.remedy ?? null };
}

function internal(error: unknown): BasinetError {
  const message = error instanceof Error ? error.message : String(error);
  return new BasinetError('INTERNAL', message, { cause: error, remedy: 'this is a defect of basinet: please report it with the job file and this text' });
}

/** The table of exit codes, for --help. */
export function exitCodeHelp(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { exit, meaning }]) => `  ${String(exit).padStart(3)}  ${code.padEnd(18)} ${meaning}`);
  return `Exit codes:\n    0  success\n${rows.join('\n')}`;
}
