// The parts of the addon, and the few Node-API helpers that they share.
#pragma once
#include <node_api.h>

namespace basinet {
void register_cpu(napi_env env, napi_value exports);      // cpu.cc: features, class name, peak
void register_engine(napi_env env, napi_value exports);   // engine.cc: potentials
void register_rebasin(napi_env env, napi_value exports);  // rebasin.cc: similarity, assignment
void register_comparison(napi_env env, napi_value exports);  // comparison.cc: matching without the whole matrix
void register_stats(napi_env env, napi_value exports);    // stats.cc: moments
void register_low_rank(napi_env env, napi_value exports);   // low_rank.cc: covariance
void register_histogram(napi_env env, napi_value exports);  // histogram.cc: quantiles
}  // namespace basinet
