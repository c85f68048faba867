// Linear sum assignment: the one-to-one matching of rows to columns with the largest total similarity.
//
// Each column j has a price w[j]; row i's best offer is max_j S[i][j] − w[j]. Column reduction sets w[j] = max_i S[i][j],
// which already matches networks that resemble each other. Otherwise an auction with ε-scaling (Bertsekas, Annals of
// Operations Research 14, 1988) brings the prices near an equilibrium; augmenting row reduction and shortest augmenting
// paths (Jonker and Volgenant, Computing 38, 1987), which are exact from any prices, then find the matching. On unrelated
// networks the auction leaves those almost nothing to do, and it scans rows in order, which is what processors are quick at.
// Only additions, subtractions and comparisons of float64 occur, none of whose results depends on a vector width, so
// native/assignment.cc gives the same result to the last bit.
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

/** Bids of the auction and of row reduction at most, per row: prices can creep where many rows want few columns. */
const AUCTION_BIDS = 64;
const REDUCTION_BIDS = 8;

function solve(S: Float64Array, n: number): Int32Array {
  const matching: Matching = {
    prices: new Float64Array(n).fill(-Infinity),
    columnOf: new Int32Array(n).fill(-1),
    rowOf: new Int32Array(n).fill(-1),
  };
  reduceColumns(S, n, matching);
  if (freeRows(matching.columnOf).length === 0) return matching.columnOf;
  const raised = auction(S, n, matching.prices);
  if (raised) {
    // The auction's own matching is only optimal up to ε.
    matching.columnOf.fill(-1);
    matching.rowOf.fill(-1);
  }
  let free = freeRows(matching.columnOf);
  const budget = { bids: REDUCTION_BIDS * n };
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

/** w[j] = max_i S[i][j], and j goes to that row if it is still free. */
function reduceColumns(S: Float64Array, n: number, { prices, columnOf, rowOf }: Matching): void {
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
  for (let j = 0; j < n; j++) {
    const i = bestRow[j]!;
    if (columnOf[i]! >= 0) continue;
    columnOf[i] = j;
    rowOf[j] = i;
  }
}

/** A row's best offer, its column (the lowest among equals), and the second-best offer. */
interface Offers {
  best: number;
  second: number;
  column: number;
}

function bestTwo(S: Float64Array, n: number, prices: Float64Array, row: number, out: Offers): void {
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
  out.best = best;
  out.second = second;
  out.column = column;
}

/**
 * Raises prices towards an equilibrium: in each phase every row bids until it holds a column, each bid raising the price
 * by ε more than makes its second-best as good. ε falls from a quarter of the largest gap between a row and the prices to
 * 2⁻¹⁴ of it, and is a power of two, so that integers stay exact. Returns whether prices moved: where every row has a
 * column at its price already, only ties are left, which an auction is bad at.
 */
function auction(S: Float64Array, n: number, prices: Float64Array): boolean {
  const offers: Offers = { best: 0, second: 0, column: 0 };
  let gap = 0;
  for (let i = 0; i < n; i++) {
    bestTwo(S, n, prices, i, offers);
    if (-offers.best > gap) gap = -offers.best;
  }
  if (!(gap > 0 && gap < Infinity)) return false;
  let unit = 1;
  while (unit > gap) unit /= 2;
  while (unit * 2 <= gap) unit *= 2;
  const rowOf = new Int32Array(n);
  let bids = AUCTION_BIDS * n;
  for (let phase = 2; phase <= 14; phase += 3) {
    const epsilon = unit * 2 ** -phase;
    rowOf.fill(-1);
    for (let first = 0; first < n; first++) {
      for (let row = first; row >= 0; bids--) {
        if (bids === 0) return true;
        bestTwo(S, n, prices, row, offers);
        const { column } = offers;
        prices[column]! += offers.best - offers.second + epsilon;
        const loser = rowOf[column]!;
        rowOf[column] = row;
        row = loser;
      }
    }
  }
  return true;
}

/**
 * Augmenting row reduction: each free row takes its best column, raising the price to where its second-best is as good;
 * the row that loses the column bids next. Returns the rows still free.
 */
function reduceRows(S: Float64Array, n: number, matching: Matching, free: number[], budget: { bids: number }): number[] {
  const { prices, columnOf, rowOf } = matching;
  const offers: Offers = { best: 0, second: 0, column: 0 };
  const left: number[] = [];
  for (const first of free) {
    let row = first;
    for (;;) {
      if (budget.bids === 0) {
        left.push(row);
        break;
      }
      budget.bids--;
      bestTwo(S, n, prices, row, offers);
      const { best, second } = offers;
      let { column } = offers;
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
