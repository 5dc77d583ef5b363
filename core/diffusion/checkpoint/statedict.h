#pragma once

#include "core/diffusion/checkpoint/safetensors.h"

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

/// Fills every parameter and buffer of \a module with the tensor of its own name, as float32. Fails when one is missing, has another shape,
/// or when the file has a tensor that nobody asked for; the message lists them. Names in \a others belong to the caller.
/// On failure the module is in an unspecified state.
Result<void> loadStateDict(torch::nn::Module &module, const SafeTensors &file, const std::set<std::string> &others = {});

} // namespace Galley::Diffusion
