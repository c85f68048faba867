// Errors as HTTP answers: {code, message, path, remedy} with the status that fits the code.
import { BasinetError, type ErrorCode } from '../errors.js';

/** What a client gets for every status of 400 and above. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string | null;
  readonly remedy: string | null;
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  JOB_INVALID: 400,
  DATA_INVALID: 400,
  USAGE: 400,
  JOB_CONFLICT: 409,
  BUS_UNAVAILABLE: 503,
  LOG_FULL: 507,
};

/** What is asked for does not exist. */
export class NotFound extends BasinetError {
  constructor(message: string, path: string, remedy: string) {
    super('USAGE', message, { path, remedy });
  }
}

/** Status and body of an error. What is no error of ours is told by its message only. */
export function errorAnswer(error: unknown): { readonly status: number; readonly body: ErrorBody } {
  if (error instanceof BasinetError) {
    const { code, message, path, remedy } = error;
    return { status: error instanceof NotFound ? 404 : (STATUSES[code] ?? 500), body: { code, message, path: path ?? null, remedy: remedy ?? null } };
  }
  const { statusCode = 500, message } = error as Error & { readonly statusCode?: number };
  // Fastify's own, e.g. a body that is no JSON.
  if (statusCode < 500) return { status: statusCode, body: { code: 'USAGE', message, path: null, remedy: null } };
  return { status: 500, body: { code: 'INTERNAL', message, path: null, remedy: null } };
}
