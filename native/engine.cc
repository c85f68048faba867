// Potentials as JavaScript sees them: a handle, and functions on it. Nothing is shared between handles, so any number
// of worker threads may each hold their own.
#include <memory>
#include <stdexcept>
#include <string>
#include "addon.h"
#include "arguments.h"
#include "potential.h"

namespace basinet {
namespace {

struct Handle {
  std::unique_ptr<NativePotential> potential;
  /** Keeps the data alive; its memory is looked up again at each call, since a buffer can be detached. */
  napi_ref inputs = nullptr;
};

void dispose(napi_env env, Handle* handle) {
  handle->potential.reset();
  if (handle->inputs != nullptr) napi_delete_reference(env, handle->inputs);
  handle->inputs = nullptr;
}

constexpr napi_type_tag TAG = {0x3c95d27ae8104b6f, 0xb71f60a4d9e3825c};

void finalize(napi_env env, void* data, void*) {
  Handle* handle = static_cast<Handle*>(data);
  dispose(env, handle);
  delete handle;
}

bool read_handle(napi_env env, napi_value value, Handle** out) {
  void* data = nullptr;
  if (!read_external(env, value, TAG, "a potential", &data)) return false;
  *out = static_cast<Handle*>(data);
  return true;
}

bool read_live(napi_env env, napi_value value, Handle** out) {
  if (!read_handle(env, value, out)) return false;
  return (*out)->potential != nullptr ? true : fail(env, "handle", "a potential that has not been disposed of");
}

bool read_inputs(napi_env env, const Handle& handle, float** data) {
  napi_value value = nullptr;
  if (napi_get_reference_value(env, handle.inputs, &value) != napi_ok || value == nullptr) {
    return fail(env, "inputs", "alive");
  }
  const NativePotential& potential = *handle.potential;
  return read_floats(env, value, "inputs", potential.rows() * potential.model().layers.front().inputs, data);
}

/** layers: (inputs, outputs, activation, weight offset, bias offset) each; priors: (offset, size, mean, std) each. */
bool read_model(napi_env env, napi_value layers, napi_value priors, napi_value likelihood, Model* model) {
  double *layer, *prior, *noise;
  size_t layerCount, priorCount, noiseCount;
  if (!read_doubles(env, layers, "layers", 5, &layer, &layerCount) ||
      !read_doubles(env, priors, "priors", 4, &prior, &priorCount) ||
      !read_doubles(env, likelihood, "likelihood", 5, &noise, &noiseCount)) {
    return false;
  }
  model->likelihood = noise[0] == 0 ? LikelihoodKind::categorical
                      : noise[0] == 1 ? LikelihoodKind::gaussian : LikelihoodKind::gaussian_learned;
  model->noiseStd = noise[1];
  model->logNoise = static_cast<size_t>(noise[2]);
  model->temperature = noise[3];
  model->dimension = static_cast<size_t>(noise[4]);
  if (model->dimension == 0) return fail(env, "dimension", "at least 1");
  if (model->likelihood == LikelihoodKind::gaussian_learned && model->logNoise >= model->dimension) {
    return fail(env, "log noise", "inside the position");
  }
  for (size_t i = 0; i + 5 <= layerCount; i += 5) {
    const Layer next{static_cast<size_t>(layer[i]), static_cast<size_t>(layer[i + 1]),
                     static_cast<Activation>(static_cast<int32_t>(layer[i + 2])), static_cast<size_t>(layer[i + 3]),
                     static_cast<size_t>(layer[i + 4])};
    if (next.inputs == 0 || next.outputs == 0 || layer[i + 2] < 0 || layer[i + 2] > 6 ||
        next.weight + next.inputs * next.outputs > model->dimension || next.bias + next.outputs > model->dimension ||
        (!model->layers.empty() && model->layers.back().outputs != next.inputs)) {
      return fail(env, "layers", "consistent and inside the position");
    }
    model->layers.push_back(next);
  }
  for (size_t i = 0; i + 4 <= priorCount; i += 4) {
    const PriorTensor next{static_cast<size_t>(prior[i]), static_cast<size_t>(prior[i + 1]), prior[i + 2], prior[i + 3]};
    if (next.offset + next.size > model->dimension) return fail(env, "priors", "inside the position");
    model->priors.push_back(next);
  }
  const bool learned = model->likelihood == LikelihoodKind::gaussian_learned;
  if (model->priors.size() != 2 * model->layers.size() + (learned ? 1 : 0)) return fail(env, "priors", "one a tensor");
  for (size_t l = 0; l < model->layers.size(); l++) {
    const Layer& layer = model->layers[l];
    const PriorTensor &weight = model->priors[2 * l], &bias = model->priors[2 * l + 1];
    if (weight.offset != layer.weight || weight.size != layer.inputs * layer.outputs || bias.offset != layer.bias ||
        bias.size != layer.outputs) {
      return fail(env, "priors", "in the order of the layers' tensors");
    }
  }
  if (learned && (model->priors.back().offset != model->logNoise || model->priors.back().size != 1)) {
    return fail(env, "priors", "last of the log noise");
  }
  return true;
}

napi_value throw_error(napi_env env, const std::exception& error) {
  napi_throw_error(env, "ERR_NATIVE_ENGINE", (std::string("native engine: ") + error.what()).c_str());
  return nullptr;
}

/** createPotential(isa | null, threads, rows, layers, priors, likelihood, inputs, targets): handle */
napi_value create_potential(napi_env env, napi_callback_info info) {
  napi_value arg[8];
  std::string isa;
  size_t threads, rows, length;
  Model model;
  float* inputs;
  void* targets;
  if (!read_arguments(env, info, arg) || !read_name(env, arg[0], "instruction set", &isa) ||
      !read_size(env, arg[1], "threads", &threads) || !read_size(env, arg[2], "rows", &rows) ||
      !read_model(env, arg[3], arg[4], arg[5], &model) ||
      !read_floats(env, arg[6], "inputs", rows * model.layers.front().inputs, &inputs)) {
    return nullptr;
  }
  const Kernels* kernels = find_kernels(isa.empty() ? nullptr : isa.c_str());
  if (kernels == nullptr || threads == 0 || threads > 1024) {
    fail(env, "instruction set and threads", "possible on this machine");
    return nullptr;
  }
  const size_t outputs = model.layers.back().outputs;
  const bool categorical = model.likelihood == LikelihoodKind::categorical;
  if (!read_array(env, arg[7], "targets", categorical ? napi_int32_array : napi_float32_array,
                  categorical ? rows : rows * outputs, &targets, &length)) {
    return nullptr;
  }
  const int32_t* classes = categorical ? static_cast<const int32_t*>(targets) : nullptr;
  auto handle = std::make_unique<Handle>();
  try {
    handle->potential = std::make_unique<NativePotential>(
        std::move(model), *kernels, rows, classes, categorical ? nullptr : static_cast<const float*>(targets), threads);
  } catch (const std::exception& error) {
    return throw_error(env, error);
  }
  napi_value result = nullptr;
  if (napi_create_reference(env, arg[6], 1, &handle->inputs) == napi_ok) result = make_external(env, handle.get(), finalize, TAG);
  if (result == nullptr) {
    dispose(env, handle.get());
    fail(env, "potential", "creatable");
    return nullptr;
  }
  handle.release();
  return result;
}

napi_value dispose_potential(napi_env env, napi_callback_info info) {
  napi_value arg[1];
  Handle* handle;
  if (read_arguments(env, info, arg) && read_handle(env, arg[0], &handle)) dispose(env, handle);
  return nullptr;
}

napi_value give_energy(napi_env env, const Energy& energy, double* parts) {
  parts[0] = energy.prior;
  parts[1] = energy.likelihood;
  return make_number(env, energy.total);
}

/** evaluate(handle, position, gradient, parts): energy */
napi_value evaluate(napi_env env, napi_callback_info info) {
  napi_value arg[4];
  Handle* handle;
  float *inputs, *position, *gradient;
  double* parts;
  size_t length;
  if (!read_arguments(env, info, arg) || !read_live(env, arg[0], &handle)) return nullptr;
  const size_t dimension = handle->potential->model().dimension;
  if (!read_inputs(env, *handle, &inputs) || !read_floats(env, arg[1], "position", dimension, &position) ||
      !read_floats(env, arg[2], "gradient", dimension, &gradient) ||
      !read_doubles(env, arg[3], "parts", 2, &parts, &length)) {
    return nullptr;
  }
  return give_energy(env, handle->potential->evaluate(inputs, position, gradient), parts);
}

/** evaluateBatch(handle, position, rows, gradient, parts): energy; the caller has checked the indices */
napi_value evaluate_batch(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  Handle* handle;
  float *inputs, *position, *gradient;
  double* parts;
  void* rows;
  size_t size, length;
  if (!read_arguments(env, info, arg) || !read_live(env, arg[0], &handle)) return nullptr;
  const size_t dimension = handle->potential->model().dimension;
  if (!read_inputs(env, *handle, &inputs) || !read_floats(env, arg[1], "position", dimension, &position) ||
      !read_array(env, arg[2], "rows", napi_int32_array, 1, &rows, &size) ||
      !read_floats(env, arg[3], "gradient", dimension, &gradient) ||
      !read_doubles(env, arg[4], "parts", 2, &parts, &length)) {
    return nullptr;
  }
  try {
    const int32_t* batch = static_cast<const int32_t*>(rows);
    return give_energy(env, handle->potential->evaluate_batch(inputs, batch, size, position, gradient), parts);
  } catch (const std::exception& error) {
    return throw_error(env, error);
  }
}

/** trajectory(handle, position, momentum, gradient, inverseMass, stepSize, steps, limit, parts): energy; parts[2] = steps taken */
napi_value trajectory(napi_env env, napi_callback_info info) {
  napi_value arg[9];
  Handle* handle;
  float *inputs, *position, *momentum, *gradient, *inverseMass;
  double stepSize, limit, *parts;
  size_t steps, length;
  if (!read_arguments(env, info, arg) || !read_live(env, arg[0], &handle)) return nullptr;
  const size_t dimension = handle->potential->model().dimension;
  if (!read_inputs(env, *handle, &inputs) || !read_floats(env, arg[1], "position", dimension, &position) ||
      !read_floats(env, arg[2], "momentum", dimension, &momentum) ||
      !read_floats(env, arg[3], "gradient", dimension, &gradient) ||
      !read_floats(env, arg[4], "inverse mass matrix", dimension, &inverseMass) ||
      !read_double(env, arg[5], "step size", &stepSize) || !read_size(env, arg[6], "steps", &steps) ||
      !read_double(env, arg[7], "energy limit", &limit) || !read_doubles(env, arg[8], "parts", 3, &parts, &length)) {
    return nullptr;
  }
  const TrajectoryEnd end =
      handle->potential->trajectory(inputs, position, momentum, gradient, inverseMass, stepSize, steps, limit);
  parts[2] = static_cast<double>(end.steps);
  give_energy(env, handle->potential->last(), parts);
  return make_number(env, end.energy);
}

/** predict(handle, position, inputs, rows, outputs) */
napi_value predict(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  Handle* handle;
  float *position, *inputs, *outputs;
  size_t rows;
  if (!read_arguments(env, info, arg) || !read_live(env, arg[0], &handle) || !read_size(env, arg[3], "rows", &rows)) {
    return nullptr;
  }
  const Model& model = handle->potential->model();
  if (!read_floats(env, arg[1], "position", model.dimension, &position) ||
      !read_floats(env, arg[2], "inputs", rows * model.layers.front().inputs, &inputs) ||
      !read_floats(env, arg[4], "outputs", rows * model.layers.back().outputs, &outputs)) {
    return nullptr;
  }
  handle->potential->predict(inputs, rows, position, outputs);
  return nullptr;
}

/** activations(handle, position, inputs, rows, outputs): outputs holds an array for each hidden layer */
napi_value activations(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  Handle* handle;
  float *position, *inputs;
  size_t rows;
  if (!read_arguments(env, info, arg) || !read_live(env, arg[0], &handle) || !read_size(env, arg[3], "rows", &rows)) {
    return nullptr;
  }
  const Model& model = handle->potential->model();
  if (!read_floats(env, arg[1], "position", model.dimension, &position) ||
      !read_floats(env, arg[2], "inputs", rows * model.layers.front().inputs, &inputs)) {
    return nullptr;
  }
  std::vector<float*> outputs(model.layers.size() - 1);
  for (size_t l = 0; l < outputs.size(); l++) {
    napi_value array = nullptr;
    if (napi_get_element(env, arg[4], static_cast<uint32_t>(l), &array) != napi_ok) {
      fail(env, "outputs", "an array for each hidden layer");
      return nullptr;
    }
    if (!read_floats(env, array, "outputs", rows * model.layers[l].outputs, &outputs[l])) return nullptr;
  }
  handle->potential->activations(inputs, rows, position, outputs.data(), outputs.size());
  return nullptr;
}

/** activate(isa | null, activation, values, derivatives): both [n], for the tests of the vector functions */
napi_value activate(napi_env env, napi_callback_info info) {
  napi_value arg[4];
  std::string isa;
  size_t activation, count;
  void* values;
  float* derivatives;
  if (!read_arguments(env, info, arg) || !read_name(env, arg[0], "instruction set", &isa) ||
      !read_size(env, arg[1], "activation", &activation) ||
      !read_array(env, arg[2], "values", napi_float32_array, 0, &values, &count) ||
      !read_floats(env, arg[3], "derivatives", count, &derivatives)) {
    return nullptr;
  }
  const Kernels* kernels = find_kernels(isa.empty() ? nullptr : isa.c_str());
  if (kernels == nullptr || activation > 6) {
    fail(env, "instruction set and activation", "known");
    return nullptr;
  }
  kernels->activate(static_cast<float*>(values), derivatives, count, static_cast<Activation>(activation));
  return nullptr;
}

}  // namespace

void register_engine(napi_env env, napi_value exports) {
  export_function(env, exports, "createPotential", create_potential);
  export_function(env, exports, "disposePotential", dispose_potential);
  export_function(env, exports, "evaluatePotential", evaluate);
  export_function(env, exports, "evaluateBatch", evaluate_batch);
  export_function(env, exports, "trajectory", trajectory);
  export_function(env, exports, "predict", predict);
  export_function(env, exports, "activations", activations);
  export_function(env, exports, "activate", activate);
}

}  // namespace basinet
