#include "core/diffusion/models/captiondetails.h"

#include "core/diffusion/checkpoint/statedict.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <bit>

namespace Galley::Diffusion {

namespace {

constexpr std::int64_t zeroLevel = 8;
constexpr double power = 4.0 / 3.0;

tl::unexpected<Error> bad(const SafeTensors &file, const std::string &name, TensorType type, const std::vector<std::int64_t> &shape)
{
    std::string sides;
    for (const std::int64_t side : shape)
        sides += (sides.empty() ? "" : ", ") + std::to_string(side);
    return fail(ErrorCode::ModelFile, file.path().string() + " must have \"" + name + "\" as " + tensorTypeName(type) + " of the shape [" + sides
                                          + "], which its captions and draft.json ask for. Put the model's own file back.");
}

} // namespace

Result<CaptionDetails> CaptionDetails::read(const SafeTensors &file, const DraftConfig &config, std::int64_t lines, int native)
{
    CaptionDetails result;
    if (config.detailChannels == 0 || !file.find(detailMasksName))
        return result;
    result.m_channels = config.detailChannels;
    result.m_side = native / detailCell;
    const std::int64_t cells = result.m_side * result.m_side;
    const auto tensor = [&](const char *name, TensorType type, const std::vector<std::int64_t> &shape) -> Result<at::Tensor> {
        const TensorInfo *info = file.find(name);
        if (!info || info->type != type || info->shape != shape)
            return bad(file, name, type, shape);
        return readTensor(file, name);
    };
    if (native % detailCell != 0 || cells % 8 != 0)
        return fail(ErrorCode::ModelFile, file.path().string() + " has details, which ask for a \"native\" size in multiples of 32 in draft.json. Put the model's own files back.");
    const auto masks = tensor(detailMasksName, TensorType::U8, {lines, cells / 8});
    if (!masks)
        return tl::unexpected(masks.error());
    result.m_masks = *masks;
    result.m_begins.push_back(0);
    const std::uint8_t *byte = masks->const_data_ptr<std::uint8_t>();
    for (std::int64_t line = 0; line < lines; ++line) {
        std::int64_t count = 0;
        for (std::int64_t i = 0; i < cells / 8; ++i)
            count += std::popcount(*byte++);
        result.m_begins.push_back(result.m_begins.back() + count);
    }
    const auto levels = tensor(detailLevelsName, TensorType::U8, {config.detailChannels / 2, result.m_begins.back()});
    if (!levels)
        return tl::unexpected(levels.error());
    result.m_levels = *levels;
    const auto scales = tensor(detailScalesName, TensorType::F32, {lines});
    if (!scales)
        return tl::unexpected(scales.error());
    if (!at::isfinite(*scales).all().item<bool>())
        return fail(ErrorCode::ModelFile, file.path().string() + " has values in \"" + detailScalesName + "\" that are not finite numbers. Put the model's own file back.");
    result.m_scales = *scales;
    return result;
}

at::Tensor CaptionDetails::of(std::int64_t line) const
{
    if (line < 0 || line + 1 >= static_cast<std::int64_t>(m_begins.size()))
        return {};
    const std::int64_t begin = m_begins[static_cast<std::size_t>(line)];
    const std::int64_t count = m_begins[static_cast<std::size_t>(line) + 1] - begin;
    if (count == 0)
        return {};
    const at::Tensor bytes = m_levels.narrow(1, begin, count);
    // [channels / 2, count] → [channels / 2, 2, count] → [channels, count], the lower four bits first
    const at::Tensor levels = at::stack({bytes.bitwise_and(15), bytes.bitwise_right_shift(4)}, 1).flatten(0, 1).to(at::kDouble) - zeroLevel;
    const at::Tensor numbers = (levels.sign() * levels.abs().pow(power)).to(at::kFloat) * m_scales[line];
    // [cells / 8] → [cells / 8, 8] → [cells], the lowest bit first
    const at::Tensor mask = m_masks[line].unsqueeze(1).bitwise_right_shift(at::arange(8, at::kByte)).bitwise_and(1).flatten().to(at::kBool);
    at::Tensor cells = at::zeros({m_side * m_side, m_channels});
    cells.index_put_({mask}, numbers.t());
    return cells.t().reshape({1, m_channels, m_side, m_side}).contiguous();
}

std::uint64_t CaptionDetails::bytes() const
{
    return m_masks.defined() ? m_masks.nbytes() + m_levels.nbytes() + m_scales.nbytes() : 0;
}

} // namespace Galley::Diffusion
