// A random permutation for tests (Fisher and Yates).
import { uniforms } from './uniforms.js';

export function shuffled(size: number, seed: number): Int32Array {
  const next = uniforms(seed);
  const out = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
