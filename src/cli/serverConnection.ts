// How commands reach the NATS server of a cluster.

export interface ServerConnection {
  readonly servers: string;
  readonly user?: string;
  readonly pass?: string;
}

/** Credentials come by environment, so that no process list shows them. */
export function serverConnection(url: string): ServerConnection {
  const user = process.env.BASINET_NATS_USER;
  const pass = process.env.BASINET_NATS_PASSWORD;
  return { servers: url, ...(user === undefined ? {} : { user }), ...(pass === undefined ? {} : { pass }) };
}

/** For messages. */
export const withoutCredentials = (url: string): string => url.replace(/\/\/[^@/]*@/g, '//');
