#pragma once

#include "core/diffusion/checkpoint/safetensors.h"

#include <optional>

namespace Galley::Diffusion {

/// What the JSON text at the start of a safetensors file says, before offsets are checked against each other and the file.
struct SafetensorsHeader
{
    std::vector<TensorInfo> tensors;
    std::map<std::string, std::string> metadata;
};

/// Reads the header text as a stream of events, so that a key given twice is seen and deep nesting costs nothing.
Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view text);

/// "F32" → TensorType::F32; nothing for a type that this reader does not know.
std::optional<TensorType> tensorTypeFromName(std::string_view name);

} // namespace Galley::Diffusion
