// Forward passes alone: predictions, and activations of hidden layers.
#include <algorithm>
#include "potential.h"
#include "subnormals.h"

namespace basinet {

void NativePotential::activations(const float* inputs, size_t rows, const float* position, float* const* outputs, size_t depth) {
  const FlushSubnormals flush;
  const size_t panel = kernels_.panel;
  const size_t panels = (rows + panel - 1) / panel;
  const size_t tiles = (panels + tilePanels_ - 1) / tilePanels_;
  pool_.run(tiles, [&](size_t tile, size_t thread) {
    Scratch& scratch = *scratch_[thread];
    const size_t begin = panels * tile / tiles;
    const size_t tilePanels = panels * (tile + 1) / tiles - begin;
    const size_t row = begin * panel;
    const size_t count = std::min(rows - row, tilePanels * panel);
    kernels_.pack(inputs + row * features_, features_, count, features_, scratch.inputs.get());
    const float* in = scratch.inputs.get();
    for (size_t l = 0; l < depth; l++) {
      const Layer& layer = model_.layers[l];
      kernels_.forward(position + layer.weight, position + layer.bias, layer.outputs, layer.inputs, in,
                       scratch.activations[l].get(), nullptr, tilePanels, layer.activation);
      in = scratch.activations[l].get();
      if (outputs[l] != nullptr) kernels_.unpack(in, count, layer.outputs, outputs[l] + row * layer.outputs);
    }
  });
}

void NativePotential::predict(const float* inputs, size_t rows, const float* position, float* outputs) {
  std::vector<float*> wanted(model_.layers.size(), nullptr);
  wanted.back() = outputs;
  activations(inputs, rows, position, wanted.data(), wanted.size());
}

}  // namespace basinet
