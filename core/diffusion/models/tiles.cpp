#include "core/diffusion/models/tiles.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <vector>

namespace Galley::Diffusion {

namespace {

constexpr std::int64_t overlapParts = 4;  // one in so many

/// Turns the start of \a tile along \a dim slowly into the end of the one before it.
void blend(const at::Tensor &before, const at::Tensor &tile, std::int64_t dim, std::int64_t extent)
{
    extent = std::min({extent, before.size(dim), tile.size(dim)});
    std::vector<std::int64_t> shape(4, 1);
    shape[static_cast<std::size_t>(dim)] = extent;
    const at::Tensor weight = (at::arange(extent, tile.options().dtype(at::kFloat)) / static_cast<double>(extent)).to(tile.scalar_type()).view(shape);
    const at::Tensor start = tile.narrow(dim, 0, extent);
    start.copy_(before.narrow(dim, before.size(dim) - extent, extent) * (1 - weight) + start * weight);
}

} // namespace

at::Tensor decodeInTiles(const at::Tensor &latents, std::int64_t side, std::int64_t factor, const std::function<at::Tensor(const at::Tensor &)> &decode)
{
    const std::int64_t step = std::max<std::int64_t>(1, side * (overlapParts - 1) / overlapParts);
    const std::int64_t extent = side * factor / overlapParts;
    const std::int64_t limit = side * factor - extent;
    const auto square = [&](std::int64_t top, std::int64_t left) {
        return decode(latents.narrow(2, top, std::min(side, latents.size(2) - top)).narrow(3, left, std::min(side, latents.size(3) - left)));
    };
    std::vector<at::Tensor> bands;
    std::vector<at::Tensor> above;
    for (std::int64_t top = 0; top < latents.size(2); top += step) {
        std::vector<at::Tensor> row;
        std::vector<at::Tensor> cut;
        for (std::int64_t left = 0; left < latents.size(3); left += step) {
            row.push_back(square(top, left));
            const at::Tensor &tile = row.back();
            if (!above.empty())
                blend(above[row.size() - 1], tile, 2, extent);
            if (row.size() > 1)
                blend(row[row.size() - 2], tile, 3, extent);
            cut.push_back(tile.narrow(2, 0, std::min(limit, tile.size(2))).narrow(3, 0, std::min(limit, tile.size(3))));
        }
        bands.push_back(at::cat(cut, 3));
        above = std::move(row);
    }
    return at::cat(bands, 2);
}

} // namespace Galley::Diffusion
