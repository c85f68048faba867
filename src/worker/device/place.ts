// What a chain's thread and the thread of its device say to each other: requests and answers by message, the waiting by shared memory.
import type { MessagePort } from 'node:worker_threads';
import type { FailureRecord } from '../../bus/failure.js';
import type { StackResult } from '../../engine/stack.js';

/** A chain's end of the connection. One request is under way at a time. */
export interface Place {
  /** A `StackRequest` goes out, whose arrays lie in shared memory; an `Answer` comes back. */
  readonly port: MessagePort;
  /** One Int32, one of the states below. */
  readonly state: SharedArrayBuffer;
}

export type Answer = { readonly result: StackResult } | { readonly failure: FailureRecord };

/** A request is on its way, or none was made. */
export const WAITING = 0;
/** The answer can be received. */
export const ANSWERED = 1;
/** The device's thread has ended: nobody will answer. */
export const GONE = 2;

export const newState = (): SharedArrayBuffer => new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);

/** Wakes whoever waits. `GONE` is final. */
export function tell(state: Int32Array, value: typeof ANSWERED | typeof GONE): void {
  if (value === GONE) Atomics.store(state, 0, GONE);
  else Atomics.compareExchange(state, 0, WAITING, ANSWERED);
  Atomics.notify(state, 0);
}
