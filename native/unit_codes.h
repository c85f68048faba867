// Units in fixed point: bounds of their inner products from exact products of int8.
//
// x_k ≈ step · q_k with |q_k| ≤ 127·128, and q = 128·high + low in two int8. What that leaves out is kept as norms, so that by
// Cauchy and Schwarz the inner product of two units is known up to a bound that holds for every one of them.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace basinet {

/** Of one unit x of `features` elements; norms are rounded up. */
struct UnitBounds {
  double step;
  /** ‖x‖. */
  double norm;
  /** ‖x − step·128·high‖. */
  double coarse;
  /** ‖x − step·q‖. */
  double fine;
  /** step · ‖low‖. */
  double low;
};

/** What the reference's units put into the bounds of a row of inner products, one element a unit. */
struct ColumnBounds {
  /** step · 128. */
  const double* steps;
  /** Of the bound from `high` alone, |⟨x, y⟩ − steps·y.step·128·⟨high, high⟩| ≤ coarseSlopes·y.norm + coarseReaches·y.coarse. */
  const double *coarseSlopes, *coarseReaches;
  /** Of both digits but ⟨low, low⟩: fineSlopes·y.norm + fineReaches·y.fine + lows·y.low. */
  const double *fineSlopes, *fineReaches, *lows;
};

/** The column whose inner product with a row is largest for certain, where `others` is below `least`. */
struct CoarseBest {
  int64_t column;
  /** Bounds: of its product from below, of all others' from above. */
  double least, others;
};

}  // namespace basinet
