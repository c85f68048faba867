// What matching asks of the similarities S of a reference's units with a draw's: a matching of all, and single entries.
//
// The whole matrix need not be there: the addon forms only what decides (native/screened_assignment.cc).

/** The best matching of all units: row i goes to column columnOf[i]. */
export interface Assigned {
  readonly columnOf: Int32Array;
  /**
   * Every other one adds up to less, by more than the rounding of sums; but for exchanges among units that are exchangeable, which are
   * in their order, or as `present` has them where nothing else differs. False: nothing is known.
   */
  readonly certain: boolean;
}

export interface Similarities {
  /** Σ S[i][columnOf[i]] is largest, or the sum of |S|: see assignment.ts. */
  assign(magnitudes: boolean, present: Int32Array | null): Assigned;
  /** S[rows[p]][columns[p]] for every p. */
  entries(rows: Int32Array, columns: Int32Array): Float64Array;
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

  assign(magnitudes: boolean): Assigned {
    return { columnOf: this.solver.linearSumAssignment(magnitudes ? this.matrix.map(Math.abs) : this.matrix, this.size), certain: false };
  }

  entries(rows: Int32Array, columns: Int32Array): Float64Array {
    return Float64Array.from(columns, (column, p) => this.matrix[rows[p]! * this.size + column]!);
  }
}
