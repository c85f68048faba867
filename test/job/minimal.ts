// The smallest job, and changes to it.

/** Top-level keys of `change` replace those of a job that is valid without them. */
export function minimalJob(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'minimal',
    data: { train: { format: 'npy', inputs: 'x.npy', targets: 'y.npy' } },
    network: { hidden: [{ width: 5 }] },
    ...change,
  };
}
