// The one error class of basinet and the table of its codes.

/** Every code that basinet can throw, with the exit status of the command line and what it means. */
export const ERROR_CODES = {
  JOB_INVALID: { exit: 2, meaning: 'a job file does not fit the schema, or combines settings that exclude each other' },
  DATA_INVALID: { exit: 3, meaning: 'a data file cannot be read as what the job says it is' },
  NETWORK_MISMATCH: { exit: 4, meaning: 'parameters do not fit the network that they are used with' },
  ENGINE_UNAVAILABLE: { exit: 5, meaning: 'the engine asked for cannot run on this machine' },
  SAMPLER_FAILED: { exit: 6, meaning: 'a chain cannot go on: its potential or gradient is not finite at its own position' },
  BUS_UNAVAILABLE: { exit: 7, meaning: 'NATS cannot be reached, or JetStream is not enabled there' },
  LOG_FENCED: { exit: 8, meaning: 'another worker owns this chain now; this one must stop writing' },
  LOG_CORRUPT: { exit: 9, meaning: 'the draw log holds something that no worker of this job can have written' },
  LOG_FULL: { exit: 10, meaning: 'the draw log or the disk behind it is full' },
  JOB_CONFLICT: { exit: 11, meaning: 'a job of that name exists, or is in a state that forbids this' },
  JOB_FAILED: { exit: 12, meaning: 'the job ended without meeting its target' },
  STATE_INVALID: { exit: 13, meaning: 'saved state was written by another version, job or device class' },
  OUTPUT_UNWRITABLE: { exit: 14, meaning: 'results cannot be written there: the directory is not empty or not writable, or the disk is full' },
  RESULTS_INVALID: { exit: 15, meaning: 'a results directory is incomplete, or does not hold what basinet writes' },
  ARGUMENT_INVALID: { exit: 16, meaning: 'an argument of a library function is outside what that function accepts' },
  USAGE: { exit: 64, meaning: 'the command line is wrong' },
  INTERRUPTED: { exit: 130, meaning: 'stopped by a signal; the job can be resumed' },
  INTERNAL: { exit: 70, meaning: 'a defect of basinet itself' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** Where: a path into a job file (`inference.stepSize`), a file with row and column, a subject. */
  readonly path?: string;
  /** The offending value, as the user wrote it. */
  readonly value?: unknown;
  /** What to do about it, as an imperative sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** What basinet throws: a stable code, a sentence, and where known the path, the value and the remedy. */
export class BasinetError extends Error {
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly value: unknown;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'BasinetError';
    this.code = code;
    this.path = details.path;
    this.value = details.value;
    this.remedy = details.remedy;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exit;
  }
}
