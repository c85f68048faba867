// The generated protobuf messages under one short name, with 64-bit integers as numbers.
import './numbers.js';
import { basinet } from './generated/basinet.js';

export { basinet };
export const wire = basinet.v1;
