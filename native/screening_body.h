// The loops of screened matching (screened_assignment.cc). Included by stream_body.h, inside its namespace.
#pragma once

typedef int32_t vi __attribute__((vector_size(4 * BASINET_LANES)));

BASINET_INLINE_FN vd load(const int32_t* p) { vi v; __builtin_memcpy(&v, p, sizeof v); return __builtin_convertvector(v, vd); }
BASINET_INLINE_FN vd absolute(vd a) { return (vd)((vl)a & 0x7fffffffffffffff); }
BASINET_INLINE_FN double absolute(double a) { return __builtin_fabs(a); }
BASINET_INLINE_FN vd where_greater(vd a, vd threshold, vd b, vd otherwise) { return (vd)where_greater(a, threshold, (vl)b, (vl)otherwise); }

// ---------------------------------------------------------------- fixed point

typedef int8_t vfb __attribute__((vector_size(2 * BASINET_LANES)));

constexpr float LARGEST = 127 * 128;
/** A unit whose elements are all smaller is left to its norm: 1 / step would overflow. */
constexpr float SMALLEST = 1e-30f;
constexpr float SMALLEST_NORMAL = 0x1p-126f;
/** Adding it rounds to a whole number, to even, and leaves that in the low bits. */
constexpr float ROUND = 0x1.8p23f;
/** Norms are sums of up to 2¹⁷ squares in float32, an eighth of them in one lane at most. */
constexpr double NORM_UP = 1 + 0x1p-9;

BASINET_INLINE_FN vf load_floats(const float* p) { vf v; __builtin_memcpy(&v, p, sizeof v); return v; }
BASINET_INLINE_FN void store_low_bytes(int8_t* p, vf v) {
#if defined(__AVX512F__) && BASINET_LANES == 8
  // GCC 12 makes single moves of the conversion.
  const vfb bytes = (vfb)_mm512_maskz_cvtepi32_epi8((__mmask16)-1, (__m512i)v);
#else
  const vfb bytes = __builtin_convertvector((vfi)v, vfb);
#endif
  __builtin_memcpy(p, &bytes, sizeof bytes);
}
BASINET_INLINE_FN double root(vf squares) {
  double sum = 0;
  for (size_t i = 0; i < F; i++) sum += squares[i];
  return __builtin_sqrt(sum) * NORM_UP;
}

/** Sums of squares in units of a step. */
struct Squares {
  vf all, coarse, fine, low;
};

/** Digits of the next elements, less the mean and in units of a step: further differences are exact. */
BASINET_INLINE_FN void encode_some(vf x, int8_t* high, int8_t* low, Squares* squares) {
  const vf q = (x + all(ROUND)) - all(ROUND);
  const vf shifted = q * all(1.0f / 128) + all(ROUND);
  const vf above = (shifted - all(ROUND)) * all(128.0f);
  const vf l = q - above;
  store_low_bytes(high, shifted);
  store_low_bytes(low, l + all(ROUND));
  const vf withoutLow = x - above, withoutBoth = x - q;
  squares->all += x * x;
  squares->coarse += withoutLow * withoutLow;
  squares->fine += withoutBoth * withoutBoth;
  squares->low += l * l;
}

/** The sum of all elements, to float64. */
BASINET_INLINE_FN double sum_of(const float* values, size_t n) {
  vd sums = {};
  size_t i = 0;
  for (; i + L <= n; i += L) sums += load(values + i);
  double sum = 0;
  for (size_t l = 0; l < L; l++) sum += sums[l];
  for (; i < n; i++) sum += values[i];
  return sum;
}

static void encode(const float* values, size_t features, size_t depth, int8_t* digits, UnitBounds* bounds) {
  const double wholeMean = sum_of(values, features) / (double)features, distance = __builtin_fabs(wholeMean);
  const float mean = (float)wholeMean;
  // The last few are taken in lanes whose others are 0 without the mean.
  const size_t whole = features - features % F;
  vf last = {};
  for (size_t i = whole; i < features; i++) last[i - whole] = values[i] - mean;
  vfi most = (vfi)last & 0x7fffffff;
  for (size_t i = 0; i < whole; i += F) {
    const vfi magnitude = (vfi)(load_floats(values + i) - all(mean)) & 0x7fffffff;
    most = magnitude > most ? magnitude : most;
  }
  float largest = 0;
  for (size_t i = 0; i < F; i++) {
    const float magnitude = ((vf)most)[i];
    if (magnitude > largest) largest = magnitude;
  }
  __builtin_memset(digits, 0, 2 * depth);
  // A subnormal mean may be rounded by more than its 2⁻²⁴th part, but by no more than the smallest normal one.
  const double ofMean = __builtin_sqrt((double)features) * (0 < distance && distance < SMALLEST_NORMAL ? SMALLEST_NORMAL : __builtin_fabs((double)mean));
  if (largest < SMALLEST) {
    const double norm = largest * __builtin_sqrt((double)features) * NORM_UP;
    *bounds = {0, mean, norm + ofMean, norm, norm, norm, 0};
    return;
  }
  const float inverse = LARGEST / largest;
  Squares squares = {};
  for (size_t i = 0; i < whole; i += F) {
    encode_some((load_floats(values + i) - all(mean)) * all(inverse), digits + i, digits + depth + i, &squares);
  }
  if (whole < features) encode_some(last * all(inverse), digits + whole, digits + depth + whole, &squares);
  const double step = 1 / (double)inverse, norm = step * root(squares.all);
  // Elements were rounded twice, to 2⁻²⁴ of them.
  const double rounding = 0x1p-22 * norm;
  *bounds = {step, mean, norm + ofMean, norm, step * root(squares.coarse) + rounding, step * root(squares.fine) + rounding, step * root(squares.low)};
}

// ---------------------------------------------------------------- bounds

/** Value number i, or as many from there on as lanes: one expression serves vectors and what is left of a row. */
template <typename V, typename T>
BASINET_INLINE_FN V take(const T* values, size_t i) {
  if constexpr (sizeof(V) == sizeof(double)) return (V)values[i];
  else return load(values + i);
}

template <typename V>
struct Interval {
  V lower, upper;
};

/** Where the products of a row with columns from i on lie, by those of `high` or in float32. */
template <typename V, bool MAGNITUDES, typename P>
BASINET_INLINE_FN Interval<V> coarse_interval(const P* products, size_t i, const ColumnBounds& columns, const UnitBounds& row) {
  V centre = take<V>(products, i) * take<V>(columns.steps, i) * (128 * row.step) + take<V>(columns.means, i) * row.mean;
  if (MAGNITUDES) centre = absolute(centre);
  const V margin = take<V>(columns.coarse, i) * row.norm + take<V>(columns.coarseReach, i) * row.coarse + take<V>(columns.rounding, i) * row.whole;
  return {centre - margin, centre + margin};
}

/** How far estimates of a row's products with columns from i on may be off. */
template <typename V>
BASINET_INLINE_FN V fine_error(size_t i, const ColumnBounds& columns, const UnitBounds& row) {
  return take<V>(columns.fine, i) * row.norm + take<V>(columns.fineReach, i) * row.fine + take<V>(columns.low, i) * row.low + take<V>(columns.rounding, i) * row.whole;
}

template <bool MAGNITUDES, typename P>
BASINET_INLINE_FN CoarseBest coarse_best_of(const P* products, size_t n, const ColumnBounds& columns, const UnitBounds& row) {
  vd least = all(-INF), most = all(-INF), others = all(-INF);
  vl where = {};
  vl at = lanes();
  size_t i = 0;
  for (; i + L <= n; i += L, at += all((int64_t)L)) {
    const auto [lower, upper] = coarse_interval<vd, MAGNITUDES>(products, i, columns, row);
    others = larger(where_greater(lower, least, most, upper), others);
    most = where_greater(lower, least, upper, most);
    where = where_greater(lower, least, at, where);
    least = larger(lower, least);
  }
  CoarseBest best = {-1, -INF, -INF};
  double bestUpper = -INF;
  const auto consider = [&](int64_t column, double lower, double upper) {
    double other = upper;
    if (lower > best.least) {
      other = bestUpper;
      bestUpper = upper;
      best.least = lower;
      best.column = column;
    }
    if (other > best.others) best.others = other;
  };
  for (size_t l = 0; l < L && i > 0; l++) {
    consider(where[l], least[l], most[l]);
    if (others[l] > best.others) best.others = others[l];
  }
  for (; i < n; i++) {
    const auto [lower, upper] = coarse_interval<double, MAGNITUDES>(products, i, columns, row);
    consider((int64_t)i, lower, upper);
  }
  return best;
}

static CoarseBest coarse_best(const int32_t* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes) {
  return magnitudes ? coarse_best_of<true>(products, n, columns, row) : coarse_best_of<false>(products, n, columns, row);
}

template <bool MAGNITUDES, typename P>
BASINET_INLINE_FN void coarse_bounds_of(const P* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, double* lower, double* upper) {
  size_t i = 0;
  for (; i + L <= n; i += L) {
    const auto interval = coarse_interval<vd, MAGNITUDES>(products, i, columns, row);
    store(lower + i, interval.lower);
    store(upper + i, interval.upper);
  }
  for (; i < n; i++) {
    const auto interval = coarse_interval<double, MAGNITUDES>(products, i, columns, row);
    lower[i] = interval.lower;
    upper[i] = interval.upper;
  }
}

static void coarse_bounds(const int32_t* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes, double* lower, double* upper) {
  if (magnitudes) coarse_bounds_of<true>(products, n, columns, row, lower, upper);
  else coarse_bounds_of<false>(products, n, columns, row, lower, upper);
}

static void fine_errors(size_t n, const ColumnBounds& columns, const UnitBounds& row, double* errors) {
  size_t i = 0;
  for (; i + L <= n; i += L) store(errors + i, fine_error<vd>(i, columns, row));
  for (; i < n; i++) errors[i] = fine_error<double>(i, columns, row);
}

static void estimate(const int32_t* high, const int32_t* crossed, size_t n, const ColumnBounds& columns, double step, double mean, bool magnitudes, float* out) {
  size_t i = 0;
  for (; i + L <= n; i += L) {
    vd product = (load(high + i) * all(128.0) + load(crossed + i)) * load(columns.steps + i) * all(step) + load(columns.means + i) * all(mean);
    if (magnitudes) product = absolute(product);
    const vs rounded = __builtin_convertvector(product, vs);
    __builtin_memcpy(out + i, &rounded, sizeof rounded);
  }
  for (; i < n; i++) {
    const double product = (high[i] * 128.0 + crossed[i]) * columns.steps[i] * step + columns.means[i] * mean;
    out[i] = (float)(magnitudes ? __builtin_fabs(product) : product);
  }
}

static size_t offers_above(const float* estimates, const double* prices, size_t n, const ColumnBounds& columns, const UnitBounds& row, double limit, int32_t* found) {
  const vd limits = all(limit);
  size_t count = 0, i = 0;
  for (; i + L <= n; i += L) {
    const vl above = (vl)(load(estimates + i) - load(prices + i) + fine_error<vd>(i, columns, row) > limits);
    int64_t any = 0;
    for (size_t l = 0; l < L; l++) any |= above[l];
    for (size_t l = 0; any != 0 && l < L; l++) {
      if (above[l] != 0) found[count++] = (int32_t)(i + l);
    }
  }
  for (; i < n; i++) {
    if (estimates[i] - prices[i] + fine_error<double>(i, columns, row) > limit) found[count++] = (int32_t)i;
  }
  return count;
}

// ---------------------------------------------------------------- exact entries

template <size_t... I>
struct Places {};
template <size_t N, size_t... I>
struct PlacesTo : PlacesTo<N - 1, N - 1, I...> {};
template <size_t... I>
struct PlacesTo<0, I...> {
  using type = Places<I...>;
};

/** Source of lane i in one step of the transpose: of `a` where bit B of i is clear, else of `b` (numbered from L). */
template <size_t B, bool HIGH>
constexpr int64_t source_of(size_t i) {
  return (int64_t)((i & B ? L : 0) + (HIGH ? (i | B) : (i & ~B)));
}

template <size_t B, bool HIGH, size_t... I>
BASINET_INLINE_FN vd exchange(vd a, vd b, Places<I...>) {
#if defined(__clang__)
  return __builtin_shufflevector(a, b, source_of<B, HIGH>(I)...);
#else
  return __builtin_shuffle(a, b, (vl){source_of<B, HIGH>(I)...});
#endif
}

template <size_t B>
BASINET_INLINE_FN void transpose_step(vd (&v)[L]) {
#pragma GCC unroll 8
  for (size_t i = 0; i < L; i++) {
    if (i & B) continue;
    const vd a = v[i], b = v[i | B];
    v[i] = exchange<B, false>(a, b, typename PlacesTo<L>::type{});
    v[i | B] = exchange<B, true>(a, b, typename PlacesTo<L>::type{});
  }
}

/** v[i][j] becomes v[j][i]. */
BASINET_INLINE_FN void transpose(vd (&v)[L]) {
  transpose_step<1>(v);
  if constexpr (L >= 4) transpose_step<2>(v);
  if constexpr (L >= 8) transpose_step<4>(v);
}

/** Lanes hold pairs, so that each sums in the order of k while none waits for itself alone. */
static void inner_products(const float* a, const int32_t* rowsOfA, const float* b, const int32_t* rowsOfB, size_t count, size_t features, double* out) {
  for (size_t first = 0; first < count; first += L) {
    const float *x[L], *y[L];
    for (size_t l = 0; l < L; l++) {
      // Past the last pair that one is summed again, and thrown away.
      const size_t pair = first + l < count ? first + l : count - 1;
      x[l] = a + (size_t)rowsOfA[pair] * features;
      y[l] = b + (size_t)rowsOfB[pair] * features;
    }
    vd sums = {};
    size_t k = 0;
    for (; k + L <= features; k += L) {
      vd products[L];
#pragma GCC unroll 8
      for (size_t l = 0; l < L; l++) products[l] = load(x[l] + k) * load(y[l] + k);
      transpose(products);
#pragma GCC unroll 8
      for (size_t l = 0; l < L; l++) sums += products[l];
    }
    for (; k < features; k++) {
      for (size_t l = 0; l < L; l++) sums[l] += (double)x[l][k] * (double)y[l][k];
    }
    for (size_t l = 0; l < L && first + l < count; l++) out[first + l] = sums[l];
  }
}

/** The same in any order: each pair in lanes of its own. */
static void close_inner_products(const float* a, const int32_t* rowsOfA, const float* b, const int32_t* rowsOfB, size_t count, size_t features, double* out) {
  constexpr size_t SIDE_BY_SIDE = 4, LINE = 64 / sizeof(float);
  for (size_t p = 0; p < count; p++) {
    const float *x = a + (size_t)rowsOfA[p] * features, *y = b + (size_t)rowsOfB[p] * features;
    // Which row comes next is known here alone.
    const float* next = p + 1 < count ? a + (size_t)rowsOfA[p + 1] * features : x;
    vd sums[SIDE_BY_SIDE] = {};
    size_t k = 0;
    for (; k + SIDE_BY_SIDE * L <= features; k += SIDE_BY_SIDE * L) {
      for (size_t line = 0; line < SIDE_BY_SIDE * L; line += LINE) __builtin_prefetch(next + k + line);
#pragma GCC unroll 4
      for (size_t u = 0; u < SIDE_BY_SIDE; u++) sums[u] = fma(load(x + k + u * L), load(y + k + u * L), sums[u]);
    }
    const vd total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    double sum = 0;
    for (size_t l = 0; l < L; l++) sum += total[l];
    for (; k < features; k++) sum += (double)x[k] * (double)y[k];
    out[p] = sum;
  }
}
