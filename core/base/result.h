#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace Galley {

/// The outcome of everything fallible.
template<typename T>
using Result = tl::expected<T, Error>;

/// The failing outcome: `return fail(ErrorCode::Io, tr("…"));`
inline tl::unexpected<Error> fail(ErrorCode code, const QString &message, const QString &detail = {})
{
    return tl::unexpected<Error>(Error{code, message, detail});
}

inline tl::unexpected<Error> fail(const Error &error)
{
    return tl::unexpected<Error>(error);
}

} // namespace Galley
