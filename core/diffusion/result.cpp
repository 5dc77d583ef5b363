#include "core/diffusion/result.h"

namespace Galley::Diffusion {

const char *errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Invalid:
        return "invalid";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::ModelFile:
        return "model_file";
    case ErrorCode::OutOfMemory:
        return "out_of_memory";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Internal:
        break;
    }
    return "internal";
}

} // namespace Galley::Diffusion
