// What a job may ask of the tfjs engine.

export interface TfjsSettings {
  /** `auto`: a GPU where one is seen. */
  readonly device: 'auto' | 'cpu' | 'gpu';
  /** Memory that activations and their derivatives may take, in bytes; more rows than fit are computed in blocks. */
  readonly activationBytes: number;
  /** Whether a GPU may round the operands of products to TF32 (10 bits of mantissa). */
  readonly tf32: boolean;
  /** Chains that are computed as one; `auto`: a worker measures whether all that it has at once are faster so. */
  readonly stack: 'auto' | number;
}

/** The same on all machines: the cut into blocks of rows is part of a result's bits. */
export const DEFAULT_TFJS_SETTINGS: TfjsSettings = { device: 'auto', activationBytes: 2 ** 30, tf32: false, stack: 'auto' };
