// What NATS's many errors mean to basinet.
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { BasinetError } from '../errors.js';

/** JetStream's error code (10xxx) of an error or of its cause; 0 where it has none. */
export function apiCode(error: unknown): number {
  if (error instanceof JetStreamApiError) return error.code;
  return error instanceof Error && error.cause !== undefined ? apiCode(error.cause) : 0;
}

// 10071 wrong last sequence, 10164 the same while another is in flight, 10158 the subject is being written.
const WRITTEN = new Set<number>([JetStreamApiCodes.StreamWrongLastSequence, JetStreamApiCodes.StreamWrongLastSequenceUnknown, 10158]);
// 10077 the stream's limit, 10023 resources, 10047 storage, 10028 memory; 10122/10123 account limits.
const FULL = new Set([10077, 10023, 10047, 10028, 10122, 10123]);

/** The subject has a message already (or is being given one). */
export const isWritten = (error: unknown): boolean => WRITTEN.has(apiCode(error));

/** The stream, the account or the disk is full: certainly not stored. */
export function isFull(error: unknown): boolean {
  if (FULL.has(apiCode(error))) return true;
  const code = apiCode(error);
  // 10077 carries the store's own error text; a full disk comes through it too.
  return code !== 0 && /maximum (bytes|messages)|no space left|insufficient (storage )?resources/i.test((error as Error).message);
}

export const isStreamGone = (error: unknown): boolean => apiCode(error) === JetStreamApiCodes.StreamNotFound;
export const isConsumerGone = (error: unknown): boolean => apiCode(error) === JetStreamApiCodes.ConsumerNotFound;
export const isNotFound = (error: unknown): boolean => apiCode(error) === JetStreamApiCodes.NoMessageFound || apiCode(error) === 404;

/** The connection was closed for good (not merely lost: it comes back). */
export const isClosed = (error: unknown): boolean =>
  error instanceof errors.ClosedConnectionError || error instanceof errors.DrainingConnectionError;

// 503 answers of a cluster that elects a leader, and of a server that starts.
const BUSY = new Set([10008, 10009, 10074, 10118]);

/** Nobody knows whether it happened; ask again later. */
export function isAmbiguous(error: unknown): boolean {
  if (isClosed(error)) return false;
  const code = apiCode(error);
  if (code !== 0) return BUSY.has(code);
  return (
    error instanceof errors.TimeoutError ||
    error instanceof errors.RequestError ||
    error instanceof errors.NoRespondersError ||
    error instanceof errors.ConnectionError ||
    (error instanceof Error && (error.name === 'JetStreamNotEnabled' || error.cause !== undefined) && isAmbiguousCause(error.cause))
  );
}

const isAmbiguousCause = (cause: unknown): boolean => cause instanceof Error && isAmbiguous(cause);

/** Any other error of NATS as one of ours; ours as they are. */
export function busError(error: unknown, doing: string): BasinetError {
  if (error instanceof BasinetError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isFull(error)) {
    return new BasinetError('LOG_FULL', `${doing}: ${message}`, {
      remedy: 'Free or add disk space for JetStream, raise its limits or the job’s log.maxBytes; then resume.',
      cause: error,
    });
  }
  return new BasinetError('BUS_UNAVAILABLE', `${doing}: ${message}`, { remedy: 'Check that nats-server runs with JetStream and can be reached.', cause: error });
}
