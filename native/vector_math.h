// Elementary functions on vectors, within 5e-7 of the true value, relative. The polynomials and rationals are
// near-minimax fits (Lawson's iteratively reweighted least squares); NaN goes in and comes out.
#pragma once
#include "simd.h"

namespace basinet::BASINET_ISA {

/** e^x; 0 below -104, infinity above 88.72. Cody-Waite reduction to |r| <= ln(2)/2, then 1 + r + r²·P(r). */
BASINET_INLINE vf exponential(vf x) {
  x = at_least(at_most(x, broadcast(89.0f)), broadcast(-104.0f));
  const vf magic = broadcast(12582912.0f);  // 1.5 · 2^23: adding it rounds to an integer in the low bits
  const vf t = fma(x, broadcast(1.44269504f), magic);
  const vf n = t - magic;
  vf r = fma(n, broadcast(-0.693359375f), x);
  r = fma(n, broadcast(2.12194440e-4f), r);
  vf p = fma(broadcast(0.0013813144760206342f), r, broadcast(0.008369418792426586f));
  p = fma(p, r, broadcast(0.04166845604777336f));
  p = fma(p, r, broadcast(0.16666515171527863f));
  p = fma(p, r, broadcast(0.4999999403953552f));
  p = fma(p, r * r, r) + 1.0f;
#if defined(__AVX512F__) && BASINET_WIDTH == 16
  return (vf)_mm512_maskz_scalef_ps((__mmask16)-1, (__m512)p, (__m512)n);
#else
  // Two factors, so that results below the normal range and the overflow both come out right.
  const vi k = bits(t) - bits(magic);
  const vi k1 = k >> 1;
  return p * from_bits((k1 + 127) << 23) * from_bits((k - k1 + 127) << 23);
#endif
}

/** 2·artanh(s) = ln((1 + s) / (1 - s)) for 0 <= s <= 1/3. */
BASINET_INLINE vf twice_artanh(vf s) {
  const vf s2 = s * s;
  vf p = fma(broadcast(0.24296917021274567f), s2, broadcast(0.21428945660591125f));
  p = fma(p, s2, broadcast(0.2861674726009369f));
  p = fma(p, s2, broadcast(0.3999888300895691f));
  p = fma(p, s2, broadcast(0.6666667461395264f));
  return fma(p * s2, s, s + s);
}

/** ln x for positive normal x. */
BASINET_INLINE vf logarithm(vf x) {
  const vi exponent = (bits(x) - 0x3f3504f3) >> 23;  // so that the mantissa lies in [1/√2, √2)
  const vf f = from_bits(bits(x) - (exponent << 23)) - 1.0f;
  const vf k = __builtin_convertvector(exponent, vf);
  const vf s = f / (f + 2.0f);
  const vf s2 = s * s;
  vf p = fma(broadcast(0.29884809255599976f), s2, broadcast(0.39977097511291504f));
  p = fma(p, s2, broadcast(0.6666678190231323f));
  const vf low = fma(p * s2, s, k * -2.12194440e-4f);
  // x - x is NaN for an infinity or a NaN, whose bits the reduction above would turn into a number.
  return fma(k, broadcast(0.693359375f), (s + s) + low) + (x - x);
}

/** tanh x: x·P(x²)/Q(x²) on |x| <= 9, where it reaches 1 in float32. */
BASINET_INLINE vf hyperbolic_tangent(vf x) {
  x = at_least(at_most(x, broadcast(9.0f)), broadcast(-9.0f));
  const vf y = x * x;
  vf p = fma(broadcast(1.3354674699428415e-08f), y, broadcast(2.060909173451364e-05f));
  p = fma(p, y, broadcast(0.0034955888986587524f));
  p = fma(p, y, broadcast(0.13381026685237885f));
  p = fma(p, y, broadcast(1.0f));
  vf q = fma(broadcast(7.776563961670035e-07f), y, broadcast(0.00032856359030120075f));
  q = fma(q, y, broadcast(0.025876984000205994f));
  q = fma(q, y, broadcast(0.4671434164047241f));
  q = fma(q, y, broadcast(1.0f));
  return at_least(at_most(x * p / q, broadcast(1.0f)), broadcast(-1.0f));
}

/** 1 / (1 + e^-x), without cancellation on either side. */
BASINET_INLINE vf logistic(vf x) {
  const vf e = exponential(-absolute(x));
  return (x < 0.0f ? e : broadcast(1.0f)) / (1.0f + e);
}

/** x·σ(x), and its derivative σ(x)·(1 + x·σ(-x)). */
BASINET_INLINE vf sigmoid_linear(vf x, vf& derivative) {
  const vf e = exponential(-absolute(x));
  const vf larger = 1.0f / (1.0f + e), smaller = e * larger;
  const vf s = x < 0.0f ? smaller : larger, complement = x < 0.0f ? larger : smaller;
  derivative = s * fma(x, complement, broadcast(1.0f));
  return x * s;
}

/** ln(1 + e^x); its derivative, the logistic function, into `derivative`. */
BASINET_INLINE vf soft_plus(vf x, vf& derivative) {
  const vf e = exponential(-absolute(x));
  derivative = (x < 0.0f ? e : broadcast(1.0f)) / (1.0f + e);
  return at_least(x, broadcast(0.0f)) + twice_artanh(e / (2.0f + e));
}

/**
 * x·Φ(x), exact GELU, and its derivative Φ(x) + x·φ(x). The tail is Φ(-a) = e^(-a²/2)·R(a), with R (half a scaled
 * complementary error function) as a rational; the square's rounding error is carried into the exponential.
 */
BASINET_INLINE vf gaussian_error_linear(vf x, vf& derivative) {
  const vf a = at_most(absolute(x), broadcast(14.5f));
  const vf square = a * a;
  const vf error = square_error(a, square);
  const vf e0 = exponential(square * -0.5f);
  const vf e = fma(e0, error * -0.5f, e0);
  vf p = fma(broadcast(0.004116312135010958f), a, broadcast(0.04063325747847557f));
  p = fma(p, a, broadcast(0.18323524296283722f));
  p = fma(p, a, broadcast(0.4382951259613037f));
  p = fma(p, a, broadcast(0.5f));
  vf q = fma(broadcast(0.010317944921553135f), a, broadcast(0.10185892134904861f));
  q = fma(q, a, broadcast(0.46947091817855835f));
  q = fma(q, a, broadcast(1.2025036811828613f));
  q = fma(q, a, broadcast(1.6744751930236816f));
  q = fma(q, a, broadcast(1.0f));
  const vf tail = e * p / q;
  const vf phi = x < 0.0f ? tail : 1.0f - tail;
  derivative = fma(x, e * 0.3989422804014327f, phi);
  return x * phi;
}

}  // namespace basinet::BASINET_ISA
