// Who is put into a stack with whom, and who is waited for.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Stack, StackRequest, TrajectoryRequest } from '../../../src/engine/stack.js';
import { Gatherer } from '../../../src/worker/device/gatherer.js';

const none = new Float32Array(0);
const trajectory = (steps: number): TrajectoryRequest => ({ kind: 'trajectory', position: none, momentum: none, gradient: none, inverseMassMatrix: none, stepSize: 1, steps, energyLimit: 1 });
const forward: StackRequest = { kind: 'forward', position: none, inputs: none, rows: 0, first: 0, outputs: [] };

/** Until what was asked in this turn of the event loop is gathered. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A stack that writes down who came together; a chain is told by its request. */
function gathering(width: number, run?: () => void) {
  const names = new Map<StackRequest, string>();
  const stacks: string[] = [];
  const answers: string[] = [];
  const stack: Stack = {
    width,
    run: (requests) => {
      stacks.push(requests.map((request) => names.get(request)).join(''));
      run?.();
      return requests.map((_, k) => ({ energy: k, prior: 0, likelihood: 0, stepsTaken: 1 }));
    },
    dispose: () => undefined,
  };
  const gatherer = new Gatherer<string>(stack, (member, outcome) => answers.push(`${member} ${'error' in outcome ? String(outcome.error) : outcome.result.energy}`));
  const ask = (member: string, request: StackRequest = trajectory(10)) => {
    names.set(request, member);
    gatherer.ask(member, request);
  };
  /** Until all of these have asked at about the same time, and nothing else. */
  const inStep = async (...members: [string, number?][]) => {
    for (let round = 0; round < 2; round++) {
      const answered = answers.length + members.length;
      for (const [member, steps] of members) ask(member, trajectory(steps ?? 10));
      while (answers.length < answered) await sleep(1);
    }
    stacks.length = answers.length = 0;
  };
  return { gatherer, ask, stacks, answers, inStep };
}

test('chains in step are in one stack, and each gets its own answer', async () => {
  const { ask, stacks, answers, inStep } = gathering(4);
  // The first comer knows of no other.
  ask('a');
  await turn();
  expect(stacks).toEqual(['a']);
  await inStep(['a'], ['b'], ['c']);
  for (const member of ['b', 'a', 'c']) ask(member);
  await turn();
  expect(stacks).toEqual(['bac']);
  expect(answers).toEqual(['b 0', 'a 1', 'c 2']);
});

test('more chains than fit fill every stack, those who have waited longest first', async () => {
  const { ask, stacks, inStep } = gathering(2);
  await inStep(['a'], ['b'], ['c'], ['d'], ['e']);
  for (const member of 'abcde') ask(member);
  ask('a');
  await turn();
  expect(stacks).toEqual(['ab', 'cd', 'ea']);
});

test('a chain that stays away is waited for once, and again when it is back', async () => {
  const { ask, stacks, inStep } = gathering(3);
  await inStep(['a'], ['b'], ['c']);
  ask('a');
  ask('b');
  await turn();
  expect(stacks).toEqual([]);
  while (stacks.length === 0) await sleep(1);
  ask('b');
  ask('a');
  await turn();
  expect(stacks).toEqual(['ab', 'ba']);
  ask('a');
  ask('c');
  ask('b');
  await turn();
  expect(stacks).toEqual(['ab', 'ba', 'acb']);
});

test('who asks again within the same turn does not come before the others', async () => {
  const order: string[] = [];
  const again = new Gatherer<string>({ width: 1, run: (requests) => requests.map(() => ({ energy: 0, prior: 0, likelihood: 0, stepsTaken: 1 })), dispose: () => undefined }, (member) => {
    order.push(member);
    if (member === 'a' && order.length < 6) again.ask('a', trajectory(10));
  });
  again.ask('a', trajectory(10));
  again.ask('b', trajectory(10));
  for (let i = 0; i < 6; i++) await turn();
  expect(order.indexOf('b')).toBe(1);
});

test('trajectories of another number of steps are other stacks, forward passes wait for nobody', async () => {
  const { ask, stacks, inStep } = gathering(4);
  await inStep(['a', 10], ['b', 11], ['c', 10], ['d', 11]);
  ask('a', trajectory(10));
  ask('b', trajectory(11));
  ask('d', forward);
  ask('d', trajectory(11));
  ask('c', trajectory(10));
  await turn();
  expect(stacks).toEqual(['d', 'ac', 'bd']);
});

test('who is late for one kind does not put off another', async () => {
  const { ask, stacks, inStep } = gathering(4);
  await inStep(['a'], ['b'], ['c', 11]);
  ask('a', trajectory(10));
  for (let i = 0; i < 3; i++) {
    ask('c', trajectory(11));
    await turn();
  }
  // Where these turns took longer than the other is waited for, it has had its own by now.
  expect(stacks.filter((who) => who !== 'a')).toEqual(['c', 'c', 'c']);
  while (!stacks.includes('a')) {
    ask('c', trajectory(11));
    await turn();
    await sleep(1);
  }
  expect(stacks.filter((who) => who === 'a')).toEqual(['a']);
});

test('who leaves is not waited for, nor answered', async () => {
  const { gatherer, ask, stacks, answers, inStep } = gathering(4);
  await inStep(['a'], ['b'], ['c']);
  ask('a');
  ask('c');
  gatherer.leave('c');
  gatherer.leave('b');
  expect(stacks).toEqual(['a']);
  expect(answers).toEqual(['a 0']);
});

test('what a stack throws goes to all who were in it', async () => {
  let broken = false;
  const { ask, answers, inStep } = gathering(2, () => {
    if (broken) throw new Error('no memory');
  });
  await inStep(['a'], ['b']);
  broken = true;
  ask('b');
  ask('a');
  await turn();
  broken = false;
  expect(answers).toEqual(['b Error: no memory', 'a Error: no memory']);
  ask('a');
  ask('b');
  await turn();
  expect(answers.slice(2)).toEqual(['a 0', 'b 1']);
});
