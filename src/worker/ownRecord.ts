// Copies of decoded records, whose arrays are views of a whole message: a thread would be sent the message with them.
import type { AdaptationState, CarriedState, DrawRecord, KernelState } from '../bus/records.js';

/** Without the probe's outputs, which nobody goes on from. */
export const ownRecord = (record: DrawRecord): DrawRecord => ({
  ...record,
  position: record.position.slice(),
  probeOutputs: null,
  adaptation: record.adaptation && ownAdaptation(record.adaptation),
  kernel: record.kernel && ownKernel(record.kernel),
});

export const ownCarried = (state: CarriedState): CarriedState => ('arrays' in state ? ownKernel(state) : ownAdaptation(state));

const ownAdaptation = (state: AdaptationState): AdaptationState => ({
  ...state,
  inverseMassMatrix: state.inverseMassMatrix && state.inverseMassMatrix.slice(),
  window: state.window && { count: state.window.count, mean: state.window.mean.slice(), sumSquares: state.window.sumSquares.slice() },
});

const ownKernel = ({ scalars, arrays }: KernelState): KernelState => ({
  scalars,
  arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()])),
});
