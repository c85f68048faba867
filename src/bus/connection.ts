// The connection to NATS that every role works through, with its buckets and object stores opened once.
import { jetstream, jetstreamManager, StorageType, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm, type KV, type KvOptions } from '@nats-io/kv';
import { Objm, type ObjectStore } from '@nats-io/obj';
import { connect, errors, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { BasinetError } from '../errors.js';
import { making } from './made.js';
import { WORKER_BUCKET, WORKER_TTL_MS } from './names.js';

export interface BusOptions {
  /** `nats://host:port`, one or more. */
  readonly servers: string | readonly string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** Seen in the server's list of connections. */
  readonly name: string;
  /** Keep trying for ever where no server answers at first (roles), or fail with BUS_UNAVAILABLE (commands; the default). */
  readonly wait?: boolean;
  /** Milliseconds for a first connection without `wait`, and for a request; default 5000. */
  readonly timeoutMs?: number;
  /** Replicas of every stream and bucket that this connection creates. */
  readonly replicas?: number;
  /** Anything else that the client takes (TLS, credentials, …). */
  readonly nats?: Partial<NodeConnectionOptions>;
}

export interface Bus extends AsyncDisposable {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly replicas: number;
  /** Milliseconds for a request. */
  readonly timeoutMs: number;
  /** How often the connection was lost: a server that comes back after a power failure may lack what it had confirmed. */
  readonly disconnects: number;
  /** Largest payload that the connected server takes, in bytes, headers included. */
  readonly maxPayload: number;
  /**
   * The outcome of a request, or a ConnectionError as soon as the connection is lost: the answer to a request that was under
   * way then never comes, and waiting for its timeout would be waiting for nothing. Whether it was done is unknown.
   */
  untilLost<T>(request: Promise<T>): Promise<T>;
  /** Opens a KV bucket, creating it where it is missing. */
  kv(bucket: string): Promise<KV>;
  /** Opens an object store, creating it where it is missing. */
  objects(store: string): Promise<ObjectStore>;
  /** Resolves when the connection is closed for good, with the error that closed it, if any. */
  closed(): Promise<Error | undefined>;
  /** Sends what is buffered and closes. Idempotent, never throws. */
  close(): Promise<void>;
}

/** Entries of this one go by themselves, and are made again soon after a restart of the server. */
const BUCKET_SETTINGS: Readonly<Record<string, Partial<KvOptions>>> = { [WORKER_BUCKET]: { storage: StorageType.Memory, ttl: WORKER_TTL_MS } };

/** A half-open socket is noticed after two of these. */
const PING_INTERVAL_MS = 5000;
const RECONNECT_WAIT_MS = 500;

/** Throws BUS_UNAVAILABLE where no server answers (unless `wait`), the credential is refused or JetStream is off. */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const timeoutMs = options.timeoutMs ?? 5000;
  const servers = typeof options.servers === 'string' ? [options.servers] : [...options.servers];
  const nc = await open(options, servers, timeoutMs);
  try {
    const jsm = await manager(nc, options.wait ?? false, timeoutMs, servers);
    return build(nc, jsm, options.replicas ?? 1, timeoutMs);
  } catch (error) {
    await nc.close();
    throw error;
  }
}

async function open(options: BusOptions, servers: string[], timeoutMs: number): Promise<NatsConnection> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await connect({
        servers,
        name: options.name,
        maxReconnectAttempts: -1,
        reconnectTimeWait: RECONNECT_WAIT_MS,
        pingInterval: PING_INTERVAL_MS,
        timeout: timeoutMs,
        waitOnFirstConnect: options.wait ?? false,
        // A restarting server can refuse a credential once; the client would give up for good.
        ignoreAuthErrorAbort: true,
        ...(options.user === undefined ? {} : { user: options.user }),
        ...(options.pass === undefined ? {} : { pass: options.pass }),
        ...(options.token === undefined ? {} : { token: options.token }),
        ...options.nats,
      });
    } catch (error) {
      const refused = error instanceof Error && /authorization|authentication/i.test(`${error.message} ${(error.cause as Error | undefined)?.message ?? ''}`);
      if (!refused && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, Math.min(RECONNECT_WAIT_MS, Math.max(0, deadline - Date.now()))));
        continue;
      }
      throw new BasinetError('BUS_UNAVAILABLE', `cannot connect to NATS at ${servers.join(', ')}: ${(error as Error).message}`, {
        value: servers,
        remedy: refused ? 'Give the user and password (or token) that this server accepts.' : 'Start nats-server with JetStream there, or give the address of one that runs.',
        cause: error,
      });
    }
  }
}

async function manager(nc: NatsConnection, wait: boolean, timeoutMs: number, servers: string[]): Promise<JetStreamManager> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await jetstreamManager(nc, { checkAPI: true, timeout: timeoutMs });
    } catch (error) {
      // A server that just started, or a cluster that elects its leader, answers so for a moment.
      const hopeless = nc.info?.jetstream !== true && !wait;
      if (!hopeless && (wait || Date.now() < deadline)) {
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_WAIT_MS));
        continue;
      }
      const enabled = nc.info?.jetstream === true;
      throw new BasinetError('BUS_UNAVAILABLE', `JetStream ${enabled ? 'does not answer' : 'is not enabled'} on the NATS server at ${servers.join(', ')}`, {
        value: servers,
        remedy: enabled
          ? 'Look at the server’s log: it may be shutting down, electing a leader, or short of disk.'
          : 'Start nats-server with --jetstream (or a jetstream block in its configuration), and allow it for this account.',
        cause: error,
      });
    }
  }
}

function build(nc: NatsConnection, jsm: JetStreamManager, replicas: number, timeoutMs: number): Bus {
  const js = jetstream(nc, { timeout: timeoutMs });
  const buckets = new Map<string, Promise<KV>>();
  const stores = new Map<string, Promise<ObjectStore>>();
  const once = <T>(cache: Map<string, Promise<T>>, name: string, create: () => Promise<T>): Promise<T> => {
    const known = cache.get(name);
    if (known) return known;
    const made = create();
    cache.set(name, made);
    // A failure is not remembered.
    made.catch(() => cache.delete(name));
    return made;
  };
  const waiting = new Set<() => void>();
  let disconnects = 0;
  const watchConnection = async () => {
    for await (const { type } of nc.status()) {
      if (type !== 'disconnect') continue;
      disconnects++;
      // What was made just before a power failure may be gone with it: it is looked for, and made, again.
      buckets.clear();
      stores.clear();
      for (const lose of [...waiting]) lose();
    }
  };
  void watchConnection();
  const close = async () => {
    if (nc.isClosed()) return;
    await nc.drain().catch(() => nc.close());
  };
  return {
    nc,
    js,
    jsm,
    replicas,
    timeoutMs,
    get disconnects() {
      return disconnects;
    },
    get maxPayload() {
      return nc.info?.max_payload ?? 1 << 20;
    },
    untilLost: (request) =>
      new Promise((resolve, reject) => {
        const lose = () => reject(new errors.ConnectionError('the connection was lost'));
        waiting.add(lose);
        request.then(resolve, reject).finally(() => waiting.delete(lose));
      }),
    kv: (bucket) =>
      once(buckets, bucket, () =>
        making(nc, jsm, `KV_${bucket}`, () => new Kvm(js).create(bucket, { replicas, history: 1, storage: StorageType.File, ...BUCKET_SETTINGS[bucket] })),
      ),
    objects: (store) => once(stores, store, () => making(nc, jsm, `OBJ_${store}`, () => new Objm(js).create(store, { replicas, storage: StorageType.File }))),
    closed: async () => (await nc.closed()) ?? undefined,
    close,
    [Symbol.asyncDispose]: close,
  };
}
