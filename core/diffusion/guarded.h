#pragma once

#include "core/diffusion/result.h"

#include <exception>
#include <string_view>

namespace Galley::Diffusion {

/// What an exception of libtorch or of a library below it means, by its text: most have no class of their own.
Error errorOf(const std::exception &thrown);

/// Whether \a text tells of a state that only a new process repairs: oneDNN remembers for ever that it had no memory to make its code for a shape, and a GPU
/// that failed at anything but an allocation fails at everything after it.
bool needsNewProcess(std::string_view text);

/// Runs \a work and turns whatever it throws into an Error. Tensors of \a work have left scope when this returns.
template<class T, class Work>
Result<T> guarded(Work &&work)
{
    try {
        return work();
    } catch (const std::exception &thrown) {
        return tl::unexpected(errorOf(thrown));
    }
}

} // namespace Galley::Diffusion
