#pragma once

#include "core/diffusion/checkpoint/weightnames.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

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
};

/// Fills every parameter and buffer of \a module with its tensor of the file, and reads nothing else. A convolution of one pixel may stand for a linear
/// layer. Fails when one is missing, has another shape or a value that is no finite number, or when the file has a tensor that nobody asked for; the message
/// lists them by their names in the file. On failure the module is in an unspecified state.
Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const StateDictOptions &options = {});

} // namespace Galley::Diffusion
