// TensorFlow.js as the engine sees it: the core library, the backend to compute on, and what decides the last bit of a result.
import type * as core from '@tensorflow/tfjs-core';

/** The operations of `@tensorflow/tfjs-core`; every package of TensorFlow.js has them. */
export type Tf = typeof core;
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

export interface TfjsRuntime {
  readonly tf: Tf;
  /** As registered with TensorFlow.js: `tensorflow` is libtensorflow, `cpu` plain JavaScript. */
  readonly backend: string;
  /** As `Engine.deviceClass`. */
  readonly deviceClass: string;
}

/** Makes the runtime's backend the one that tensors are made on: it is a setting of the whole library. */
export function activate({ tf, backend }: TfjsRuntime): void {
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

/** What `make` returns, which owns every tensor that it made; where it throws, they are disposed of. */
export function allOrNothing<T>({ tf }: TfjsRuntime, make: () => T): T {
  let made: T;
  tf.tidy(() => {
    made = make();
    return [...tf.engine().state.activeScope.track];
  });
  return made!;
}

/** Runs `body` on the runtime's backend, and disposes of every tensor that it made. */
export function onDevice<T>(runtime: TfjsRuntime, body: () => T): T {
  activate(runtime);
  let result: T;
  runtime.tf.tidy(() => {
    result = body();
  });
  return result!;
}
