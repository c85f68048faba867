// Answers chains from one stack: what they ask for comes by message, is gathered, and goes back to whoever asked.
import type { MessagePort } from 'node:worker_threads';
import { failureOf } from '../../bus/failure.js';
import type { Stack, StackRequest } from '../../engine/stack.js';
import { Gatherer } from './gatherer.js';
import { ANSWERED, tell, type Answer, type Place } from './place.js';

/** Returns what gives a chain a place; the place ends with its port, also where the chain's thread is terminated. */
export function servePlaces(stack: Stack): (place: Place) => void {
  const states = new Map<MessagePort, Int32Array>();
  const gatherer = new Gatherer<MessagePort>(stack, (port, outcome) => {
    const answer: Answer = 'error' in outcome ? { failure: failureOf(outcome.error) } : outcome;
    port.postMessage(answer);
    tell(states.get(port)!, ANSWERED);
  });
  return ({ port, state }) => {
    states.set(port, new Int32Array(state));
    port.on('message', (request: StackRequest) => gatherer.ask(port, request));
    port.once('close', () => {
      gatherer.leave(port);
      states.delete(port);
    });
  };
}
