// What linear sum assignment does with a row, in vectors of doubles or of floats. Included by stream_body.h, inside its namespace.
#pragma once

/** Vectors of T, as wide as those of doubles, and of the integers that number their elements. */
template <typename T>
struct VectorsOf;
template <>
struct VectorsOf<double> {
  typedef vd Values;
  typedef vl Indices;
};
template <>
struct VectorsOf<float> {
  typedef vf Values;
  typedef vfi Indices;
};

template <typename V, typename T>
BASINET_INLINE_FN V read(const T* p) { V v; __builtin_memcpy(&v, p, sizeof v); return v; }

#if defined(__AVX512F__) && BASINET_LANES == 8
BASINET_INLINE_FN vf larger(vf a, vf b) { return (vf)_mm512_maskz_max_ps((__mmask16)-1, (__m512)a, (__m512)b); }
BASINET_INLINE_FN vf smaller(vf a, vf b) { return (vf)_mm512_maskz_min_ps((__mmask16)-1, (__m512)a, (__m512)b); }
BASINET_INLINE_FN vfi where_greater(vf a, vf threshold, vfi b, vfi otherwise) {
  return (vfi)_mm512_mask_mov_epi32((__m512i)otherwise, _mm512_cmp_ps_mask((__m512)a, (__m512)threshold, _CMP_GT_OQ), (__m512i)b);
}
#else
BASINET_INLINE_FN vf larger(vf a, vf b) { return a > b ? a : b; }
BASINET_INLINE_FN vf smaller(vf a, vf b) { return a < b ? a : b; }
BASINET_INLINE_FN vfi where_greater(vf a, vf threshold, vfi b, vfi otherwise) { return a > threshold ? b : otherwise; }
#endif

/** In every lane, what `better` keeps of all lanes. */
template <typename V, typename Better>
BASINET_INLINE_FN V best_lane(V v, Better better) {
#if defined(__AVX512F__) && BASINET_LANES == 8
  const __mmask8 every = (__mmask8)-1;
  v = better(v, (V)_mm512_maskz_shuffle_f64x2(every, (__m512d)v, (__m512d)v, 0x4e));
  v = better(v, (V)_mm512_maskz_shuffle_f64x2(every, (__m512d)v, (__m512d)v, 0xb1));
  v = better(v, (V)_mm512_maskz_permute_pd(every, (__m512d)v, 0x55));
  if (sizeof(v[0]) == 4) v = better(v, (V)_mm512_maskz_permute_ps((__mmask16)-1, (__m512)v, 0xb1));
  return v;
#else
  V best = all(v[0]);
  for (size_t i = 1; i < sizeof(V) / sizeof(v[0]); i++) best = better(best, all(v[i]));
  return best;
#endif
}

template <typename T>
static bool raise_columns(const T* row, size_t n, ScanIndex<T> index, T* prices, ScanIndex<T>* bestRow) {
  using V = typename VectorsOf<T>::Values;
  using I = typename VectorsOf<T>::Indices;
  constexpr size_t W = sizeof(V) / sizeof(T);
  V notFinite = {};
  const I indices = all(index);
  size_t j = 0;
  for (; j + W <= n; j += W) {
    const V s = read<V>(row + j), price = read<V>(prices + j);
    notFinite += s - s;
    const I best = where_greater(s, price, indices, read<I>(bestRow + j));
    const V raised = larger(s, price);
    __builtin_memcpy(bestRow + j, &best, sizeof best);
    __builtin_memcpy(prices + j, &raised, sizeof raised);
  }
  T bad = 0;
  for (size_t i = 0; i < W; i++) bad += notFinite[i];
  for (; j < n; j++) {
    bad += row[j] - row[j];
    if (row[j] > prices[j]) {
      prices[j] = row[j];
      bestRow[j] = index;
    }
  }
  return bad == 0;
}

/** Two sums side by side, since each would wait for itself. */
template <typename T>
static BestTwo<T> best_two(const T* row, const T* prices, size_t n) {
  using V = typename VectorsOf<T>::Values;
  using I = typename VectorsOf<T>::Indices;
  constexpr size_t W = sizeof(V) / sizeof(T);
  BestTwo<T> found = {(T)-INF, -1, (T)-INF};
  size_t j = 0;
  if (n >= 2 * W) {
    V largest[2] = {all((T)-INF), all((T)-INF)}, next[2] = {all((T)-INF), all((T)-INF)};
    I where[2] = {}, at = {};
    for (size_t i = 0; i < W; i++) at[i] = (ScanIndex<T>)i;
    for (; j + 2 * W <= n; j += 2 * W) {
#pragma GCC unroll 2
      for (size_t u = 0; u < 2; u++, at += all((ScanIndex<T>)W)) {
        const V offer = read<V>(row + j + u * W) - read<V>(prices + j + u * W);
        next[u] = larger(next[u], smaller(largest[u], offer));
        where[u] = where_greater(offer, largest[u], at, where[u]);
        largest[u] = larger(offer, largest[u]);
      }
    }
    const auto larger_one = [](V a, V b) __attribute__((always_inline)) { return larger(a, b); };
    const auto lower_one = [](I a, I b) __attribute__((always_inline)) { return a < b ? a : b; };
    const V best = best_lane(larger(largest[0], largest[1]), larger_one);
    const I none = all((ScanIndex<T>)0x7fffffff);
    const I candidates[2] = {largest[0] == best ? where[0] : none, largest[1] == best ? where[1] : none};
    const I column = best_lane(lower_one(candidates[0], candidates[1]), lower_one);
    // Of the lane that has the best one, the next counts; of all others, what is largest there.
    const V others = larger(candidates[0] == column ? next[0] : largest[0], candidates[1] == column ? next[1] : largest[1]);
    found = {best[0], column[0], best_lane(others, larger_one)[0]};
  }
  for (; j < n; j++) {
    const T offer = row[j] - prices[j];
    if (offer > found.best) {
      found.second = found.best;
      found.best = offer;
      found.column = (ScanIndex<T>)j;
    } else if (offer > found.second) {
      found.second = offer;
    }
  }
  return found;
}

template <typename T>
static Nearest<T> relax(const T* row, const T* prices, T base, ScanIndex<T> index, size_t n, T* distance, ScanIndex<T>* from, const T* barrier) {
  using V = typename VectorsOf<T>::Values;
  using I = typename VectorsOf<T>::Indices;
  constexpr size_t W = sizeof(V) / sizeof(T);
  V least = all((T)INF), leastFree = all((T)INF);
  I where = {}, at = {};
  for (size_t i = 0; i < W; i++) at[i] = (ScanIndex<T>)i;
  size_t j = 0;
  for (; j + W <= n; j += W, at += all((ScanIndex<T>)W)) {
    const V length = read<V>(prices + j) - read<V>(row + j) - all(base), before = read<V>(distance + j);
    const I origin = where_greater(before, length, all(index), read<I>(from + j));
    const V d = smaller(length, before);
    __builtin_memcpy(from + j, &origin, sizeof origin);
    __builtin_memcpy(distance + j, &d, sizeof d);
    where = where_greater(least, d, at, where);
    least = smaller(d, least);
    leastFree = smaller(d + read<V>(barrier + j), leastFree);
  }
  Nearest<T> nearest = {(T)INF, -1, (T)INF};
  for (size_t i = 0; i < W && j > 0; i++) {
    const T x = least[i];
    if (x < nearest.distance || (x == nearest.distance && where[i] < nearest.column)) {
      nearest.distance = x;
      nearest.column = where[i];
    }
    if (leastFree[i] < nearest.free) nearest.free = leastFree[i];
  }
  for (; j < n; j++) {
    const T length = prices[j] - row[j] - base;
    if (length < distance[j]) {
      distance[j] = length;
      from[j] = index;
    }
    if (distance[j] < nearest.distance) {
      nearest.distance = distance[j];
      nearest.column = (ScanIndex<T>)j;
    }
    if (distance[j] + barrier[j] < nearest.free) nearest.free = distance[j] + barrier[j];
  }
  return nearest;
}

/** Adds the row to `columnSums` and returns its sum. */
template <typename T>
static T add_row(const T* row, size_t n, T* columnSums) {
  using V = typename VectorsOf<T>::Values;
  constexpr size_t W = sizeof(V) / sizeof(T);
  V sums = {};
  size_t j = 0;
  for (; j + W <= n; j += W) {
    const V values = read<V>(row + j), total = read<V>(columnSums + j) + values;
    sums += values;
    __builtin_memcpy(columnSums + j, &total, sizeof total);
  }
  T sum = 0;
  for (size_t i = 0; i < W; i++) sum += sums[i];
  for (; j < n; j++) {
    sum += row[j];
    columnSums[j] += row[j];
  }
  return sum;
}

template <typename T>
constexpr AssignmentScans<T> SCANS = {raise_columns<T>, best_two<T>, relax<T>, add_row<T>};
