#pragma once

#include <c10/core/Device.h>

#include <cstddef>
#include <functional>

namespace Galley::Diffusion {

/// Does \a work for each number below \a count, several at once, as many as libtorch's threads; each works alone then and on the stream of this thread. No
/// further ones begin once one gives false. The first exception is thrown on when all have ended.
void inParallel(at::Device device, std::size_t count, const std::function<bool(std::size_t i)> &work);

} // namespace Galley::Diffusion
