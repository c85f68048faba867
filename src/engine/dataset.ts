// Checks that a data set fits a posterior, before an engine trusts its lengths.
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
