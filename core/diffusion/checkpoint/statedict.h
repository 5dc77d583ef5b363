#pragma once

#include "core/diffusion/checkpoint/weightnames.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <functional>
#include <string>

namespace at {
class Tensor;
}
namespace torch::nn {
class Module;
}

namespace Galley::Diffusion {

/// The tensor \a name on the CPU. An I8 tensor with a companion "<name>.scale" (F16, one number a row) comes out as float32,
/// row times scale; every other type as it is stored.
Result<at::Tensor> readTensor(const SafeTensors &file, const std::string &name);

/// How the tensors of a file become those of a module.
struct StateDictOptions
{
    WeightNames names = {};
    at::ScalarType type = at::kFloat;
    at::Device device = at::kCPU;
    bool isChannelsLast = false;  ///< weights of convolutions
    /// Called with each layer as soon as it has its tensors, on the thread that read them: what is made of them then is made of what is in its cache, and no
    /// second copy of the whole module is ever there. Their memory goes to the next layer; what this one still holds of it
    /// then is copied.
    std::function<void(torch::nn::Module &layer)> filled = {};
};

/// Whether \a file has what \a module needs and nothing else, by names, shapes and types; reads no weights. A convolution of one pixel may stand for a linear
/// layer. The message lists what is missing, of another shape, or there without need, by its name in the file.
Result<void> checkStateDict(const torch::nn::Module &module, const SafeTensors &file, const WeightNames &names = {});

/// Fills every parameter and buffer of \a module with its tensor of the file, and reads nothing else. Fails as
/// checkStateDict(), and on a value that is no finite number. On failure the module is in an unspecified state.
Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const StateDictOptions &options = {});

} // namespace Galley::Diffusion
