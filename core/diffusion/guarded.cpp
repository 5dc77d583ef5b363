#include "core/diffusion/guarded.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <initializer_list>
#include <new>
#include <string>

namespace Galley::Diffusion {

namespace {

using Texts = std::initializer_list<std::string_view>;

// oneDNN's own words say nothing of memory.
constexpr std::string_view oneDnnWithoutMemory = "could not create a primitive";

bool hasOneOf(std::string_view text, Texts pieces)
{
    return std::any_of(pieces.begin(), pieces.end(), [&](std::string_view piece) { return text.find(piece) != std::string_view::npos; });
}

bool isGpuWithoutMemory(std::string_view text)
{
    // Libraries that find no memory for their handles say only that they are not initialized.
    return hasOneOf(text, {"CUBLAS_STATUS_NOT_INITIALIZED", "CUDNN_STATUS_NOT_INITIALIZED", "CUDA out of memory", "CUDA error: out of memory", "CUDA driver error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED",
                           "CUDNN_STATUS_ALLOC_FAILED", "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"});
}

bool isMachineWithoutMemory(std::string_view text)
{
    return hasOneOf(text, {"can't allocate memory", "CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED", oneDnnWithoutMemory});
}

/// Of CUDA itself, cuBLAS and cuDNN.
bool isGpuBroken(std::string_view text)
{
    return hasOneOf(text, {"CUDA error: ", "CUDA driver error: ", "cuDNN error: ", "cuDNN Frontend error: "}) && !isGpuWithoutMemory(text) && !isMachineWithoutMemory(text);
}

} // namespace

Error errorOf(const std::exception &thrown)
{
    const auto *ofTorch = dynamic_cast<const c10::Error *>(&thrown);
    const std::string text = ofTorch ? ofTorch->what_without_backtrace() : thrown.what();
    if (dynamic_cast<const c10::OutOfMemoryError *>(&thrown) || isGpuWithoutMemory(text))
        return {ErrorCode::OutOfMemory, "The GPU ran out of memory.", text};
    if (dynamic_cast<const std::bad_alloc *>(&thrown) || isMachineWithoutMemory(text))
        return {ErrorCode::OutOfMemory, "This machine ran out of memory.", text};
    if (isGpuBroken(text))
        return {ErrorCode::Internal, "The GPU failed, and what draws with it starts anew. Try again; if it happens again, restart the machine.", text};
    return {ErrorCode::Internal, "The model failed while it ran. Try again; if it happens again, put the model's original files back.", text};
}

bool needsNewProcess(std::string_view text)
{
    return text.find(oneDnnWithoutMemory) != std::string_view::npos || isGpuBroken(text);
}

} // namespace Galley::Diffusion
