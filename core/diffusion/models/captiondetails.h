#pragma once

#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/models/draftconfig.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace Galley::Diffusion {

inline constexpr const char *detailMasksName = "detail.masks";
inline constexpr const char *detailLevelsName = "detail.levels";
inline constexpr const char *detailScalesName = "detail.scales";

/// The details of trained captions: the numbers of those cells of a caption's picture that have any. packaging/draft-model/shipped.py says how the file has them.
class CaptionDetails
{
public:
    /// Of \a lines captions whose picture is \a native pixels wide and high; nothing where the file has none. Errors name the file and what is wrong with it.
    static Result<CaptionDetails> read(const SafeTensors &file, const DraftConfig &config, std::int64_t lines, int native);

    /// [1, detailChannels, native / 8, native / 8], float on the CPU, zeros where a cell has no numbers; undefined where the caption has no details.
    at::Tensor of(std::int64_t line) const;

    std::uint64_t bytes() const;

private:
    std::int64_t m_channels = 0;
    std::int64_t m_side = 0;             ///< cells
    std::vector<std::int64_t> m_begins;  ///< the first cell of each line in m_levels, and one more for the end
    at::Tensor m_masks;                  ///< bytes [lines, side² / 8]: a bit for each cell
    at::Tensor m_levels;                 ///< bytes [channels / 2, cells with numbers]: two levels of 0 … 15 in each
    at::Tensor m_scales;                 ///< float [lines]
};

} // namespace Galley::Diffusion
