#pragma once

#include "core/diffusion/checkpoint/safetensors.h"

#include <c10/core/ScalarType.h>

#include <set>
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
    std::set<std::string> others = {};  ///< names in the file that belong to the caller
    at::ScalarType type = at::kFloat;
    std::string (*nameOf)(std::string name) = nullptr;  ///< of a tensor in the file: its name in the module
};

/// Fills every parameter and buffer of \a module with the tensor of its own name. A convolution of one pixel may stand for a linear layer. Fails when one
/// is missing, has another shape or a value that is no finite number, or when the file has a tensor that nobody asked for; the message lists them.
/// On failure the module is in an unspecified state.
Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const StateDictOptions &options = {});

} // namespace Galley::Diffusion
