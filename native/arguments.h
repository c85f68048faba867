// Reading JavaScript arguments: each helper throws a JavaScript error and returns false where the value does not fit.
#pragma once
#include <node_api.h>
#include <cstdio>
#include <cstdint>
#include <string>

namespace basinet {

inline bool fail(napi_env env, const char* name, const char* wanted) {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return false;
  char text[160];
  std::snprintf(text, sizeof text, "native engine: %s must be %s", name, wanted);
  napi_throw_type_error(env, "ERR_INVALID_ARG_VALUE", text);
  return false;
}

template <size_t N>
bool read_arguments(napi_env env, napi_callback_info info, napi_value (&values)[N]) {
  size_t count = N;
  if (napi_get_cb_info(env, info, &count, values, nullptr, nullptr) != napi_ok) return fail(env, "call", "valid");
  return count >= N ? true : fail(env, "call", "given all its arguments");
}

inline bool read_double(napi_env env, napi_value value, const char* name, double* out) {
  return napi_get_value_double(env, value, out) == napi_ok ? true : fail(env, name, "a number");
}

inline bool read_size(napi_env env, napi_value value, const char* name, size_t* out) {
  double number = 0;
  if (!read_double(env, value, name, &number)) return false;
  if (!(number >= 0 && number <= 9007199254740991.0)) return fail(env, name, "a number of at least 0");
  *out = static_cast<size_t>(number);
  return true;
}

/** The elements of a typed array of type T (views into SharedArrayBuffers too), at least `least` of them. */
inline bool read_array(napi_env env, napi_value value, const char* name, napi_typedarray_type wanted, size_t least,
                       void** data, size_t* length) {
  bool isArray = false;
  napi_typedarray_type type{};
  if (napi_is_typedarray(env, value, &isArray) != napi_ok || !isArray ||
      napi_get_typedarray_info(env, value, &type, length, data, nullptr, nullptr) != napi_ok || type != wanted) {
    return fail(env, name, "a typed array of the right kind");
  }
  return *length >= least ? true : fail(env, name, "long enough (and not detached)");
}

inline bool read_floats(napi_env env, napi_value value, const char* name, size_t least, float** data) {
  size_t length = 0;
  void* raw = nullptr;
  if (!read_array(env, value, name, napi_float32_array, least, &raw, &length)) return false;
  *data = static_cast<float*>(raw);
  return true;
}

inline bool read_doubles(napi_env env, napi_value value, const char* name, size_t least, double** data, size_t* length) {
  void* raw = nullptr;
  if (!read_array(env, value, name, napi_float64_array, least, &raw, length)) return false;
  *data = static_cast<double*>(raw);
  return true;
}

/** A handle made by `make_external` with this tag, and no other addon's or another part's of this one. */
inline bool read_external(napi_env env, napi_value value, const napi_type_tag& tag, const char* wanted, void** data) {
  napi_valuetype type{};
  bool tagged = false;
  return napi_typeof(env, value, &type) == napi_ok && type == napi_external && napi_check_object_type_tag(env, value, &tag, &tagged) == napi_ok && tagged &&
                 napi_get_value_external(env, value, data) == napi_ok
             ? true
             : fail(env, "handle", wanted);
}

/** Null where it cannot be made: then `data` is still the caller's. */
inline napi_value make_external(napi_env env, void* data, napi_finalize finalize, const napi_type_tag& tag) {
  napi_value value = nullptr;
  if (napi_create_external(env, data, finalize, nullptr, &value) != napi_ok) return nullptr;
  // Without its tag nothing takes it for a handle.
  napi_type_tag_object(env, value, &tag);
  return value;
}

/** A string of at most 31 bytes, or the empty string for null. */
inline bool read_name(napi_env env, napi_value value, const char* name, std::string* out) {
  napi_valuetype type{};
  napi_typeof(env, value, &type);
  out->clear();
  if (type == napi_null) return true;
  char text[32];
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, text, sizeof text, &length) != napi_ok) return fail(env, name, "a string or null");
  *out = text;
  return true;
}

inline napi_value out_of_memory(napi_env env) {
  napi_throw_error(env, nullptr, "native engine: out of memory while matching");
  return nullptr;
}

inline napi_value make_number(napi_env env, double number) {
  napi_value value = nullptr;
  napi_create_double(env, number, &value);
  return value;
}

inline napi_value make_string(napi_env env, const std::string& text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.c_str(), text.size(), &value);
  return value;
}

inline void export_function(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace basinet
