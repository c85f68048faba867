// The potential of a dense network's posterior over a fixed data set: energy, gradient (of all rows or of a mini-batch),
// trajectory, predictions, activations.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>
#include "aligned.h"
#include "kernels.h"
#include "thread_pool.h"

namespace basinet {

struct Layer {
  size_t inputs, outputs;
  Activation activation;
  /** First elements of weight [outputs, inputs] and bias [outputs] in the position. */
  size_t weight, bias;
};

/** Independent Normal(mean, std²) on `size` elements from `offset`. */
struct PriorTensor {
  size_t offset, size;
  double mean, std;
};

enum class LikelihoodKind { categorical, gaussian, gaussian_learned };

struct Model {
  std::vector<Layer> layers;
  /** Of weight and bias of each layer in order, then of the log noise standard deviation where it is learned. */
  std::vector<PriorTensor> priors;
  LikelihoodKind likelihood;
  /** Noise standard deviation (gaussian); ignored otherwise. */
  double noiseStd;
  /** Index of the log noise standard deviation in the position (gaussian_learned). */
  size_t logNoise;
  double temperature;
  size_t dimension;
};

struct Energy {
  double prior, likelihood, total;
};

struct TrajectoryEnd {
  double energy;
  size_t steps;
};

class NativePotential {
 public:
  /** Copies targets ([rows] class indices or [rows, outputs] reals); `inputs` are passed to every call. */
  NativePotential(Model model, const Kernels& kernels, size_t rows, const int32_t* classes, const float* reals,
                  size_t threads);

  ~NativePotential();

  const Model& model() const { return model_; }
  size_t rows() const { return data_.rows; }

  /** inputs [rows, features]; gradient [dimension]. Bit-identical for any number of threads. */
  Energy evaluate(const float* inputs, const float* position, float* gradient);

  /**
   * The same for `size` rows of the data by index, their likelihood times rows() / size. Indices may repeat and must be below
   * rows(). Allocates only where `size` is larger than ever before: throws std::bad_alloc.
   */
  Energy evaluate_batch(const float* inputs, const int32_t* batch, size_t size, const float* position, float* gradient);

  /**
   * p -= (ε/2)·g; then per step q += (ε·M⁻¹)·p; g = ∇U(q); p -= ε·g, the last kick again ε/2. Each right-hand side is
   * formed in float64 from float32 operands and rounded once, as the TypeScript integrator does, to the same bits.
   * Ends early, momentum half a step short, where U is not finite or above `limit`.
   */
  TrajectoryEnd trajectory(const float* inputs, float* position, float* momentum, float* gradient,
                           const float* inverseMass, double stepSize, size_t steps, double limit);

  /** Network outputs for any rows: outputs [rows, outputs]. */
  void predict(const float* inputs, size_t rows, const float* position, float* outputs);

  /**
   * Outputs of the first `depth` layers, after their activation functions, for any rows: outputs[l] is [rows, units of layer l],
   * or null where they are not wanted.
   */
  void activations(const float* inputs, size_t rows, const float* position, float* const* outputs, size_t depth);

  Energy last() const { return last_; }

 private:
  /** What one thread works in, a tile at a time. */
  struct Scratch {
    /** Inputs of layer 0 as panels, then each layer's activations; derivatives only where they must be kept. */
    AlignedBuffer inputs;
    std::vector<AlignedBuffer> activations, derivatives;
    AlignedBuffer strip;
  };
  /** Rows that a likelihood is summed over, with their targets, and how they are cut. */
  struct RowSet {
    size_t rows = 0, panels = 0, groups = 0;
    std::vector<int32_t> classes;
    AlignedBuffer realPanels;
    size_t group_start(size_t group) const { return panels * group / groups; }
  };
  void cut(RowSet& set, size_t rows);
  void gather(const float* inputs, const int32_t* batch, size_t size);
  /** `packed` are the inputs as panels, or null; the likelihood counts `weight` times. */
  Energy evaluate_rows(const RowSet& set, const float* inputs, const float* packed, double weight, const float* position,
                       float* gradient);
  double evaluate_group(const RowSet& set, size_t group, const float* inputs, const float* packed, const float* position,
                        float* gradient, Scratch& scratch, float deltaScale);
  const float* packed_inputs(const float* inputs);
  void finish_gradient(const float* position, size_t partsKept, double weight, float logNoiseGradient, float* gradient);

  const Model model_;
  const Kernels& kernels_;
  size_t features_, outputs_, tilePanels_;
  /** The whole data set, and the mini-batch gathered last. */
  RowSet data_, batch_;
  /** [rows of the largest batch so far, features] */
  AlignedBuffer batchInputs_;
  size_t batchCapacity_ = 0;
  /** Where a layer's weight gradient (strips) and bias gradient begin in a part, and the length of a part. */
  struct PartOffsets {
    size_t weight, bias;
  };
  std::vector<PartOffsets> partOffsets_;
  size_t partSize_ = 0, partsKept_ = 0;
  AlignedBuffer packedInputs_, partGradients_;
  bool keepsPackedInputs_ = false, packed_ = false;
  std::vector<double> partLosses_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
  ThreadPool pool_;
  Energy last_{};
};

}  // namespace basinet
