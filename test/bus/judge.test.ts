// The laws on a chain's slots, slot by slot.
import { expect, it } from 'vitest';
import { sha256 } from '../../src/bus/hash.js';
import { ChainJudge } from '../../src/bus/judge.js';
import { shapeOf } from '../support/chains.js';

/** Stands for a payload's hash. */
const hashOf = (name: string) => Uint8Array.from(sha256(Buffer.from(name)));
const claimed = () => {
  const judge = new ChainJudge(shapeOf());
  expect(judge.judgeOutline(0, hashOf('claim'), { epoch: 1, previousHash: new Uint8Array(0), claimSlot: 0, draws: null })).toBeNull();
  return judge;
};
/** Claims the slot after the judge's last. */
const claim = (judge: ChainJudge, epoch = judge.state.epoch + 1) => {
  const { slot, hash } = judge.state;
  return judge.judgeOutline(slot + 1, hashOf(`${slot}`), { epoch, previousHash: hash, claimSlot: slot + 1, draws: null });
};
const foreign = (judge: ChainJudge, slot: number, name = `foreign ${slot}`) => judge.judgeOutline(slot, hashOf(name), null);

it('a claim takes the next epoch, so that no claim can be the last one', () => {
  const judge = claimed();
  for (const epoch of [0, 1, 3, Number.MAX_SAFE_INTEGER]) expect(claim(judge, epoch)).toBe('epoch');
  expect(judge.state.epoch).toBe(1);
  expect(claim(judge)).toBeNull();
  expect(judge.state).toMatchObject({ epoch: 2, claimSlot: 5 });
});

it('of foreign slots beyond a gap, those that the run comes to first are remembered, however many there are', () => {
  const judge = claimed();
  for (let slot = 9000; slot < 10_500; slot++) expect(foreign(judge, slot)).toBe('slot');
  for (const slot of [7, 2, 3]) expect(foreign(judge, slot)).toBe('slot');
  expect(judge.state.beyond).toHaveLength(1024);
  expect(judge.state.beyond.map(([slot]) => slot).slice(0, 4)).toEqual([2, 3, 7, 9000]);
  expect(claim(judge)).toBeNull();
  expect(judge.state).toMatchObject({ slot: 3, hash: hashOf('foreign 3') });
  expect(claim(judge)).toBeNull();
  expect(judge.state.slot).toBe(4);
});

it('the first message of a slot is the slot, also where it lies beyond a gap', () => {
  const judge = claimed();
  for (const name of ['first', 'second']) expect(foreign(judge, 2, name)).toBe('slot');
  expect(claim(judge)).toBeNull();
  expect(judge.state).toMatchObject({ slot: 2, hash: hashOf('first'), beyond: [] });
});
