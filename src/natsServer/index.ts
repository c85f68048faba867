// A nats-server for those who have no cluster: found on this machine, started privately.
export { findNatsServer, requireNatsServer, type NatsServerBinary } from './find.js';
export { startNatsServer, type NatsServer, type NatsServerOptions } from './start.js';
