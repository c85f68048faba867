// Medians, times of calls, and the network that both gradient benchmarks compare.
import { denseNetwork } from '../../dist/network/dense.js';
import { buildPosterior } from '../../dist/posterior/build.js';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median time of one call in seconds, over at least `least` calls and `seconds` seconds. */
export function callTime(call, seconds, least) {
  const times = [];
  const begin = performance.now();
  while (times.length < least || performance.now() - begin < seconds * 1000) {
    const start = performance.now();
    call();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

/** A repeatable stream of numbers in [0, 1): a 32-bit linear congruential generator. */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Posterior with standard normal priors, random data and a position; and all of it as gradients.py reads it. */
export function problem({ rows, widths, activation, likelihood, noise }) {
  const [features, ...rest] = widths;
  const outputs = rest.pop();
  const network = denseNetwork(features, rest.map((width) => ({ width, activation })), outputs);
  const prior = { weight: 1, bias: 1, layers: {} };
  const posterior = buildPosterior(network, { prior, likelihood: likelihood === 'categorical' ? { kind: likelihood } : { kind: likelihood, noise }, temperature: 1 });
  const next = uniforms(1);
  const inputs = Float32Array.from({ length: rows * features }, next);
  const targets =
    likelihood === 'categorical'
      ? Int32Array.from({ length: rows }, () => Math.floor(next() * outputs))
      : Float32Array.from({ length: rows * outputs }, () => 2 * next() - 1);
  const position = Float32Array.from({ length: posterior.dimension }, () => 0.1 * (2 * next() - 1));
  const header = Buffer.from(`${JSON.stringify({ rows, widths, activation, likelihood, noise })}\n`);
  const raw = [inputs, targets, position].map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  return { posterior, data: { rows, features, inputs, targets }, position, input: [header, ...raw] };
}

/** Throws unless PyTorch's energy (no constants) and ours, both up to `constant`, agree. */
export function checkSameEnergy(ours, constant, theirs) {
  if (Math.abs(ours - constant - theirs) > 1e-4 * Math.abs(theirs)) {
    throw new Error(`the two sides do not compute the same: ${ours - constant} here, ${theirs} in PyTorch`);
  }
}

export function goal(name, value, wanted) {
  return { name, value, goal: wanted, met: value !== null && value >= wanted };
}
