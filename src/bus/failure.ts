// Errors as they cross the bus.
import { BasinetError, ERROR_CODES, type ErrorCode } from '../errors.js';
import type { basinet } from './wire.js';

export interface FailureRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string | null;
  readonly remedy: string | null;
  /** Null where it is no chain's. */
  readonly chain: number | null;
}

export function failureOf(error: unknown, chain: number | null = null): FailureRecord {
  if (error instanceof BasinetError) return { code: error.code, message: error.message, path: error.path ?? null, remedy: error.remedy ?? null, chain };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'INTERNAL', message, path: null, remedy: 'Report this as a defect of basinet, with the message above.', chain };
}

export const errorOf = ({ code, message, path, remedy }: FailureRecord): BasinetError =>
  new BasinetError(code, message, { ...(path === null ? {} : { path }), ...(remedy === null ? {} : { remedy }) });

export const failureToWire = ({ code, message, path, remedy, chain }: FailureRecord): basinet.v1.IFailure => ({
  code,
  message,
  path: path ?? '',
  remedy: remedy ?? '',
  chain: chain ?? -1,
});

/** An unknown code (of a newer version) becomes INTERNAL. */
export function failureFromWire(failure: basinet.v1.IFailure): FailureRecord {
  const code = failure.code ?? '';
  return {
    code: Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'INTERNAL',
    message: failure.message ?? '',
    path: failure.path || null,
    remedy: failure.remedy || null,
    chain: (failure.chain ?? -1) < 0 ? null : failure.chain!,
  };
}
