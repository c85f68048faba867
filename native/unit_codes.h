// Units in fixed point: bounds of their inner products from exact products of int8.
//
// x_k ≈ mean + step · q_k with |q_k| ≤ 127·128, and q = 128·high + low in two int8. What that leaves out is kept as norms, so
// that by Cauchy and Schwarz the inner product of two units is known up to a bound that holds for any two of them.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace basinet {

/** Of one unit x; x′ is what remains without its mean. Norms are rounded up. */
struct UnitBounds {
  double step, mean;
  /** ‖x‖ and ‖x′‖. */
  double whole, norm;
  /** ‖x′ − step·128·high‖ and ‖x′ − step·q‖. */
  double coarse, fine;
  /** step · ‖low‖. */
  double low;
};

/**
 * What the reference's units put into the inner products with a unit y, one element a unit. With C = means·y.mean,
 *
 *     |⟨x, y⟩ − C − steps·y.step·128·⟨high, high⟩| ≤ coarse·y.norm + coarseReach·y.coarse + rounding·y.whole
 *     |⟨x, y⟩ − C − steps·y.step·(128·⟨high, high⟩ + ⟨high, low⟩ + ⟨low, high⟩)|
 *                                                  ≤ fine·y.norm + fineReach·y.fine + low·y.low + rounding·y.whole
 */
struct ColumnBounds {
  /** step · 128, and mean times the number of elements. */
  const double *steps, *means;
  const double *coarse, *coarseReach, *fine, *fineReach, *low, *rounding;
};

/** The column whose inner product with a row is largest for certain, where `others` is below `least`. */
struct CoarseBest {
  int64_t column;
  /** Bounds: of its product from below, of all others' from above. */
  double least, others;
};

}  // namespace basinet
