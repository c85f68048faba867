// Gathers what chains ask of a device into stacks: those that ask for the same kind of thing at about the same time.
import { stackKey, type Stack, type StackRequest, type StackResult } from '../../engine/stack.js';

/** Of the time that the last stack took, a chain that is not there yet is waited for so long … */
const PATIENCE_SHARE = 0.5;
/** … and not less than this. */
const LEAST_PATIENCE_MS = 1;

interface Waiting<Member> {
  readonly member: Member;
  readonly key: string;
  readonly request: StackRequest;
}

/** What a member is told: the result of its request, or what the stack threw. */
export type Answerer<Member> = (member: Member, outcome: { readonly result: StackResult } | { readonly error: unknown }) => void;

/**
 * A stack runs when it is full, or when every chain is there that asked for its kind last. A chain that keeps others waiting (for the
 * log, say) is not waited for again before it is back. What chains get does not depend on who is there, so neither on any of this.
 */
export class Gatherer<Member> {
  private waiting: Waiting<Member>[] = [];
  /** By member, the kind of request that it is expected to make next. */
  private readonly expected = new Map<Member, string>();
  private patience: { readonly oldest: Waiting<Member>; readonly timer: NodeJS.Timeout } | null = null;
  private soon: NodeJS.Immediate | null = null;
  private lastMs = 0;

  constructor(
    private readonly stack: Stack,
    private readonly answer: Answerer<Member>,
  ) {}

  ask(member: Member, request: StackRequest): void {
    const key = stackKey(request);
    if (key === null) {
      this.run([{ member, key: '', request }]);
      return;
    }
    this.expected.set(member, key);
    this.waiting.push({ member, key, request });
    // Not at once: this turn of the event loop may hold what other chains ask, which must not come behind all that this one asks next.
    this.soon ??= setImmediate(() => {
      this.soon = null;
      this.settle();
    });
  }

  /** The member is gone, and what it asked for is no longer wanted. */
  leave(member: Member): void {
    this.expected.delete(member);
    this.waiting = this.waiting.filter((one) => one.member !== member);
    this.settle();
  }

  private settle(): void {
    for (let group = this.complete(); group !== null; group = this.complete()) this.run(group);
    const oldest = this.waiting[0] ?? null;
    if (oldest === this.patience?.oldest) return;
    clearTimeout(this.patience?.timer);
    const ms = Math.max(LEAST_PATIENCE_MS, PATIENCE_SHARE * this.lastMs);
    this.patience = oldest && { oldest, timer: setTimeout(() => this.goOnWithout(oldest), ms) };
  }

  /** Those who have waited longest first; null where somebody is still to come. */
  private complete(): Waiting<Member>[] | null {
    for (const key of new Set(this.waiting.map((one) => one.key))) {
      const group = this.waiting.filter((one) => one.key === key);
      const toCome = [...this.expected.values()].filter((expected) => expected === key).length;
      if (group.length >= Math.min(this.stack.width, toCome)) return group.slice(0, this.stack.width);
    }
    return null;
  }

  private goOnWithout({ key }: Waiting<Member>): void {
    const here = new Set(this.waiting.map(({ member }) => member));
    for (const [member, expected] of this.expected) if (expected === key && !here.has(member)) this.expected.delete(member);
    this.settle();
  }

  private run(group: readonly Waiting<Member>[]): void {
    this.waiting = this.waiting.filter((one) => !group.includes(one));
    const start = performance.now();
    try {
      const results = this.stack.run(group.map(({ request }) => request));
      group.forEach(({ member }, k) => this.answer(member, { result: results[k]! }));
    } catch (error) {
      for (const { member } of group) this.answer(member, { error });
    }
    this.lastMs = performance.now() - start;
  }
}
