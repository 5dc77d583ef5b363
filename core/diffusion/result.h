#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace Galley::Diffusion {

/// Why something failed, in the words of the worker's protocol (errorCodeName()).
enum class ErrorCode { Cancelled, Invalid, NotFound, ModelFile, OutOfMemory, Unsupported, Internal };

/// "cancelled", "invalid", "not_found", …
const char *errorCodeName(ErrorCode code);

/// A full sentence for people and a detail for the log.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string detail;

    bool operator==(const Error &) const = default;
};

template<class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(detail)});
}

} // namespace Galley::Diffusion
