// Checks that a data set fits a posterior, and a mini-batch a data set, before an engine trusts them.
import { BasinetError } from '../errors.js';
import type { Posterior } from '../posterior/posterior.js';
import type { Dataset } from './engine.js';

/** @throws BasinetError NETWORK_MISMATCH or DATA_INVALID, naming the lengths at odds */
export function checkDataset(posterior: Posterior, data: Dataset): void {
  const { network, likelihood } = posterior;
  if (data.features !== network.inputs) {
    throw new BasinetError('NETWORK_MISMATCH', `the data have ${data.features} features and the network takes ${network.inputs}`, {
      value: data.features,
      remedy: 'Build the network for these data.',
    });
  }
  const width = likelihood.kind === 'categorical' ? 1 : network.outputs;
  if (data.inputs.length !== data.rows * data.features || data.targets.length !== data.rows * width) {
    throw new BasinetError(
      'DATA_INVALID',
      `${data.rows} rows need ${data.rows * data.features} inputs and ${data.rows * width} targets; there are ${data.inputs.length} and ${data.targets.length}`,
      { remedy: 'Give arrays of these lengths.' },
    );
  }
  if (likelihood.kind !== 'categorical') {
    if (data.targets instanceof Float32Array) return;
    throw new BasinetError('DATA_INVALID', 'a Gaussian likelihood needs real targets (Float32Array)', {
      remedy: 'Use a categorical likelihood for class labels.',
    });
  }
  if (!(data.targets instanceof Int32Array)) {
    throw new BasinetError('DATA_INVALID', 'a categorical likelihood needs class labels (Int32Array)', {
      remedy: 'Use a Gaussian likelihood for real targets.',
    });
  }
  const bad = data.targets.findIndex((label) => label < 0 || label >= network.outputs);
  if (bad >= 0) {
    throw new BasinetError('DATA_INVALID', `row ${bad} has label ${data.targets[bad]}, outside 0 … ${network.outputs - 1}`, {
      value: data.targets[bad],
      remedy: 'Raise data.targets.classes, or mend the label.',
    });
  }
}

/** @throws BasinetError ARGUMENT_INVALID where the batch is empty or names a row outside 0 … rows − 1 */
export function checkBatch(batch: Int32Array, rows: number): void {
  if (batch.length === 0) {
    throw new BasinetError('ARGUMENT_INVALID', 'an empty mini-batch estimates nothing', {
      path: 'rows',
      value: 0,
      remedy: 'Give at least one row.',
    });
  }
  for (let i = 0; i < batch.length; i++) {
    const row = batch[i]!;
    if (row >= 0 && row < rows) continue;
    throw new BasinetError('ARGUMENT_INVALID', `the mini-batch holds row ${row}, and the data set has rows 0 … ${rows - 1}`, {
      path: `rows[${i}]`,
      value: row,
      remedy: 'Give indices of rows of the data set.',
    });
  }
}
