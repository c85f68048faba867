// Ctrl-C and SIGTERM as a request to stop: the first asks, the second forces.

export interface StopSignals {
  /** Resolves to 'stop' at the first signal. */
  readonly requested: Promise<'stop'>;
  /** Called at the second signal, before this process ends. */
  onForce(action: () => void): void;
  /** Gives the signals back. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export function stopSignals(): StopSignals {
  const force: (() => void)[] = [];
  let request: (word: 'stop') => void = () => undefined;
  let seen = 0;
  const requested = new Promise<'stop'>((resolve) => (request = resolve));
  const listener = (): void => {
    if (++seen === 1) return request('stop');
    for (const action of force) action();
    process.exit(130);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    requested,
    onForce: (action) => void force.push(action),
    dispose: () => SIGNALS.forEach((signal) => process.removeListener(signal, listener)),
  };
}
