// Where basinet keeps what it fetched or built for this machine.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** BASINET_CACHE, else basinet in the user's cache directory. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.BASINET_CACHE ?? join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'basinet');
}
