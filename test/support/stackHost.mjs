// A thread that opens a stack for every place that it is sent, on the tfjs engine: like that of a device, but of many potentials.
import { parentPort } from 'node:worker_threads';
import { selectEngine } from '../../dist/engine/select.js';
import { DEFAULT_TFJS_SETTINGS } from '../../dist/engine/tfjs/settings.js';
import { servePlaces } from '../../dist/worker/device/serve.js';

const { engine } = selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' });
parentPort.on('message', ({ posterior, data, width, place }) => {
  const stack = engine.stack(posterior, data, width);
  servePlaces(stack)(place);
  place.port.once('close', () => stack.dispose());
});
