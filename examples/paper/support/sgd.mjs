// A thread that trains networks as the paper's dynamics experiment does: SGD with momentum on the mean cross entropy, no prior.
import { parentPort, workerData } from 'node:worker_threads';
import { buildPosterior, createBatches, denseNetwork, selectEngine } from 'basinet';

/** So wide that its gradient is below the last bit of the likelihood's: the potential is the sum of cross entropies. */
const NO_PRIOR = { weight: 1e9, bias: 1e9, layers: {} };

const { data, width, classes, learningRate, momentum, batchSize, epochs } = workerData;
const network = denseNetwork(data.features, [{ width, activation: 'relu' }], classes);
const posterior = buildPosterior(network, { prior: NO_PRIOR, likelihood: { kind: 'categorical' }, temperature: 1 });
const potential = selectEngine('auto').engine.potential(posterior, data, { threads: 1 });

parentPort.on('message', ({ id, seed, position }) => {
  train(seed, position, () => parentPort.postMessage({ id }));
  parentPort.postMessage({ id, position }, [position.buffer]);
});

/** As torch.optim.SGD: v ← momentum·v + ∇L, θ ← θ − learningRate·v, with L the mean over the mini-batch. In place. */
function train(seed, position, onEpoch) {
  const batches = createBatches({ seed, chain: 0 }, data.rows, batchSize);
  const gradient = new Float32Array(position.length);
  const velocity = new Float32Array(position.length);
  // The engine estimates the sum over all rows.
  const perRow = 1 / data.rows;
  for (let step = 0; step < epochs * batches.perEpoch; step++) {
    potential.batchValueAndGradient(position, batches.at(step), gradient);
    for (let i = 0; i < position.length; i++) {
      velocity[i] = momentum * velocity[i] + perRow * gradient[i];
      position[i] -= learningRate * velocity[i];
    }
    if ((step + 1) % batches.perEpoch === 0) onEpoch();
  }
}
