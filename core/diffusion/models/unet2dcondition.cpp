#include "core/diffusion/models/unet2dcondition.h"

#include <cmath>
#include <string>

namespace Galley::Diffusion {

namespace {

constexpr double transformerGroupEps = 1e-6;
constexpr double layerNormEps = 1e-5;

} // namespace

at::Tensor timestepEmbedding(const at::Tensor &values, std::int64_t size, bool flipSinToCos, double freqShift)
{
    const std::int64_t half = size / 2;
    const at::Tensor exponent = at::arange(half, values.options().dtype(at::kFloat)) * (-std::log(10000.0) / (double(half) - freqShift));
    const at::Tensor angles = values.to(at::kFloat).unsqueeze(1) * at::exp(exponent).unsqueeze(0);  // [n, half]
    return flipSinToCos ? at::cat({at::cos(angles), at::sin(angles)}, 1) : at::cat({at::sin(angles), at::cos(angles)}, 1);
}

ResnetBlock2DImpl::ResnetBlock2DImpl(std::int64_t in, std::int64_t out, std::int64_t timeDim, std::int64_t groups, double eps)
{
    norm1 = register_module("norm1", GroupNorm(groups, in, eps));
    conv1 = register_module("conv1", Conv2d(in, out, 3, 1, 1));
    if (timeDim > 0)
        time_emb_proj = register_module("time_emb_proj", Linear(timeDim, out));
    norm2 = register_module("norm2", GroupNorm(groups, out, eps));
    conv2 = register_module("conv2", Conv2d(out, out, 3, 1, 1));
    if (in != out)
        conv_shortcut = register_module("conv_shortcut", Conv2d(in, out, 1));
}

at::Tensor ResnetBlock2DImpl::forward(const at::Tensor &x, const at::Tensor &time)
{
    const at::Tensor h = conv1(norm1->silu(x));
    const at::Tensor added = time_emb_proj ? time_emb_proj(at::silu(time)) : at::Tensor();  // [B, C]
    return conv2->addTo(conv_shortcut ? conv_shortcut(x) : x, norm2->silu(h, added));
}

AttentionImpl::AttentionImpl(std::int64_t size, std::int64_t contextSize, std::int64_t headCount)
    : heads(headCount)
{
    to_q = register_module("to_q", Linear(size, size, false));
    to_k = register_module("to_k", Linear(contextSize, size, false));
    to_v = register_module("to_v", Linear(contextSize, size, false));
    to_out = register_module("to_out", Branch())->add("0", Linear(size, size));
}

at::Tensor AttentionImpl::addTo(const at::Tensor &other, const at::Tensor &x, const at::Tensor &context)
{
    return to_out->addTo(other, attend(to_q(x), to_k(context), to_v(context), heads));
}

BasicTransformerBlockImpl::BasicTransformerBlockImpl(std::int64_t size, std::int64_t contextSize, std::int64_t heads)
{
    norm1 = register_module("norm1", LayerNorm(size, layerNormEps));
    attn1 = register_module("attn1", Attention(size, size, heads));
    norm2 = register_module("norm2", LayerNorm(size, layerNormEps));
    attn2 = register_module("attn2", Attention(size, contextSize, heads));
    norm3 = register_module("norm3", LayerNorm(size, layerNormEps));
    auto net = register_module("ff", Branch())->add("net", Branch());
    proj = net->add("0", Branch())->add("proj", Linear(size, 8 * size));
    out = net->add("2", Linear(4 * size, size));
}

at::Tensor BasicTransformerBlockImpl::forward(const at::Tensor &x, const at::Tensor &context)
{
    const at::Tensor normed = norm1(x);
    at::Tensor h = attn1->addTo(x, normed, normed);
    h = attn2->addTo(h, norm2(h), context);
    return out->addTo(h, geglu(proj(norm3(h))));
}

Transformer2DModelImpl::Transformer2DModelImpl(std::int64_t channels, std::int64_t layers, std::int64_t heads, const UNetConfig &config)
{
    norm = register_module("norm", GroupNorm(config.groups, channels, transformerGroupEps));
    if (config.linearProjection)
        linearIn = register_module("proj_in", Linear(channels, channels));
    else
        convIn = register_module("proj_in", Conv2d(channels, channels, 1));
    auto list = register_module("transformer_blocks", Branch());
    for (std::int64_t i = 0; i < layers; ++i)
        blocks.push_back(list->add(std::to_string(i), BasicTransformerBlock(channels, config.crossAttentionDim, heads)));
    if (config.linearProjection)
        linearOut = register_module("proj_out", Linear(channels, channels));
    else
        convOut = register_module("proj_out", Conv2d(channels, channels, 1));
}

at::Tensor Transformer2DModelImpl::forward(const at::Tensor &x, const at::Tensor &context)
{
    at::Tensor h = norm(x);
    if (convIn)
        h = convIn(h);
    const auto rowsOf = [](const at::Tensor &picture) { return picture.permute({0, 2, 3, 1}).flatten(1, 2); };  // [B, C, H, W] → [B, H · W, C]; free in channels-last order
    h = rowsOf(h);
    if (linearIn)
        h = linearIn(h);
    for (auto &block : blocks)
        h = block(h, context);
    if (linearOut)
        h = linearOut->addTo(rowsOf(x), h);
    h = h.unflatten(1, {x.size(2), x.size(3)}).permute({0, 3, 1, 2});
    return convOut ? convOut(h) + x : h;
}

UNet2DConditionModelImpl::UNet2DConditionModelImpl(const UNetConfig &dimensions)
    : config(dimensions)
{
    const std::int64_t first = config.channels.front();
    conv_in = register_module("conv_in", Conv2d(config.inChannels, first, 3, 1, 1));
    auto time = register_module("time_embedding", Branch());
    if (config.timeCondDim > 0)
        timeCond = time->add("cond_proj", Linear(config.timeCondDim, first, false));
    time1 = time->add("linear_1", Linear(first, timeDim()));
    time2 = time->add("linear_2", Linear(timeDim(), timeDim()));
    if (config.additionTimeDim > 0) {
        auto addition = register_module("add_embedding", Branch());
        add1 = addition->add("linear_1", Linear(config.additionInputDim, timeDim()));
        add2 = addition->add("linear_2", Linear(timeDim(), timeDim()));
    }
    addDownBlocks();
    addUpBlocks();
    const std::size_t last = config.channels.size() - 1;
    const std::int64_t widest = config.channels.back();
    auto mid = register_module("mid_block", Branch());
    auto attentions = mid->add("attentions", Branch());
    auto resnets = mid->add("resnets", Branch());
    addLayer(m_mid, resnets, attentions, widest, widest, last, true);
    addLayer(m_mid, resnets, attentions, widest, widest, last, false);
    conv_norm_out = register_module("conv_norm_out", GroupNorm(config.groups, first, config.eps));
    conv_out = register_module("conv_out", Conv2d(first, config.outChannels, 3, 1, 1));
}

void UNet2DConditionModelImpl::addLayer(UNetStage &stage, Branch &resnets, Branch &attentions, std::int64_t in, std::int64_t out, std::size_t level, bool hasAttention)
{
    const std::string number = std::to_string(stage.layers.size());
    UNetLayer layer;
    layer.resnet = resnets->add(number, ResnetBlock2D(in, out, timeDim(), config.groups, config.eps));
    if (hasAttention)
        layer.attention = attentions->add(number, Transformer2DModel(out, config.transformerLayers[level], config.heads[level], config));
    stage.layers.push_back(layer);
}

void UNet2DConditionModelImpl::addDownBlocks()
{
    auto list = register_module("down_blocks", Branch());
    std::int64_t in = config.channels.front();
    for (std::size_t level = 0; level < config.channels.size(); ++level) {
        const std::int64_t out = config.channels[level];
        auto block = list->add(std::to_string(level), Branch());
        auto attentions = config.downHasAttention[level] ? block->add("attentions", Branch()) : Branch();
        auto resnets = block->add("resnets", Branch());
        UNetStage stage;
        for (std::int64_t i = 0; i < config.layersPerBlock[level]; ++i)
            addLayer(stage, resnets, attentions, i == 0 ? in : out, out, level, config.downHasAttention[level]);
        if (level + 1 < config.channels.size())
            stage.resample = block->add("downsamplers", Branch())->add("0", Branch())->add("conv", Conv2d(out, out, 3, 2, 1));
        m_down.push_back(stage);
        in = out;
    }
}

void UNet2DConditionModelImpl::addUpBlocks()
{
    auto list = register_module("up_blocks", Branch());
    const std::size_t count = config.channels.size();
    std::int64_t previous = config.channels.back();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t level = count - 1 - i;
        const std::int64_t out = config.channels[level];
        const std::int64_t below = config.channels[level == 0 ? 0 : level - 1];
        auto block = list->add(std::to_string(i), Branch());
        auto attentions = config.upHasAttention[i] ? block->add("attentions", Branch()) : Branch();
        auto resnets = block->add("resnets", Branch());
        UNetStage stage;
        const std::int64_t layers = config.layersPerBlock[level] + 1;
        for (std::int64_t j = 0; j < layers; ++j) {
            const std::int64_t skip = j + 1 == layers ? below : out;
            addLayer(stage, resnets, attentions, (j == 0 ? previous : out) + skip, out, level, config.upHasAttention[i]);
        }
        if (level > 0)
            stage.resample = block->add("upsamplers", Branch())->add("0", Branch())->add("conv", upsampler(out));
        m_up.push_back(stage);
        previous = out;
    }
}

at::Tensor UNet2DConditionModelImpl::embedTime(const at::Tensor &timestep, const UNetCondition &condition, at::ScalarType type)
{
    at::Tensor x = timestepEmbedding(timestep, config.channels.front(), config.flipSinToCos, config.freqShift).to(type);
    if (timeCond && condition.timeCond.defined())
        x = x + timeCond(condition.timeCond.to(type));
    x = time2(at::silu(time1(x)));
    if (!add1)
        return x;
    const at::Tensor sizes = timestepEmbedding(condition.timeIds.flatten(), config.additionTimeDim, config.flipSinToCos, config.freqShift);
    const at::Tensor added = at::cat({condition.pooled.to(type), sizes.view({condition.timeIds.size(0), -1}).to(type)}, 1);
    return x + add2(at::silu(add1(added)));
}

at::Tensor UNet2DConditionModelImpl::forward(const at::Tensor &sample, const at::Tensor &timestep, const UNetCondition &condition)
{
    const at::ScalarType type = conv_in->weight.scalar_type();
    const at::Tensor time = embedTime(timestep, condition, type);
    const at::Tensor text = condition.text.to(type);
    const auto run = [&](UNetLayer &layer, const at::Tensor &x) {
        const at::Tensor h = layer.resnet(x, time);
        return layer.attention ? layer.attention(h, text) : h;
    };
    at::Tensor x = conv_in(sample.to(type).contiguous(at::MemoryFormat::ChannelsLast));
    std::vector<at::Tensor> skips{x};
    for (auto &stage : m_down) {
        for (auto &layer : stage.layers)
            skips.push_back(x = run(layer, x));
        if (stage.resample)
            skips.push_back(x = stage.resample(x));
    }
    for (auto &layer : m_mid.layers)
        x = run(layer, x);
    for (auto &stage : m_up) {
        for (auto &layer : stage.layers) {
            x = run(layer, at::cat({x, skips.back()}, 1));
            skips.pop_back();
        }
        if (stage.resample)  // to the size that it had before: halves are rounded up
            x = stage.resample->ofUpsampled(x, skips.back().size(2), skips.back().size(3));
    }
    return conv_out(conv_norm_out->silu(x));
}

} // namespace Galley::Diffusion
