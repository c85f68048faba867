// The generated protobuf messages under one short name, with 64-bit integers as numbers (all of ours stay below 2^53).
import protobuf from 'protobufjs/minimal.js';
import { basinet } from './generated/basinet.js';

(protobuf.util as { Long: unknown }).Long = null;
protobuf.configure();

export { basinet };
export const wire = basinet.v1;
