// Linear sum assignment: the one-to-one matching of rows to columns with the largest total similarity.
//
// The algorithm of Jonker and Volgenant (Computing 38, 1987), written for maximisation. Each column j has a price w[j];
// row i's best offer is max_j S[i][j] − w[j]. Column reduction and reduction transfer set prices and match what is easy,
// two rounds of augmenting row reduction match most of the rest, and the rows then left are matched along shortest
// augmenting paths. Only additions, subtractions and comparisons of float64 occur, each in an order that no vector width
// changes, so native/assignment.h gives the same result to the last bit.
import { BasinetError } from '../errors.js';

/**
 * Row i is matched to column result[i], such that Σ S[i][result[i]] is as large as possible: exactly, where the entries
 * are integers below 2^52 / n, otherwise up to float64 rounding of the sum.
 *
 * Ties: the result is a pure function of the matrix. Every choice between equals takes the lowest index, a free column
 * before a taken one; so a constant matrix yields the identity.
 *
 * @param similarity - S, row-major [size, size]
 * @throws BasinetError ARGUMENT_INVALID where S has another length, or an entry is NaN or infinite
 */
export function linearSumAssignment(similarity: Float64Array | Float32Array, size: number): Int32Array {
  validateSimilarity(similarity, size);
  const S = similarity instanceof Float64Array ? similarity : Float64Array.from(similarity);
  for (let index = 0; index < size * size; index++) {
    if (!Number.isFinite(S[index]!)) throw notFinite(S[index]!, index, size);
  }
  return size < 2 ? new Int32Array(size) : solve(S, size);
}

/** Throws unless `similarity` is a [size, size] matrix. Shared with the native path. */
export function validateSimilarity(similarity: Float64Array | Float32Array, size: number): void {
  if (Number.isSafeInteger(size) && size >= 0 && similarity.length === size * size) return;
  throw new BasinetError('ARGUMENT_INVALID', `a ${size} × ${size} similarity matrix cannot have ${similarity.length} entries`, {
    path: 'similarity',
    value: similarity.length,
    remedy: 'Give a square matrix, row-major, and its number of rows.',
  });
}

/** The error for entry `index` of a [size, size] matrix. */
export function notFinite(value: number, index: number, size: number): BasinetError {
  return new BasinetError('ARGUMENT_INVALID', `entry [${Math.floor(index / size)}, ${index % size}] of a similarity matrix is ${value}`, {
    path: 'similarity',
    value,
    remedy: 'Match networks whose parameters are all finite.',
  });
}

/** What the phases hand on: prices of columns, and partners (−1: none) of rows and columns. */
interface Matching {
  readonly prices: Float64Array;
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
}

function solve(S: Float64Array, n: number): Int32Array {
  const matching: Matching = {
    prices: new Float64Array(n).fill(-Infinity),
    columnOf: new Int32Array(n).fill(-1),
    rowOf: new Int32Array(n).fill(-1),
  };
  const wantedBy = reduceColumns(S, n, matching);
  let free = freeRows(matching.columnOf);
  if (free.length > 0) transferReduction(S, n, matching, wantedBy);
  const budget = { bids: 8 * n };
  for (let round = 0; round < 2 && free.length > 0; round++) free = reduceRows(S, n, matching, free, budget);
  for (const row of free) augment(S, n, matching, row);
  return matching.columnOf;
}

function freeRows(columnOf: Int32Array): number[] {
  const rows: number[] = [];
  columnOf.forEach((column, row) => {
    if (column < 0) rows.push(row);
  });
  return rows;
}

/**
 * Column reduction: w[j] = max_i S[i][j], and j goes to that row if it is still free. Returns how many columns wanted each
 * row.
 */
function reduceColumns(S: Float64Array, n: number, { prices, columnOf, rowOf }: Matching): Int32Array {
  const bestRow = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const s = S[i * n + j]!;
      if (s > prices[j]!) {
        prices[j] = s;
        bestRow[j] = i;
      }
    }
  }
  const wantedBy = new Int32Array(n);
  for (let j = 0; j < n; j++) {
    const i = bestRow[j]!;
    if (wantedBy[i]!++ > 0) continue;
    columnOf[i] = j;
    rowOf[j] = i;
  }
  return wantedBy;
}

/** Reduction transfer: a row that only one column wanted raises that column's price until its second-best is as good. */
function transferReduction(S: Float64Array, n: number, { prices, columnOf }: Matching, wantedBy: Int32Array): void {
  for (let i = 0; i < n; i++) {
    if (wantedBy[i] !== 1) continue;
    const own = columnOf[i]!;
    let second = -Infinity;
    for (let j = 0; j < n; j++) {
      if (j === own) continue;
      const offer = S[i * n + j]! - prices[j]!;
      if (offer > second) second = offer;
    }
    prices[own] = S[i * n + own]! - second;
  }
}

/**
 * Augmenting row reduction: each free row takes its best column, raising the price to where its second-best is as good;
 * the row that loses the column bids next. Bids are limited, since prices can creep where many rows want few columns.
 * Returns the rows still free.
 */
function reduceRows(S: Float64Array, n: number, matching: Matching, free: number[], budget: { bids: number }): number[] {
  const { prices, columnOf, rowOf } = matching;
  const left: number[] = [];
  for (const first of free) {
    let row = first;
    for (;;) {
      if (budget.bids === 0) {
        left.push(row);
        break;
      }
      budget.bids--;
      let best = -Infinity;
      let second = -Infinity;
      let column = -1;
      for (let j = 0; j < n; j++) {
        const offer = S[row * n + j]! - prices[j]!;
        if (offer > best) {
          second = best;
          best = offer;
          column = j;
        } else if (offer > second) second = offer;
      }
      const raised = prices[column]! + (best - second);
      const wins = raised > prices[column]!;
      if (wins) prices[column] = raised;
      else if (rowOf[column]! >= 0) column = nextColumn(S, n, matching, row, column, second);
      const loser = rowOf[column]!;
      columnOf[row] = column;
      rowOf[column] = row;
      if (loser < 0) break;
      columnOf[loser] = -1;
      if (!wins) {
        left.push(loser);
        break;
      }
      row = loser;
    }
  }
  return left;
}

/** The lowest free column whose offer to `row` is `offer`; where none is free, the lowest one other than `taken`. */
function nextColumn(S: Float64Array, n: number, { prices, rowOf }: Matching, row: number, taken: number, offer: number): number {
  let next = taken;
  for (let j = 0; j < n; j++) {
    if (j === taken || S[row * n + j]! - prices[j]! !== offer) continue;
    if (rowOf[j]! < 0) return j;
    if (next === taken) next = j;
  }
  return next;
}

/**
 * Matches one free row along the shortest augmenting path (Dijkstra over the columns; the length of an edge is how much
 * worse it is than what its row has), and moves the prices so that everything matched stays a best offer.
 */
function augment(S: Float64Array, n: number, { prices, columnOf, rowOf }: Matching, start: number): void {
  const distance = new Float64Array(n).fill(Infinity);
  const from = new Int32Array(n);
  const scanned: number[] = [];
  const scannedDistance: number[] = [];
  const scannedPrice: number[] = [];
  let row = start;
  let base = 0;
  let end: number;
  let shortest: number;
  for (;;) {
    shortest = Infinity;
    let shortestFree = Infinity;
    let column = -1;
    let freeColumn = -1;
    for (let j = 0; j < n; j++) {
      const length = prices[j]! - S[row * n + j]! - base;
      if (length < distance[j]!) {
        distance[j] = length;
        from[j] = row;
      }
      const d = distance[j]!;
      if (d < shortest) {
        shortest = d;
        column = j;
      }
      if (d < shortestFree && rowOf[j]! < 0) {
        shortestFree = d;
        freeColumn = j;
      }
    }
    if (shortestFree === shortest) {
      end = freeColumn;
      break;
    }
    row = rowOf[column]!;
    base = prices[column]! - S[row * n + column]! - shortest;
    scanned.push(column);
    scannedDistance.push(shortest);
    scannedPrice.push(prices[column]!);
    // An infinite price keeps a scanned column from being reached again.
    prices[column] = Infinity;
    distance[column] = Infinity;
  }
  scanned.forEach((column, k) => {
    prices[column] = scannedPrice[k]! + (shortest - scannedDistance[k]!);
  });
  for (let column = end; ; ) {
    const i = from[column]!;
    const next = columnOf[i]!;
    columnOf[i] = column;
    rowOf[column] = i;
    if (i === start) break;
    column = next;
  }
}
