// Loads the C++ addon, or says why it can't. The only place that knows where it lies.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Functions of the addon. Grows with `native/*.cc`: declare each part beside the file that uses it. */
export type Addon = Readonly<Record<string, (...args: never[]) => unknown>>;

export type AddonStatus =
  | { readonly available: true; readonly addon: Addon; readonly path: string }
  | { readonly available: false; readonly reason: string };

const ADDON_PATH = fileURLToPath(new URL('../../build/basinet.node', import.meta.url));

let status: AddonStatus | undefined;

/** Loads once per process. BASINET_NATIVE=off pretends that it is not there. */
export function loadAddon(): AddonStatus {
  status ??= load();
  return status;
}

function load(): AddonStatus {
  if (process.env.BASINET_NATIVE === 'off') return { available: false, reason: 'switched off by BASINET_NATIVE=off' };
  if (!existsSync(ADDON_PATH)) {
    return { available: false, reason: 'build/basinet.node does not exist; npm run build:native makes it (a C++20 compiler is needed)' };
  }
  try {
    return { available: true, addon: createRequire(import.meta.url)(ADDON_PATH) as Addon, path: ADDON_PATH };
  } catch (error) {
    return { available: false, reason: `build/basinet.node cannot be loaded: ${(error as Error).message}` };
  }
}
