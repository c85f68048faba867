// What matching asks of the similarities S of a reference's units with a draw's: a matching of all, and single entries.
//
// The whole matrix need not be there: the addon forms only what decides (native/screened_assignment.cc).
import { identityPermutation } from './permutation.js';

/** Of some similarities: none is below `lower` or above `upper`. */
export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface Similarities {
  /** Row i goes to column result[i] such that Σ S[i][result[i]] is largest, or the sum of |S|: see assignment.ts. */
  assign(magnitudes: boolean): Int32Array;
  /** S[rows[p]][columns[p]] for every p. */
  entries(rows: Int32Array, columns: Int32Array): Float64Array;
  /** Of S[i][columns[i]] for every row i; the caller's own. */
  bounds(columns: Int32Array): Bounds;
}

/** Solves assignments: see assignment.ts. */
export interface AssignmentSolver {
  linearSumAssignment(similarity: Float64Array, size: number): Int32Array;
}

/** Of a whole matrix, [size, size]. */
export class DenseSimilarities implements Similarities {
  constructor(
    private readonly matrix: Float64Array,
    private readonly size: number,
    private readonly solver: AssignmentSolver,
  ) {}

  assign(magnitudes: boolean): Int32Array {
    return this.solver.linearSumAssignment(magnitudes ? this.matrix.map(Math.abs) : this.matrix, this.size);
  }

  entries(rows: Int32Array, columns: Int32Array): Float64Array {
    return Float64Array.from(columns, (column, p) => this.matrix[rows[p]! * this.size + column]!);
  }

  bounds(columns: Int32Array): Bounds {
    const lower = this.entries(identityPermutation(this.size), columns);
    return { lower, upper: lower.slice() };
  }
}
