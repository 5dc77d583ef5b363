#pragma once

#include "core/diffusion/result.h"

#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <string_view>

namespace Galley::Diffusion {

inline constexpr const char *oneDnnWithoutMemory = "could not create a primitive";

/// Runs \a work and turns whatever it throws into an Error. Tensors of \a work have left scope when this returns.
template<class T, class Work>
Result<T> guarded(Work &&work)
{
    try {
        return work();
    } catch (const c10::OutOfMemoryError &error) {
        return fail(ErrorCode::OutOfMemory, "The GPU ran out of memory.", error.what_without_backtrace());
    } catch (const c10::Error &error) {
        const std::string text = error.what_without_backtrace();
        if (text.find("can't allocate memory") != std::string::npos)
            return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", text);
        return fail(ErrorCode::Internal, "The model failed while it ran. Try again; if it happens again, put the model's original files back.", text);
    } catch (const std::bad_alloc &error) {
        return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", error.what());
    } catch (const std::exception &error) {
        if (std::string_view(error.what()).find(oneDnnWithoutMemory) != std::string_view::npos)
            return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", error.what());
        return fail(ErrorCode::Internal, "The model failed while it ran. Try again; if it happens again, put the model's original files back.", error.what());
    }
}

} // namespace Galley::Diffusion
