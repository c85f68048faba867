// The loops of screened matching (screened_assignment.cc). Included by stream_body.h, inside its namespace.
#pragma once

typedef int32_t vi __attribute__((vector_size(4 * BASINET_LANES)));
typedef int8_t vb __attribute__((vector_size(BASINET_LANES)));

BASINET_INLINE_FN vd load(const int32_t* p) { vi v; __builtin_memcpy(&v, p, sizeof v); return __builtin_convertvector(v, vd); }
BASINET_INLINE_FN void store(int8_t* p, vl v) { const vb b = __builtin_convertvector(v, vb); __builtin_memcpy(p, &b, sizeof b); }
BASINET_INLINE_FN vd absolute(vd a) { return (vd)((vl)a & 0x7fffffffffffffff); }
BASINET_INLINE_FN vd where_greater(vd a, vd threshold, vd b, vd otherwise) { return (vd)where_greater(a, threshold, (vl)b, (vl)otherwise); }
BASINET_INLINE_FN double total(vd v) {
  double sum = 0;
  for (size_t i = 0; i < L; i++) sum += v[i];
  return sum;
}

// ---------------------------------------------------------------- fixed point

constexpr double LARGEST = 127 * 128;
/** Adding it rounds to a whole number, to even, and leaves that in the low bits. */
constexpr double ROUND = 0x1.8p52;
/** Norms are sums of up to 2¹⁷ squares, each rounded. */
constexpr double NORM_UP = 1 + 1e-9;

struct Squares {
  vd all, coarse, fine, low;
};

/** Digits of the next elements, and what their squares add. */
BASINET_INLINE_FN void encode_some(vd x, double step, double inverse, int8_t* high, int8_t* low, Squares* squares) {
  const vd rounded = x * all(inverse) + all(ROUND);
  const vd q = rounded - all(ROUND);
  const vd shifted = q * all(1.0 / 128) + all(ROUND);
  const vd h = shifted - all(ROUND);
  const vd l = q - h * all(128.0);
  store(high, (vl)shifted);
  store(low, (vl)(l + all(ROUND)));
  const vd withoutLow = x - h * all(128 * step);
  const vd withoutBoth = x - q * all(step);
  squares->all += x * x;
  squares->coarse += withoutLow * withoutLow;
  squares->fine += withoutBoth * withoutBoth;
  squares->low += l * l;
}

/** Digits of one unit: high [depth], then low [depth], zeros from `features` on (depth is a multiple of 64). */
static void encode(const float* values, size_t features, size_t depth, int8_t* digits, UnitBounds* bounds) {
  vd most = {};
  size_t k = 0;
  for (; k + L <= features; k += L) most = larger(absolute(load(values + k)), most);
  // The last few, in lanes whose others are 0.
  vs last = {};
  for (size_t i = k; i < features; i++) last[i - k] = values[i];
  const vd rest = __builtin_convertvector(last, vd);
  most = larger(absolute(rest), most);
  double largest = 0;
  for (size_t i = 0; i < L; i++) {
    if (most[i] > largest) largest = most[i];
  }
  const double step = largest / LARGEST, inverse = largest > 0 ? LARGEST / largest : 0;
  Squares squares = {};
  __builtin_memset(digits, 0, 2 * depth);
  for (k = 0; k + L <= features; k += L) encode_some(load(values + k), step, inverse, digits + k, digits + depth + k, &squares);
  if (k < features) encode_some(rest, step, inverse, digits + k, digits + depth + k, &squares);
  const double norm = __builtin_sqrt(total(squares.all)) * NORM_UP;
  // Differences are rounded to 2⁻⁵³ of what is subtracted.
  const double rounding = 0x1p-51 * norm;
  *bounds = {step, norm, __builtin_sqrt(total(squares.coarse)) * NORM_UP + rounding, __builtin_sqrt(total(squares.fine)) * NORM_UP + rounding,
             step * __builtin_sqrt(total(squares.low)) * NORM_UP};
}

// ---------------------------------------------------------------- bounds

template <bool MAGNITUDES>
BASINET_INLINE_FN CoarseBest coarse_best_of(const int32_t* products, size_t n, const ColumnBounds& columns, const UnitBounds& row) {
  const vd step = all(128 * row.step), norm = all(row.norm), error = all(row.coarse);
  vd least = all(-INF), most = all(-INF), others = all(-INF);
  vl where = {};
  vl at = lanes();
  size_t i = 0;
  for (; i + L <= n; i += L, at += all((int64_t)L)) {
    vd centre = load(products + i) * load(columns.steps + i) * step;
    if (MAGNITUDES) centre = absolute(centre);
    const vd margin = load(columns.coarseSlopes + i) * norm + load(columns.coarseReaches + i) * error;
    const vd lower = centre - margin, upper = centre + margin;
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
    const double product = products[i] * columns.steps[i] * (128 * row.step);
    const double centre = MAGNITUDES ? __builtin_fabs(product) : product;
    const double margin = columns.coarseSlopes[i] * row.norm + columns.coarseReaches[i] * row.coarse;
    consider((int64_t)i, centre - margin, centre + margin);
  }
  return best;
}

static CoarseBest coarse_best(const int32_t* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes) {
  return magnitudes ? coarse_best_of<true>(products, n, columns, row) : coarse_best_of<false>(products, n, columns, row);
}

/** Rounding to float32, which follows, takes at most 2⁻²⁴ away, or 2⁻¹⁵⁰. */
constexpr double FLOAT_UP = 0x1p-23, FLOAT_LEAST = 0x1p-126;

static void upper_bounds(const int32_t* high, const int32_t* crossed, size_t n, const ColumnBounds& columns, const UnitBounds& row,
                         bool magnitudes, float* out) {
  const vd step = all(row.step), norm = all(row.norm), fine = all(row.fine), low = all(row.low);
  size_t i = 0;
  for (; i + L <= n; i += L) {
    vd centre = (load(high + i) * all(128.0) + load(crossed + i)) * load(columns.steps + i) * step;
    if (magnitudes) centre = absolute(centre);
    const vd margin = load(columns.fineSlopes + i) * norm + load(columns.fineReaches + i) * fine + load(columns.lows + i) * low;
    const vd upper = centre + margin;
    const vs rounded = __builtin_convertvector(upper + absolute(upper) * all(FLOAT_UP) + all(FLOAT_LEAST), vs);
    __builtin_memcpy(out + i, &rounded, sizeof rounded);
  }
  for (; i < n; i++) {
    const double product = (high[i] * 128.0 + crossed[i]) * columns.steps[i] * row.step;
    const double margin = columns.fineSlopes[i] * row.norm + columns.fineReaches[i] * row.fine + columns.lows[i] * row.low;
    const double upper = (magnitudes ? __builtin_fabs(product) : product) + margin;
    out[i] = (float)(upper + __builtin_fabs(upper) * FLOAT_UP + FLOAT_LEAST);
  }
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
