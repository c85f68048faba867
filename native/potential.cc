// Forward and backward are fused over tiles of rows, so that a tile's activations stay in cache. Rows are grouped by
// their number and the network alone, and partial sums are added in the order of the groups: the number of threads
// changes nothing.
#include "potential.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include "subnormals.h"

namespace basinet {

namespace {
/** Floats of one tile's inputs and activations: about what a core's second-level cache holds beside the weights. */
constexpr size_t TILE_FLOATS = 256 * 1024;
constexpr size_t MIN_TILE_ROWS = 96, MAX_TILE_ROWS = 512;
/** Data up to this many floats is kept packed between evaluations. */
constexpr size_t KEPT_INPUT_FLOATS = 256 * 1024;
constexpr size_t MAX_GROUPS = 64;
/** All groups' partial gradients together, in floats (512 MiB). */
constexpr size_t MAX_PART_FLOATS = size_t{1} << 27;
/** A range of the gradient that one thread reduces at a time. */
constexpr size_t REDUCE_RANGE = 8192;

/**
 * How many partial sums: enough for many threads to share the work evenly, few enough that adding them up costs little.
 * A function of the rows and the network alone.
 */
size_t choose_groups(size_t rows, size_t panels, size_t dimension) {
  const size_t flops = 6 * rows * dimension;
  const size_t byRows = std::max<size_t>(8, (rows / 1024 + 3) / 4 * 4);
  const size_t groups = std::min({byRows, MAX_GROUPS, rows / 96, flops / 8'000'000, panels, MAX_PART_FLOATS / dimension});
  return std::max<size_t>(groups, 1);
}

size_t panels_of(size_t rows, const Kernels& kernels) { return (rows + kernels.panel - 1) / kernels.panel; }
}  // namespace

NativePotential::NativePotential(Model model, const Kernels& kernels, size_t rows, const int32_t* classes,
                                 const float* reals, size_t threads)
    : model_(std::move(model)),
      kernels_(kernels),
      features_(model_.layers.front().inputs),
      outputs_(model_.layers.back().outputs),
      pool_(std::min(threads, choose_groups(rows, panels_of(rows, kernels), model_.dimension))) {
  const size_t panel = kernels_.panel;
  if (classes != nullptr) data_.classes.assign(classes, classes + rows);
  if (reals != nullptr) {
    data_.realPanels = AlignedBuffer(panels_of(rows, kernels) * panel_stride(outputs_, panel));
    kernels_.pack(reals, outputs_, rows, outputs_, data_.realPanels.get());
  }
  size_t perRow = features_;
  for (const Layer& layer : model_.layers) perRow += layer.outputs * (keeps_derivative(layer.activation) ? 2 : 1);
  const size_t tileRows = std::clamp(TILE_FLOATS / perRow, MIN_TILE_ROWS, MAX_TILE_ROWS);
  tilePanels_ = std::max<size_t>(1, tileRows / panel);
  const size_t packedInputs = panels_of(rows, kernels) * panel_stride(features_, panel);
  keepsPackedInputs_ = packedInputs <= KEPT_INPUT_FLOATS;
  if (keepsPackedInputs_) packedInputs_ = AlignedBuffer(packedInputs);
  for (const Layer& layer : model_.layers) {
    const size_t weights = (layer.inputs + panel - 1) / panel * layer.outputs * panel;
    partOffsets_.push_back({partSize_, partSize_ + weights});
    partSize_ += weights + (layer.outputs + 15) / 16 * 16;
  }
  cut(data_, rows);
  for (size_t t = 0; t < pool_.size(); t++) {
    auto scratch = std::make_unique<Scratch>();
    scratch->inputs = AlignedBuffer(tilePanels_ * panel_stride(features_, panel));
    for (const Layer& layer : model_.layers) {
      const size_t size = tilePanels_ * panel_stride(layer.outputs, panel);
      scratch->activations.emplace_back(size);
      scratch->derivatives.emplace_back(keeps_derivative(layer.activation) ? size : 0);
    }
    scratch->strip = AlignedBuffer(tilePanels_ * panel * panel);
    scratch_.push_back(std::move(scratch));
  }
}

NativePotential::~NativePotential() = default;

/** Makes room for the partial sums of this many rows too. */
void NativePotential::cut(RowSet& set, size_t rows) {
  set.rows = rows;
  set.panels = panels_of(rows, kernels_);
  set.groups = choose_groups(rows, set.panels, model_.dimension);
  const size_t kept = std::min(set.groups, pool_.size() == 1 ? size_t{2} : set.groups);
  if (kept > partsKept_) {
    partGradients_ = AlignedBuffer(kept * partSize_);
    partsKept_ = kept;
  }
  if (set.groups > partLosses_.size()) partLosses_.resize(set.groups);
}

/** Null where the inputs are not kept as panels. */
const float* NativePotential::packed_inputs(const float* inputs) {
  if (!keepsPackedInputs_) return nullptr;
  if (!packed_) kernels_.pack(inputs, features_, data_.rows, features_, packedInputs_.get());
  packed_ = true;
  return packedInputs_.get();
}

void NativePotential::gather(const float* inputs, const int32_t* batch, size_t size) {
  const size_t panel = kernels_.panel, stride = panel_stride(outputs_, panel);
  const bool categorical = model_.likelihood == LikelihoodKind::categorical;
  if (size > batchCapacity_) {
    batchInputs_ = AlignedBuffer(size * features_);
    if (categorical) batch_.classes.resize(size);
    else batch_.realPanels = AlignedBuffer(panels_of(size, kernels_) * stride);
    batchCapacity_ = size;
  }
  cut(batch_, size);
  for (size_t r = 0; r < size; r++) {
    const size_t row = static_cast<size_t>(batch[r]);
    std::copy_n(inputs + row * features_, features_, batchInputs_.get() + r * features_);
    if (categorical) batch_.classes[r] = data_.classes[row];
  }
  if (categorical) return;
  const auto target = [&](const RowSet& set, size_t r) { return set.realPanels.get() + r / panel * stride + r % panel; };
  for (size_t r = 0; r < batch_.panels * panel; r++) {
    const float* from = r < size ? target(data_, static_cast<size_t>(batch[r])) : nullptr;
    float* to = target(batch_, r);
    for (size_t n = 0; n < outputs_; n++) to[n * panel] = from == nullptr ? 0.0f : from[n * panel];
  }
}

double NativePotential::evaluate_group(const RowSet& set, size_t group, const float* inputs, const float* packedInputs,
                                       const float* position, float* part, Scratch& scratch, float deltaScale) {
  const size_t panel = kernels_.panel;
  const size_t first = set.group_start(group), end = set.group_start(group + 1);
  const size_t tiles = (end - first + tilePanels_ - 1) / tilePanels_;
  const size_t depth = model_.layers.size();
  double loss = 0;
  for (size_t tile = 0; tile < tiles; tile++) {
    const size_t begin = first + (end - first) * tile / tiles;
    const size_t panels = first + (end - first) * (tile + 1) / tiles - begin;
    const size_t row = begin * panel;
    const size_t rows = std::min(set.rows - row, panels * panel);
    const float* tileInputs = inputs + row * features_;
    const float* packed = scratch.inputs.get();
    if (packedInputs != nullptr) packed = packedInputs + begin * panel_stride(features_, panel);
    else kernels_.pack(tileInputs, features_, rows, features_, scratch.inputs.get());

    const float* in = packed;
    for (size_t l = 0; l < depth; l++) {
      const Layer& layer = model_.layers[l];
      kernels_.forward(position + layer.weight, position + layer.bias, layer.outputs, layer.inputs, in,
                       scratch.activations[l].get(), scratch.derivatives[l].get(), panels, layer.activation);
      in = scratch.activations[l].get();
    }

    float* delta = scratch.activations[depth - 1].get();
    if (model_.likelihood == LikelihoodKind::categorical) {
      loss += kernels_.categorical(delta, outputs_, set.classes.data() + row, rows, panels);
    } else {
      loss += kernels_.squared_error(delta, outputs_, set.realPanels.get() + begin * panel_stride(outputs_, panel), rows, panels, deltaScale);
    }

    for (size_t l = depth; l-- > 0;) {
      const Layer& layer = model_.layers[l];
      delta = scratch.activations[l].get();
      float* hidden = l == 0 ? nullptr : scratch.activations[l - 1].get();
      kernels_.weight_gradient(delta, layer.outputs, l == 0 ? packed : hidden, l == 0 ? tileInputs : nullptr, rows,
                               layer.inputs, panels, part + partOffsets_[l].weight, part + partOffsets_[l].bias, tile > 0,
                               scratch.strip.get());
      if (l == 0) break;
      kernels_.backward(position + layer.weight, layer.outputs, layer.inputs, delta, hidden,
                        scratch.derivatives[l - 1].get(), panels, model_.layers[l - 1].activation);
    }
  }
  return loss;
}

Energy NativePotential::evaluate(const float* inputs, const float* position, float* gradient) {
  return evaluate_rows(data_, inputs, packed_inputs(inputs), 1, position, gradient);
}

Energy NativePotential::evaluate_batch(const float* inputs, const int32_t* batch, size_t size, const float* position,
                                       float* gradient) {
  gather(inputs, batch, size);
  const double weight = (double)data_.rows / (double)size;
  return evaluate_rows(batch_, batchInputs_.get(), nullptr, weight, position, gradient);
}

Energy NativePotential::evaluate_rows(const RowSet& set, const float* inputs, const float* packedInputs, double weight,
                                      const float* position, float* gradient) {
  const FlushSubnormals flush;
  constexpr double HALF_LOG_TWO_PI = 0.91893853320467274178;
  const bool learned = model_.likelihood == LikelihoodKind::gaussian_learned;
  const double logNoise = learned ? (double)position[model_.logNoise] : std::log(model_.noiseStd);
  const double precision = model_.likelihood == LikelihoodKind::categorical ? 1.0
                           : learned ? std::exp(-2 * logNoise) : 1.0 / (model_.noiseStd * model_.noiseStd);
  float* parts = partGradients_.get();
  // One thread adds each part to the first as it comes; several keep all parts. The order is the same.
  const bool alone = pool_.size() == 1;
  pool_.run(set.groups, [&](size_t group, size_t thread) {
    float* part = parts + (alone ? std::min<size_t>(group, 1) : group) * partSize_;
    partLosses_[group] = evaluate_group(set, group, inputs, packedInputs, position, part, *scratch_[thread], (float)precision);
    if (alone && group > 0) {
      for (size_t i = 0; i < partSize_; i++) parts[i] += part[i];
    }
  });

  double loss = 0;
  for (size_t group = 0; group < set.groups; group++) loss += partLosses_[group];
  const double values = (double)set.rows * (double)outputs_;
  const double likelihood = weight * (model_.likelihood == LikelihoodKind::categorical
                                          ? loss
                                          : 0.5 * loss * precision + values * (logNoise + HALF_LOG_TWO_PI));
  finish_gradient(position, alone ? 1 : set.groups, weight, (float)(values - loss * precision), gradient);

  double prior = 0;
  for (const PriorTensor& tensor : model_.priors) {
    const double squares = kernels_.squared_distance(position + tensor.offset, tensor.mean, tensor.size);
    prior += 0.5 * squares / (tensor.std * tensor.std) + (double)tensor.size * (std::log(tensor.std) + HALF_LOG_TWO_PI);
  }
  last_ = {prior, likelihood, (prior + likelihood) / model_.temperature};
  return last_;
}

void NativePotential::finish_gradient(const float* position, size_t partsKept, double weight, float logNoiseGradient,
                                      float* gradient) {
  const float* parts = partGradients_.get();
  // (weight · likelihood + prior) / T as (likelihood + prior / weight) · (weight / T): one pass does all.
  const float scale = (float)(weight / model_.temperature);
  const auto precision = [weight](const PriorTensor& tensor) { return (float)(1.0 / (tensor.std * tensor.std * weight)); };
  for (size_t l = 0; l < model_.layers.size(); l++) {
    const Layer& layer = model_.layers[l];
    const PriorTensor &weight = model_.priors[2 * l], &bias = model_.priors[2 * l + 1];
    const size_t strips = (layer.inputs + kernels_.panel - 1) / kernels_.panel;
    const size_t atOnce = std::max<size_t>(1, REDUCE_RANGE / (layer.outputs * kernels_.panel));
    pool_.run((strips + atOnce - 1) / atOnce, [&](size_t range, size_t) {
      kernels_.reduce_strips(parts + partOffsets_[l].weight, partsKept, partSize_, layer.outputs, layer.inputs,
                             range * atOnce, std::min(strips, (range + 1) * atOnce), position + layer.weight,
                             (float)weight.mean, precision(weight), scale, gradient + layer.weight);
    });
    kernels_.reduce(parts + partOffsets_[l].bias, partsKept, partSize_, position + layer.bias, (float)bias.mean,
                    precision(bias), scale, gradient + layer.bias, layer.outputs);
  }
  if (model_.likelihood == LikelihoodKind::gaussian_learned) {
    const PriorTensor& noise = model_.priors.back();
    kernels_.reduce(&logNoiseGradient, 1, 1, position + noise.offset, (float)noise.mean, precision(noise), scale,
                    gradient + noise.offset, 1);
  }
}

TrajectoryEnd NativePotential::trajectory(const float* inputs, float* position, float* momentum, float* gradient,
                                          const float* inverseMass, double stepSize, size_t steps, double limit) {
  const size_t dimension = model_.dimension;
  const auto kick = [&](double time) {
    for (size_t i = 0; i < dimension; i++) momentum[i] = (float)(momentum[i] - time * gradient[i]);
  };
  double energy = std::numeric_limits<double>::quiet_NaN();
  kick(stepSize / 2);
  for (size_t step = 1; step <= steps; step++) {
    for (size_t i = 0; i < dimension; i++) position[i] = (float)(position[i] + stepSize * inverseMass[i] * momentum[i]);
    energy = evaluate(inputs, position, gradient).total;
    if (!(energy <= limit && energy >= -std::numeric_limits<double>::max())) return {energy, step};
    kick(step == steps ? stepSize / 2 : stepSize);
  }
  return {energy, steps};
}

}  // namespace basinet
