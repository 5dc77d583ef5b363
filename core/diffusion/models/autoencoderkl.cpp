#include "core/diffusion/models/autoencoderkl.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace Galley::Diffusion {

namespace {

constexpr double normEps = 1e-6;
constexpr double leastLogVariance = -30;
constexpr double mostLogVariance = 20;

} // namespace

PictureAttentionImpl::PictureAttentionImpl(std::int64_t channels, std::int64_t groups)
{
    group_norm = register_module("group_norm", GroupNorm(groups, channels, normEps));
    to_q = register_module("to_q", Linear(channels, channels));
    to_k = register_module("to_k", Linear(channels, channels));
    to_v = register_module("to_v", Linear(channels, channels));
    to_out = register_module("to_out", Branch())->add("0", Linear(channels, channels));
}

at::Tensor PictureAttentionImpl::forward(const at::Tensor &x)
{
    const at::Tensor rows = group_norm(x).permute({0, 2, 3, 1}).flatten(1, 2);  // [B, C, H, W] → [B, H · W, C]
    const at::Tensor h = to_out->addTo(x.permute({0, 2, 3, 1}).flatten(1, 2), attend(to_q(rows), to_k(rows), to_v(rows), 1));
    return h.unflatten(1, {x.size(2), x.size(3)}).permute({0, 3, 1, 2});
}

AutoencoderHalfImpl::AutoencoderHalfImpl(const AutoencoderKlConfig &config, bool isEncoder)
    : m_isEncoder(isEncoder)
{
    std::vector<std::int64_t> widths = config.channels;
    if (!isEncoder)
        std::reverse(widths.begin(), widths.end());
    const std::int64_t widest = config.channels.back();
    conv_in = register_module("conv_in", Conv2d(isEncoder ? config.inChannels : config.latentChannels, widths.front(), 3, 1, 1));
    auto list = register_module(isEncoder ? "down_blocks" : "up_blocks", Branch());
    std::int64_t in = widths.front();
    for (std::size_t level = 0; level < widths.size(); ++level) {
        auto block = list->add(std::to_string(level), Branch());
        auto resnets = block->add("resnets", Branch());
        UNetStage stage;
        for (std::int64_t i = 0; i < config.layersPerBlock + (isEncoder ? 0 : 1); ++i) {
            stage.layers.push_back({resnets->add(std::to_string(i), ResnetBlock2D(i == 0 ? in : widths[level], widths[level], 0, config.groups, normEps))});
        }
        in = widths[level];
        if (level + 1 < widths.size())
            stage.resample = block->add(isEncoder ? "downsamplers" : "upsamplers", Branch())->add("0", Branch())->add("conv", isEncoder ? Conv2d(in, in, 3, 2, 0) : upsampler(in));
        m_stages.push_back(stage);
    }
    auto mid = register_module("mid_block", Branch());
    m_attention = mid->add("attentions", Branch())->add("0", PictureAttention(widest, config.groups));
    auto resnets = mid->add("resnets", Branch());
    m_before = resnets->add("0", ResnetBlock2D(widest, widest, 0, config.groups, normEps));
    m_after = resnets->add("1", ResnetBlock2D(widest, widest, 0, config.groups, normEps));
    conv_norm_out = register_module("conv_norm_out", GroupNorm(config.groups, widths.back(), normEps));
    // The encoder gives mean and logarithm of the variance.
    conv_out = register_module("conv_out", Conv2d(widths.back(), isEncoder ? 2 * config.latentChannels : config.outChannels, 3, 1, 1));
}

at::Tensor AutoencoderHalfImpl::middle(const at::Tensor &x)
{
    return m_after(m_attention(m_before(x)));
}

at::Tensor AutoencoderHalfImpl::forward(at::Tensor x, const std::function<void()> &between)
{
    x = conv_in(x);
    if (!m_isEncoder)
        x = middle(x);
    for (auto &stage : m_stages) {
        for (auto &layer : stage.layers) {
            if (between)
                between();
            x = layer.resnet(x);
        }
        if (stage.resample && m_isEncoder)
            x = stage.resample(at::constant_pad_nd(x, {0, 1, 0, 1}));  // right and below only
        else if (stage.resample)
            x = stage.resample->ofUpsampled(x, x.size(2) * 2, x.size(3) * 2);
    }
    if (m_isEncoder)
        x = middle(x);
    return conv_out(conv_norm_out->silu(x));
}

AutoencoderKlImpl::AutoencoderKlImpl(const AutoencoderKlConfig &dimensions)
    : config(dimensions)
{
    encoder = register_module("encoder", AutoencoderHalf(config, true));
    decoder = register_module("decoder", AutoencoderHalf(config, false));
    if (config.hasQuantConvs) {
        quant_conv = register_module("quant_conv", Conv2d(2 * config.latentChannels, 2 * config.latentChannels, 1));
        post_quant_conv = register_module("post_quant_conv", Conv2d(config.latentChannels, config.latentChannels, 1));
    }
}

LatentDistribution AutoencoderKlImpl::encode(const at::Tensor &picture, const std::function<void()> &between)
{
    const at::Tensor moments = encoder->forward(picture.contiguous(at::MemoryFormat::ChannelsLast), between);
    const auto parts = (quant_conv ? quant_conv(moments) : moments).to(at::kFloat).chunk(2, 1);
    return {parts[0], at::exp(parts[1].clamp(leastLogVariance, mostLogVariance) / 2)};
}

at::Tensor AutoencoderKlImpl::decode(const at::Tensor &latents, const std::function<void()> &between)
{
    const at::Tensor z = latents.contiguous(at::MemoryFormat::ChannelsLast);
    return decoder->forward(post_quant_conv ? post_quant_conv(z) : z, between);
}

} // namespace Galley::Diffusion
