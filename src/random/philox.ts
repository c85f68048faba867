// Philox4x32-10: the counter-based generator under every random number of basinet.
//
// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). A block of four 32-bit
// words is a keyed bijection of a 128-bit counter, so any word of any stream can be had without the ones before it.

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9 | 0;
const WEYL_1 = 0xbb67ae85 | 0;
const ROUNDS = 10;

// Both multipliers in halves of 16 bits: Math.imul gives only the low word of a product.
const M0_LOW = MULTIPLIER_0 & 0xffff;
const M0_HIGH = MULTIPLIER_0 >>> 16;
const M1_LOW = MULTIPLIER_1 & 0xffff;
const M1_HIGH = MULTIPLIER_1 >>> 16;

/**
 * Writes `blocks` consecutive blocks of four words into `out`, of counters (counter0 + b, counter1, counter2, counter3)
 * for b = 0, 1, …, under the key (key0, key1). All arguments are taken modulo 2³²; counter0 wraps around without a carry.
 *
 * @param out [at least 4 · blocks]
 */
export function philoxBlocks(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  blocks: number,
  out: Uint32Array,
): void {
  for (let block = 0; block < blocks; block++) {
    let x0 = (counter0 + block) | 0;
    let x1 = counter1 | 0;
    let x2 = counter2 | 0;
    let x3 = counter3 | 0;
    let k0 = key0 | 0;
    let k1 = key1 | 0;
    for (let round = 0; round < ROUNDS; round++) {
      // MULTIPLIER_0·x0 and MULTIPLIER_1·x2 by schoolbook multiplication; no partial sum passes 2³².
      const a0 = x0 & 0xffff;
      const a1 = x0 >>> 16;
      const p0 = Math.imul(a0, M0_LOW);
      const s0 = (Math.imul(a1, M0_LOW) + (p0 >>> 16)) | 0;
      const t0 = (Math.imul(a0, M0_HIGH) + (s0 & 0xffff)) | 0;
      const high0 = (Math.imul(a1, M0_HIGH) + (s0 >>> 16) + (t0 >>> 16)) | 0;
      const low0 = (t0 << 16) | (p0 & 0xffff);
      const b0 = x2 & 0xffff;
      const b1 = x2 >>> 16;
      const p1 = Math.imul(b0, M1_LOW);
      const s1 = (Math.imul(b1, M1_LOW) + (p1 >>> 16)) | 0;
      const t1 = (Math.imul(b0, M1_HIGH) + (s1 & 0xffff)) | 0;
      const high1 = (Math.imul(b1, M1_HIGH) + (s1 >>> 16) + (t1 >>> 16)) | 0;
      const low1 = (t1 << 16) | (p1 & 0xffff);
      x0 = high1 ^ x1 ^ k0;
      x1 = low1;
      x2 = high0 ^ x3 ^ k1;
      x3 = low0;
      k0 = (k0 + WEYL_0) | 0;
      k1 = (k1 + WEYL_1) | 0;
    }
    const offset = block << 2;
    out[offset] = x0;
    out[offset + 1] = x1;
    out[offset + 2] = x2;
    out[offset + 3] = x3;
  }
}
