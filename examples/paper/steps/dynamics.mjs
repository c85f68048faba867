// Number of transpositions and loss barrier of pairs of networks, before and after training.
//
// A pair starts from one random network and from the same network with its hidden units permuted by k transpositions. Both are
// trained, on mini-batches in different orders. Do the k transpositions survive training? How high is the barrier between the
// two at the midpoint of the line, as they are and aligned?
import { availableParallelism } from 'node:os';
import { applyPermutations, createAligner, createScorer, fillUniform, modelOf, numTranspositions, randomPermutationWithTranspositions, selectEngine } from 'basinet';
import { lineChart } from '../support/chart.mjs';
import { jobAndData } from '../support/data.mjs';
import { jobFile } from '../support/job.mjs';
import { markdownTable, number, percent } from '../support/table.mjs';
import { trainAll } from '../support/train.mjs';

const SETTINGS = {
  small: { rows: 60_000, epochs: 10, pairs: 9 },
  // The paper's number of epochs.
  full: { rows: 60_000, epochs: 100, pairs: 21 },
};
const SGD = { learningRate: 1e-3, momentum: 0.9, batchSize: 64 };

export async function run({ setting, say }) {
  const { rows, epochs, pairs } = SETTINGS[setting];
  const { job, data } = await jobAndData(jobFile('full', 'hmc'));
  const train = firstRows(data.train, rows);
  const { network, posterior } = modelOf(job, data.shape);
  const [{ width }] = job.network.hidden;
  const { engine } = selectEngine(job.engine);
  const scoring = { threads: availableParallelism(), scaling: data.targetScaling };
  const scorers = { train: createScorer(engine, posterior, train, scoring), test: createScorer(engine, posterior, data.test, scoring) };
  try {
    const starts = Array.from({ length: pairs }, (_, pair) => {
      const planted = Math.round(1 + (pair * (width - 2)) / (pairs - 1));
      const first = initial(network, pair);
      const permutation = randomPermutationWithTranspositions({ seed: 1, chain: pair, iteration: 0 }, 'permutation', width, planted);
      return { planted, first, second: applyPermutations(network, network.tensors, first, [permutation]) };
    });
    say(`training ${2 * pairs} networks of ${network.dimension} parameters on ${rows} images for ${epochs} epochs each`);
    const tasks = starts.flatMap(({ first, second }, pair) => [first, second].map((position, which) => ({ seed: 1000 + 2 * pair + which, position: position.slice() })));
    const trained = await trainAll({ data: train, width, classes: network.outputs, epochs, ...SGD }, tasks, (done, total) => done % 10 === 0 && say(`  ${done} of ${total} epochs`));
    const measured = starts.map(({ planted, first, second }, pair) => ({ planted, initial: measure(first, second), trained: measure(trained[2 * pair], trained[2 * pair + 1]) }));
    return { figures: { rows, epochs, ...SGD, pairs: measured }, tables: [table(measured)], charts: charts(measured) };
  } finally {
    for (const scorer of Object.values(scorers)) scorer.dispose();
  }

  function measure(a, b) {
    const aligned = new Float32Array(b.length);
    const alignment = createAligner(network, posterior.tensors, a, { maxSweeps: 50 }).align(b, aligned, null);
    const { distanceBefore, distanceAfter } = alignment;
    return { transpositions: numTranspositions(alignment.permutations[0]), distanceBefore, distanceAfter, raw: atMidpoint(a, b), aligned: atMidpoint(a, aligned) };
  }

  /** Loss (mean negative log likelihood) and share of errors at the midpoint, each minus the mean of both ends. */
  function atMidpoint(a, b) {
    const middle = a.map((value, i) => (value + b[i]) / 2);
    return Object.fromEntries(
      Object.entries(scorers).map(([split, scorer]) => {
        const [atA, atB, between] = [a, b, middle].map((position) => scorer.score([position]));
        const accuracy = (atA.accuracy + atB.accuracy) / 2;
        return [split, { loss: between.nll - (atA.nll + atB.nll) / 2, error: accuracy - between.accuracy, accuracyOfEnds: accuracy }];
      }),
    );
  }
}

/** As torch.nn.Linear begins: weights and biases uniform on ±1/√inputs. */
function initial(network, pair) {
  const position = new Float32Array(network.dimension);
  fillUniform({ seed: 1, chain: pair, iteration: 0 }, 'start', position);
  network.layers.forEach(({ inputs }, k) => {
    for (const { offset, size } of network.tensors.slice(2 * k, 2 * k + 2)) {
      for (let i = offset; i < offset + size; i++) position[i] = (2 * position[i] - 1) / Math.sqrt(inputs);
    }
  });
  return position;
}

function firstRows({ features, inputs, targets }, rows) {
  return { rows, features, inputs: inputs.subarray(0, rows * features), targets: targets.subarray(0, rows) };
}

function table(pairs) {
  const head = ['planted NoT', 'NoT at the start', 'NoT after training', 'barrier, raw', 'barrier, aligned', 'error barrier, raw', 'aligned', 'test accuracy of the ends'];
  return markdownTable(
    head,
    pairs.map(({ planted, initial: { transpositions }, trained: { raw, aligned, ...trained } }) => [
      String(planted),
      String(transpositions),
      String(trained.transpositions),
      number(raw.train.loss, 4),
      number(aligned.train.loss, 4),
      percent(raw.test.error, 2),
      percent(aligned.test.error, 2),
      percent(raw.test.accuracyOfEnds, 2),
    ]),
  );
}

function charts(pairs) {
  const values = (series, of) => pairs.map((pair) => ({ series, x: pair.planted, y: of(pair) }));
  return {
    transpositions: lineChart({
      title: 'Transpositions before and after training',
      values: [...values('at the start', ({ initial: { transpositions } }) => transpositions), ...values('after training', ({ trained }) => trained.transpositions)],
      series: ['at the start', 'after training'],
      x: 'planted number of transpositions',
      y: 'number of transpositions found',
      yScale: { zero: true },
    }),
    barrier: lineChart({
      title: 'Loss barrier at the midpoint after training',
      values: [...values('as they are', ({ trained }) => trained.raw.train.loss), ...values('aligned', ({ trained }) => trained.aligned.train.loss)],
      series: ['as they are', 'aligned'],
      x: 'planted number of transpositions',
      y: 'training loss above the mean of the ends, nats',
      yScale: { zero: true },
    }),
  };
}
