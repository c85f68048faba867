// The state of a method's kernel between protobuf and plain data: named scalars and arrays, whose meaning is the method's.
import { bytesOf, checkElements, checkFinite, checkLength, corrupt, float32Of, float64Of } from './bytes.js';
import type { KernelState } from './records.js';
import type { basinet } from './wire.js';

/** Throws LOG_CORRUPT unless every array is of the dimension and everything is finite. */
export function checkKernel({ scalars, arrays }: KernelState, dimension: number, path: string): void {
  for (const [name, value] of Object.entries(scalars)) checkFinite(value, `${path}.${name}`);
  for (const [name, array] of Object.entries(arrays)) {
    checkLength(array, dimension, `${path}.${name}`);
    checkElements(array, `${path}.${name}`);
  }
}

/** Names ascending, so that one state has one encoding. */
export function kernelToWire({ scalars, arrays }: KernelState): basinet.v1.IKernelState {
  return {
    scalars: ascending(scalars).map(([name, value]) => ({ name, value })),
    arrays: ascending(arrays).map(([name, array]) => ({ name, [array instanceof Float32Array ? 'float32' : 'float64']: bytesOf(array) })),
  };
}

const ascending = <T>(named: Readonly<Record<string, T>>): [string, T][] => Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));

/** Throws LOG_CORRUPT. Arrays are views into the message where its alignment allows. */
export function kernelFromWire(state: basinet.v1.KernelState, path: string): KernelState {
  for (const list of ['scalars', 'arrays'] as const) {
    state[list].forEach(({ name }, i) => {
      if (!((name ?? '') > (i === 0 ? '' : (state[list][i - 1]!.name ?? '')))) throw corrupt(`${path}.${list}[${i}].name`, 'does not follow the one before it', name);
    });
  }
  return {
    scalars: Object.fromEntries(state.scalars.map(({ name, value }) => [name, value])) as KernelState['scalars'],
    arrays: Object.fromEntries(state.arrays.map((array) => [array.name, arrayFromWire(array as basinet.v1.KernelArray, path)])) as KernelState['arrays'],
  };
}

function arrayFromWire({ name, float32, float64 }: basinet.v1.KernelArray, path: string): Float32Array | Float64Array {
  if (float32.length > 0 && float64.length > 0) throw corrupt(`${path}.${name}`, 'is both float32 and float64');
  return float64.length > 0 ? float64Of(float64, `${path}.${name}`) : float32Of(float32, `${path}.${name}`);
}
