// Makes protobuf's 64-bit integers numbers (all of ours stay below 2^53). Runs before the generated code, which takes its
// default values from this setting when it is loaded.
import protobuf from 'protobufjs/minimal.js';

(protobuf.util as { Long: unknown }).Long = null;
protobuf.configure();
