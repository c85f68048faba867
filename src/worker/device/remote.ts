// A chain's potential that is computed by the thread of its device, in a stack with those of other chains. Waits without an event loop.
import { receiveMessageOnPort } from 'node:worker_threads';
import { errorOf } from '../../bus/failure.js';
import type { EnginePotential } from '../../engine/engine.js';
import { potentialOver } from '../../engine/potentialOver.js';
import type { StackRequest, StackResult } from '../../engine/stack.js';
import { BasinetError } from '../../errors.js';
import type { Posterior } from '../../posterior/posterior.js';
import { ANSWERED, GONE, WAITING, type Answer, type Place } from './place.js';

type Values = Float32Array | Int32Array;

/** Arrays of a request that its answer is written to. */
const WRITTEN: Readonly<Record<StackRequest['kind'], readonly string[]>> = {
  gradient: ['gradient'],
  batch: ['gradient'],
  trajectory: ['position', 'momentum', 'gradient'],
  forward: ['outputs'],
};

/**
 * @param rows - N: rows of the data set
 * @throws (every evaluation) what the device throws; BasinetError ENGINE_UNAVAILABLE where its thread has ended
 */
export function remotePotential(posterior: Posterior, rows: number, { port, state }: Place): EnginePotential {
  const word = new Int32Array(state);
  const shared = new SharedArrays();

  function compute(request: StackRequest): StackResult {
    const sent = shared.of(request);
    // Not where the device is gone: that is never taken back.
    Atomics.compareExchange(word, 0, ANSWERED, WAITING);
    port.postMessage(sent);
    // Again where it was woken by a notification that came late, of the answer before.
    while (Atomics.load(word, 0) === WAITING) Atomics.wait(word, 0, WAITING);
    if (Atomics.load(word, 0) === GONE) {
      throw new BasinetError('ENGINE_UNAVAILABLE', 'the thread that computes this chain’s stack has ended', { remedy: 'The chain is tried again, with a new one; see the worker’s log where it keeps ending.' });
    }
    const answer = receiveMessageOnPort(port)!.message as Answer;
    if ('failure' in answer) throw errorOf(answer.failure);
    for (const name of WRITTEN[request.kind]) copyBack(fieldOf(sent, name), fieldOf(request, name));
    return answer.result;
  }

  return potentialOver(posterior, rows, compute, () => port.close());
}

const fieldOf = (request: StackRequest, name: string): readonly Values[] => {
  const value = (request as unknown as Record<string, Values | readonly Values[]>)[name]!;
  return Array.isArray(value) ? (value as readonly Values[]) : [value as Values];
};

function copyBack(from: readonly Values[], to: readonly Values[]): void {
  // What the caller gave may be longer than what was asked for.
  from.forEach((values, i) => values !== to[i] && to[i]!.set(values));
}

/** Copies of requests' arrays in shared memory, kept for the next request like it. */
class SharedArrays {
  private readonly held = new Map<string, Values>();

  of(request: StackRequest): StackRequest {
    return Object.fromEntries(
      Object.entries(request).map(([name, value]: [string, unknown]) => {
        if (isValues(value)) return [name, this.copy(name, value)];
        return [name, Array.isArray(value) ? value.map((part: Values, i) => this.copy(`${name} ${i}`, part)) : value];
      }),
    ) as unknown as StackRequest;
  }

  private copy(name: string, values: Values): Values {
    if (values.buffer instanceof SharedArrayBuffer) return values;
    const key = `${name} ${values.length}`;
    let copy = this.held.get(key);
    if (!copy) {
      const buffer = new SharedArrayBuffer(values.byteLength);
      copy = values instanceof Int32Array ? new Int32Array(buffer) : new Float32Array(buffer);
      this.forgetOthers(name);
      this.held.set(key, copy);
    }
    copy.set(values);
    return copy;
  }

  /** Mini-batches of an epoch have two lengths at most, but activations are asked for any number of rows. */
  private forgetOthers(name: string): void {
    const same = [...this.held.keys()].filter((key) => key.startsWith(`${name} `));
    if (same.length >= 2) for (const key of same) this.held.delete(key);
  }
}

const isValues = (value: unknown): value is Values => value instanceof Float32Array || value instanceof Int32Array;
