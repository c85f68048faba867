// The codec: exact round trips, and nothing but LOG_CORRUPT for anything else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDraws, decodeSlot, encodeDraws, encodeSlot } from '../../src/bus/codec.js';
import { decodeJob } from '../../src/bus/jobStore.js';
import type { DrawRecord, RawSlot } from '../../src/bus/records.js';
import { wire, type basinet } from '../../src/bus/wire.js';
import { BasinetError } from '../../src/errors.js';
import type { ChainRecord } from '../../src/inference/chain.js';
import { draw, warmupDraw } from '../support/draws.js';

const float32 = (size: number) => fc.float32Array({ minLength: size, maxLength: size, noNaN: true, noDefaultInfinity: true });
const positive32 = (size: number) => fc.array(fc.float({ min: Math.fround(1e-30), noNaN: true, noDefaultInfinity: true }), { minLength: size, maxLength: size }).map((a) => Float32Array.from(a));
const float64 = (size: number, min?: number) => fc.float64Array({ minLength: size, maxLength: size, noNaN: true, noDefaultInfinity: true, ...(min === undefined ? {} : { min }) });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true });
const rate = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.nat();
const orNaN = (arbitrary: fc.Arbitrary<number>) => fc.oneof(arbitrary, fc.constant(Number.NaN));

const info = fc.record({
  potentialEnergy: finite, kineticEnergy: fc.double(), energyError: fc.double(), acceptanceRate: orNaN(rate), accepted: fc.boolean(), divergent: fc.boolean(),
  stepSize: orNaN(positive), leapfrogSteps: count, priorEnergy: fc.double(), likelihoodEnergy: fc.double(), totalGradients: fc.maxSafeNat(), totalDivergences: count, meanAcceptanceRate: orNaN(rate),
});
const adaptation = (size: number) =>
  fc.record({
    stepSize: positive, logStepSize: finite, logStepSizeAverage: finite, errorAverage: finite, logStepSizeAnchor: finite, stepSizeUpdates: count,
    inverseMassMatrix: fc.option(positive32(size)),
    window: fc.option(fc.record({ count, mean: float64(size), sumSquares: float64(size, 0) })),
  });
const name = fc.stringMatching(/^[a-zA-Z]{1,6}$/);
const kernel = (size: number) => fc.record({ scalars: fc.dictionary(name, finite, { noNullPrototype: true }), arrays: fc.dictionary(name, fc.oneof(float32(size), float64(size)), { noNullPrototype: true }) });
const carried = (size: number) => fc.oneof(fc.record({ adaptation: fc.option(adaptation(size)), kernel: fc.constant(null) }), fc.record({ adaptation: fc.constant(null), kernel: kernel(size) }));
const record = (size: number): fc.Arbitrary<DrawRecord> =>
  fc
    .record({ phase: fc.constant('sampling' as const), iteration: fc.integer({ min: 1 }), position: float32(size), info, probeOutputs: fc.option(float32(3)), carried: carried(size) })
    .map(({ carried: state, ...rest }) => ({ ...rest, ...state }));

const slotOf = (draws: readonly DrawRecord[]): RawSlot => ({ epoch: 3, previousHash: new Uint8Array(32).fill(7), claimSlot: 2, body: { kind: 'draws', draws, adaptationSlot: 4 } });
const wireSlot = (change: (draw: basinet.v1.IDraw) => void): Uint8Array => {
  const slot = wire.Slot.decode(encodeSlot(slotOf([warmupDraw(1, 4)])));
  change(slot.draws!.draws![0]!);
  return wire.Slot.encode(slot).finish();
};
const refused = (bytes: Uint8Array, path: string) => {
  try {
    decodeSlot(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BasinetError);
    expect(error).toMatchObject({ code: 'LOG_CORRUPT', path: expect.stringContaining(path) as string });
    return;
  }
  expect.unreachable(`${path} was accepted`);
};

describe('encodeSlot and decodeSlot', () => {
  it('return any record bit for bit, wherever its bytes lie in memory', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }).chain(record), fc.nat(9), (written, shift) => {
        // The message at any alignment.
        const bytes = encodeSlot(slotOf([written]));
        const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
        shifted.set(bytes);
        const { body } = decodeSlot(shifted);
        expect(body.kind === 'draws' && body.draws[0]).toEqual(written);
      }),
    );
  });

  it('carry what inference produces', () => {
    const produced: ChainRecord = { ...warmupDraw(1, 3) };
    const { body } = decodeSlot(encodeSlot(slotOf([{ ...produced, probeOutputs: null }])));
    expect(body.kind === 'draws' && body.draws[0]).toEqual({ ...produced, probeOutputs: null });
  });

  it('keep NaN and infinities where a diverged proposal may have them, and negative zero', () => {
    const odd = draw(5, 2);
    const written = { ...odd, position: Float32Array.of(-0, 1), info: { ...odd.info, kineticEnergy: Number.POSITIVE_INFINITY, energyError: Number.NaN, priorEnergy: -0 } };
    const { body } = decodeSlot(encodeSlot(slotOf([written])));
    expect(body.kind === 'draws' && body.draws[0]).toEqual(written);
  });

  it('return claims, manifests and several draws', () => {
    const claim: RawSlot = { epoch: 1, previousHash: new Uint8Array(32), claimSlot: 0, body: { kind: 'claim', worker: 'w', deviceClass: 'd', nonce: new Uint8Array(16) } };
    const manifest: RawSlot = { ...claim, body: { kind: 'manifest', chunks: [new Uint8Array(32), new Uint8Array(32).fill(1)], size: 77 } };
    for (const slot of [claim, manifest, slotOf([warmupDraw(10, 3), warmupDraw(20, 3), draw(21, 3)])]) expect(decodeSlot(new Uint8Array(encodeSlot(slot)))).toEqual(slot);
    const draws = { kind: 'draws' as const, draws: [draw(1, 2)], adaptationSlot: 1 };
    expect(decodeDraws(encodeDraws(draws))).toEqual(draws);
  });

  it('refuse what breaks the laws of a draw, naming the field', () => {
    refused(wireSlot((d) => (d.phase = 0)), 'phase');
    refused(wireSlot((d) => (d.phase = 9 as 1)), 'phase');
    refused(wireSlot((d) => (d.iteration = 0)), 'iteration');
    refused(wireSlot((d) => (d.position = new Uint8Array(0))), 'position');
    refused(wireSlot((d) => (d.position = new Uint8Array(15))), 'position');
    refused(wireSlot((d) => (d.position = new Uint8Array(12))), 'window_mean');
    refused(wireSlot((d) => (d.position = new Uint8Array(Float32Array.of(1, 2, Number.NaN, 4).buffer))), 'position[2]');
    refused(wireSlot((d) => (d.position = new Uint8Array(Float32Array.of(1, 2, 3, Number.POSITIVE_INFINITY).buffer))), 'position[3]');
    refused(wireSlot((d) => delete d.info), 'info');
    refused(wireSlot((d) => (d.info!.potentialEnergy = Number.NaN)), 'potential_energy');
    refused(wireSlot((d) => (d.info!.acceptanceRate = 1.5)), 'acceptance_rate');
    refused(wireSlot((d) => (d.info!.stepSize = 0)), 'step_size');
    refused(wireSlot((d) => (d.adaptation = null)), 'adaptation');
    refused(wireSlot((d) => (d.adaptation!.stepSize = -1)), 'adaptation.step_size');
    refused(wireSlot((d) => (d.adaptation!.windowMean = new Uint8Array(0))), 'window_mean');
    refused(wireSlot((d) => (d.adaptation!.inverseMassMatrix = new Uint8Array(16))), 'inverse_mass_matrix[0]');
    refused(wireSlot((d) => (d.probeOutputs = new Uint8Array(3))), 'probe_outputs');
  });

  it('refuse what breaks the laws of a kernel state, naming the field', () => {
    const array = (label: string, size = 4): basinet.v1.IKernelArray => ({ name: label, float32: new Uint8Array(4 * size) });
    const withKernel = (kernelState: basinet.v1.IKernelState) => wireSlot((d) => ((d.adaptation = null), (d.kernel = kernelState)));
    expect(decodeSlot(withKernel({ arrays: [array('a'), array('b')] })).body.kind).toBe('draws');
    refused(withKernel({ arrays: [array('b'), array('a')] }), 'arrays[1].name');
    refused(withKernel({ arrays: [array('a'), array('a')] }), 'arrays[1].name');
    refused(withKernel({ scalars: [{ name: '', value: 1 }] }), 'scalars[0].name');
    refused(withKernel({ scalars: [{ name: 'steps', value: Number.NaN }] }), 'kernel.steps');
    refused(withKernel({ arrays: [array('momentum', 3)] }), 'kernel.momentum');
    refused(withKernel({ arrays: [{ ...array('momentum'), float64: new Uint8Array(32) }] }), 'kernel.momentum');
    refused(withKernel({ arrays: [{ name: 'momentum', float32: new Uint8Array(Float32Array.of(0, 0, Number.NaN, 0).buffer) }] }), 'kernel.momentum[2]');
    refused(wireSlot((d) => (d.kernel = { arrays: [array('a')] })), 'kernel');
  });

  it('refuse what breaks the laws of a slot', () => {
    const claim = { worker: 'w', deviceClass: 'd', nonce: new Uint8Array(16) };
    const slot = (fields: basinet.v1.ISlot) => wire.Slot.encode(fields).finish();
    refused(slot({ epoch: 1 }), 'body');
    refused(slot({ epoch: 0, claim }), 'epoch');
    refused(slot({ epoch: 2 ** 60, claim }), 'epoch');
    refused(slot({ epoch: 1, claim, previousHash: new Uint8Array(31) }), 'previous_hash');
    refused(slot({ epoch: 1, claim: { ...claim, worker: '' } }), 'worker');
    refused(slot({ epoch: 1, claim: { ...claim, nonce: new Uint8Array(1) } }), 'nonce');
    refused(slot({ epoch: 1, draws: {} }), 'draws');
    refused(slot({ epoch: 1, manifest: { size: 4 } }), 'chunks');
    refused(slot({ epoch: 1, manifest: { size: 4, chunks: [new Uint8Array(3)] } }), 'chunks[0]');
  });

  it('refuse to write what they would refuse to read', () => {
    const bad = { ...draw(1, 2), position: Float32Array.of(Number.NaN, 1) };
    expect(() => encodeSlot(slotOf([bad]))).toThrow(expect.objectContaining({ code: 'INTERNAL' }) as Error);
    expect(() => encodeSlot(slotOf([draw(2, 2), draw(1, 2)]))).toThrow(/iteration/);
    expect(() => encodeSlot(slotOf([draw(1, 2), draw(2, 3)]))).toThrow(/position/);
  });
});

describe('decoders fed random bytes', () => {
  const valid = encodeSlot(slotOf([warmupDraw(1, 4), draw(2, 4)]));
  const only = (decode: (bytes: Uint8Array) => unknown) => (bytes: Uint8Array) => {
    try {
      decode(bytes);
    } catch (error) {
      expect(error).toMatchObject({ name: 'BasinetError', code: 'LOG_CORRUPT' });
    }
  };

  it.each([
    ['decodeSlot', decodeSlot],
    ['decodeDraws', decodeDraws],
    ['decodeJob', decodeJob],
  ] as const)('%s throws LOG_CORRUPT or nothing', (_name, decode) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), only(decode)), { numRuns: 1000 });
  });

  it('survive every truncation and every flipped byte of a valid slot', () => {
    for (let length = 0; length < valid.length; length++) only(decodeSlot)(valid.slice(0, length));
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const damaged = valid.slice();
        damaged[at]! ^= mask;
        only(decodeSlot)(damaged);
      }),
      { numRuns: 1000 },
    );
  });
});
