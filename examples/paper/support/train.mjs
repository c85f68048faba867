// Threads that train networks with SGD, one a core.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Trains every task {seed, position} with the settings of sgd.mjs; resolves to the trained positions, in order. `onEpoch` is
 * told how many epochs of how many are done, over all tasks.
 */
export async function trainAll(settings, tasks, onEpoch = () => {}) {
  const results = new Array(tasks.length);
  const total = tasks.length * settings.epochs;
  let next = 0;
  let epochs = 0;
  const work = () =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./sgd.mjs', import.meta.url), { workerData: settings });
      const give = () => {
        if (next === tasks.length) return void thread.terminate().then(resolve, reject);
        const id = next++;
        thread.postMessage({ id, ...tasks[id] });
      };
      thread.on('error', reject);
      thread.on('message', ({ id, position }) => {
        if (position === undefined) return void onEpoch(++epochs, total);
        results[id] = position;
        give();
      });
      give();
    });
  await Promise.all(Array.from({ length: Math.min(tasks.length, availableParallelism()) }, work));
  return results;
}
