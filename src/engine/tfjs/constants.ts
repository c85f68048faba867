// Numbers that lie on the device for as long as a potential: uploading one in the middle of a trajectory would wait for the device.
import type { Scalar, Tf } from './runtime.js';

export interface Constants {
  readonly one: Scalar;
  readonly half: Scalar;
  /** √½ */
  readonly sqrtHalf: Scalar;
  /** 1/√(2π) */
  readonly inverseSqrt2Pi: Scalar;
}

/** To be disposed of by the caller. */
export function uploadConstants(tf: Tf): Constants {
  return {
    one: tf.scalar(1),
    half: tf.scalar(0.5),
    sqrtHalf: tf.scalar(Math.SQRT1_2),
    inverseSqrt2Pi: tf.scalar(1 / Math.sqrt(2 * Math.PI)),
  };
}
