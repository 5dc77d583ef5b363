#pragma once

#include "core/diffusion/checkpoint/safetensors.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace Galley::Diffusion {

/// Which tensor of a file, or which piece of it, a tensor of a module is.
struct TensorOrigin
{
    std::string name;
    std::int64_t piece = 0;  ///< of \c pieces of as many rows
    std::int64_t pieces = 1;
    bool isTransposed = false;

    bool operator==(const TensorOrigin &) const = default;
};

/// How a file calls the tensors of one module.
struct WeightNames
{
    std::string prefix = {};           ///< of all that is this module's; what begins otherwise is nobody's concern here
    std::set<std::string> others = {};  ///< names with that prefix that the module does not need
    /// Of a name in the module; empty: prefix + name. The file is there to see which of several names is in use.
    std::function<TensorOrigin(const std::string &name, const SafeTensors &file)> originOf = {};

    TensorOrigin of(const std::string &name, const SafeTensors &file) const { return originOf ? originOf(name, file) : TensorOrigin{prefix + name}; }
};

/// "a, b, c and 12 more": for messages.
std::string listed(const std::vector<std::string> &names);

/// Where the tensors of one part of a model are; several parts may share a file.
struct WeightsSource
{
    std::filesystem::path file = {};
    WeightNames names = {};
};

} // namespace Galley::Diffusion
