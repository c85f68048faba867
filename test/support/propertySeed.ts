// Property tests draw from a fixed seed, so that a landing does not hang on luck; BASINET_FUZZ_SEED=n explores elsewhere.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.BASINET_FUZZ_SEED ?? 2026) });
