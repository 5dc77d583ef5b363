#include "core/diffusion/models/draftmodel.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/init.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace Galley::Diffusion {

namespace {

torch::nn::Conv2d conv3x3(std::int64_t in, std::int64_t out)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).padding(1));
}

torch::nn::GroupNorm groupNorm(std::int64_t groups, std::int64_t channels)
{
    return torch::nn::GroupNorm(torch::nn::GroupNormOptions(groups, channels));
}

at::ScalarType typeOf(const torch::nn::Conv2d &conv)
{
    return conv->weight.scalar_type();
}

} // namespace

at::Tensor cosineBasis(std::int64_t height, std::int64_t width, std::int64_t count, at::Device device)
{
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    const at::Tensor k = at::arange(count, options);
    const at::Tensor y = (at::arange(height, options) + 0.5) / height;
    const at::Tensor x = (at::arange(width, options) + 0.5) / width;
    const at::Tensor by = at::cos(std::numbers::pi * k.unsqueeze(1) * y.unsqueeze(0));  // [count, height]
    const at::Tensor bx = at::cos(std::numbers::pi * k.unsqueeze(1) * x.unsqueeze(0));  // [count, width]
    // [count, 1, height, 1] · [1, count, 1, width] → [count, count, height, width] → [count², height · width]
    return (by.view({count, 1, height, 1}) * bx.view({1, count, 1, width})).reshape({count * count, height * width});
}

at::Tensor premultiplied(const at::Tensor &x)
{
    const at::Tensor alpha = x.narrow(1, 3, 1).clamp(0, 1);
    return at::cat({at::minimum(x.narrow(1, 0, 3).clamp_min(0), alpha), alpha}, 1);
}

at::Tensor noiseFromSeed(std::uint64_t seed, const DraftConfig &config)
{
    const at::Generator generator = at::detail::createCPUGenerator(seed);
    at::Tensor noise = at::randn({1, config.noiseDim}, generator, at::TensorOptions().dtype(at::kFloat));
    if (seed == 0)
        noise.narrow(1, 0, std::min<std::int64_t>(2, config.noiseDim)).zero_();
    return noise;
}

TextEncoderImpl::TextEncoderImpl(const DraftConfig &config)
    : scale(std::sqrt(static_cast<double>(config.textDim)))
{
    linear1 = register_module("linear1", torch::nn::Linear(config.textDim, config.textHidden));
    linear2 = register_module("linear2", torch::nn::Linear(config.textHidden, config.textDim));
}

at::Tensor TextEncoderImpl::forward(const at::Tensor &vector)
{
    const at::Tensor x = vector * scale;
    return x + linear2(at::silu(linear1(x)));
}

ResnetBlockImpl::ResnetBlockImpl(std::int64_t channels, std::int64_t condDim, std::int64_t groups)
{
    norm1 = register_module("norm1", groupNorm(groups, channels));
    conv1 = register_module("conv1", conv3x3(channels, channels));
    cond_proj = register_module("cond_proj", torch::nn::Linear(condDim, 2 * channels));
    norm2 = register_module("norm2", groupNorm(groups, channels));
    conv2 = register_module("conv2", conv3x3(channels, channels));
}

at::Tensor ResnetBlockImpl::forward(const at::Tensor &x, const at::Tensor &cond)
{
    at::Tensor h = conv1(at::silu(norm1(x)));
    // [B, 2C] → [B, 2C, 1, 1] → scale and shift, each [B, C, 1, 1]
    const auto film = cond_proj(cond).unsqueeze(2).unsqueeze(3).chunk(2, 1);
    h = norm2(h) * (1 + film[0]) + film[1];
    return x + conv2(at::silu(h));
}

StageImpl::StageImpl(std::int64_t inChannels, std::int64_t channels, std::int64_t blocks, const DraftConfig &config)
{
    conv_in = register_module("conv_in", conv3x3(inChannels, channels));
    for (std::int64_t i = 0; i < blocks; ++i)
        resnets->push_back(ResnetBlock(channels, config.condDim, config.groups));
    register_module("resnets", resnets);
}

at::Tensor StageImpl::forward(at::Tensor x, const at::Tensor &cond)
{
    x = conv_in(x);
    for (const auto &resnet : *resnets)
        x = resnet->as<ResnetBlock>()->forward(x, cond);
    return x;
}

GeneratorImpl::GeneratorImpl(const DraftConfig &dimensions)
    : config(dimensions)
{
    stem = register_module("stem", torch::nn::Linear(config.condDim, config.stemChannels * config.basis * config.basis));
    std::int64_t width = config.stemChannels;
    for (std::size_t i = 0; i < config.channels.size(); ++i) {
        stages->push_back(Stage(width, config.channels[i], config.blocks[i], config));
        width = config.channels[i];
    }
    register_module("stages", stages);
    norm_out = register_module("norm_out", groupNorm(config.groups, width));
    conv_out = register_module("conv_out", conv3x3(width, 16));
}

at::Tensor GeneratorImpl::forward(const at::Tensor &cond, std::int64_t height, std::int64_t width)
{
    const std::int64_t factor = std::int64_t{1} << config.channels.size();
    const std::int64_t h = height / factor;
    const std::int64_t w = width / factor;
    const at::Tensor basis = cosineBasis(h, w, config.basis, cond.device());
    at::Tensor x = stem(cond).unflatten(1, {config.stemChannels, config.basis * config.basis});  // [B, C, basis²]
    x = at::matmul(x, basis).unflatten(2, {h, w});                                               // [B, C, h, w]
    const at::ScalarType type = typeOf(conv_out);
    x = x.to(type).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor typedCond = cond.to(type);
    for (std::size_t i = 0; i < stages->size(); ++i) {
        if (i > 0)
            x = at::upsample_nearest2d(x, {x.size(2) * 2, x.size(3) * 2});
        x = stages[i]->as<Stage>()->forward(x, typedCond);
    }
    return at::pixel_shuffle(conv_out(at::silu(norm_out(x))), 2).to(at::kFloat);  // [B, 16, H/2, W/2] → [B, 4, H, W]
}

RefinerImpl::RefinerImpl(const DraftConfig &config)
{
    conv_in = register_module("conv_in", conv3x3(64 + config.detailChannels, config.refinerChannels));
    for (std::int64_t i = 0; i < config.refinerBlocks; ++i)
        resnets->push_back(ResnetBlock(config.refinerChannels, config.condDim, config.groups));
    register_module("resnets", resnets);
    norm_out = register_module("norm_out", groupNorm(config.groups, config.refinerChannels));
    conv_out = register_module("conv_out", conv3x3(config.refinerChannels, 64));
}

at::Tensor RefinerImpl::forward(const at::Tensor &picture, const at::Tensor &cond, const at::Tensor &detail)
{
    const at::ScalarType type = typeOf(conv_out);
    at::Tensor x = at::pixel_unshuffle(picture * 2 - 1, 4);  // [B, 4, H, W] → [B, 64, H/4, W/4]
    if (detail.defined())
        x = at::cat({x, at::upsample_nearest2d(detail, {x.size(2), x.size(3)})}, 1);
    x = conv_in(x.to(type).contiguous(at::MemoryFormat::ChannelsLast));
    const at::Tensor typedCond = cond.to(type);
    for (const auto &resnet : *resnets)
        x = resnet->as<ResnetBlock>()->forward(x, typedCond);
    return at::pixel_shuffle(conv_out(at::silu(norm_out(x))), 4).to(at::kFloat);  // [B, 64, H/4, W/4] → [B, 4, H, W]
}

DetailImpl::DetailImpl(const DraftConfig &config)
{
    conv_out = register_module("conv_out", torch::nn::Conv2d(torch::nn::Conv2dOptions(config.detailChannels, 4 * detailCell * detailCell, 1).bias(false)));
}

at::Tensor DetailImpl::forward(const at::Tensor &detail)
{
    return at::pixel_shuffle(conv_out(detail), detailCell);
}

UpsamplerBlockImpl::UpsamplerBlockImpl(std::int64_t channels)
{
    conv1 = register_module("conv1", conv3x3(channels, channels));
    conv2 = register_module("conv2", conv3x3(channels, channels));
}

at::Tensor UpsamplerBlockImpl::forward(const at::Tensor &x)
{
    return x + conv2(at::silu(conv1(at::silu(x))));
}

UpsamplerImpl::UpsamplerImpl(const DraftConfig &config)
{
    conv_in = register_module("conv_in", conv3x3(16, config.upsamplerChannels));
    for (std::int64_t i = 0; i < config.upsamplerBlocks; ++i)
        blocks->push_back(UpsamplerBlock(config.upsamplerChannels));
    register_module("blocks", blocks);
    conv_out = register_module("conv_out", conv3x3(config.upsamplerChannels, 64));
}

at::Tensor UpsamplerImpl::forward(const at::Tensor &picture)
{
    at::Tensor x = at::pixel_unshuffle(picture * 2 - 1, 2);  // [B, 4, H, W] → [B, 16, H/2, W/2]
    x = conv_in(x.to(typeOf(conv_out)).contiguous(at::MemoryFormat::ChannelsLast));
    for (const auto &block : *blocks)
        x = block->as<UpsamplerBlock>()->forward(x);
    const at::Tensor residual = at::pixel_shuffle(conv_out(at::silu(x)), 4).to(at::kFloat);  // [B, 64, H/2, W/2] → [B, 4, 2H, 2W]
    return at::upsample_bilinear2d(picture, {2 * picture.size(2), 2 * picture.size(3)}, false) + residual;
}

DraftModelImpl::DraftModelImpl(const DraftConfig &dimensions)
    : config(dimensions)
{
    text_encoder = register_module("text_encoder", TextEncoder(config));
    style_embedding = register_module("style_embedding", torch::nn::Embedding(config.styleCount, config.styleDim));
    const std::int64_t inDim = config.textDim + config.styleDim + 4 * config.paletteSize + config.noiseDim;
    cond_in = register_module("cond_in", torch::nn::Linear(inDim, config.condDim));
    cond_out = register_module("cond_out", torch::nn::Linear(config.condDim, config.condDim));
    generator = register_module("generator", Generator(config));
    refiner = register_module("refiner", Refiner(config));
    if (config.detailChannels > 0)
        detail = register_module("detail", Detail(config));
    if (config.upsamplerChannels > 0)
        upsampler = register_module("upsampler", Upsampler(config));
}

at::Tensor DraftModelImpl::condition(const at::Tensor &vector, const at::Tensor &style, const at::Tensor &palette, const at::Tensor &noise)
{
    // [B, textDim + styleDim + 4 · paletteSize + noiseDim]
    const at::Tensor parts = at::cat({text_encoder(vector), style_embedding(style), palette.flatten(1), noise}, 1);
    return at::silu(cond_out(at::silu(cond_in(parts))));
}

at::Tensor DraftModelImpl::noDetail(std::int64_t height, std::int64_t width) const
{
    return detail ? at::zeros({1, config.detailChannels, height / detailCell, width / detailCell}, cond_in->weight.options()) : at::Tensor();
}

at::Tensor DraftModelImpl::generate(const at::Tensor &cond, const at::Tensor &details, std::int64_t height, std::int64_t width)
{
    const at::Tensor x = generator(cond, height, width);
    return premultiplied(details.defined() ? x + detail(details) : x);
}

at::Tensor DraftModelImpl::refine(const at::Tensor &picture, const at::Tensor &cond, const at::Tensor &details)
{
    return premultiplied(picture + refiner(picture, cond, details));
}

at::Tensor DraftModelImpl::forward(const at::Tensor &vector, const at::Tensor &style, const at::Tensor &palette, const at::Tensor &noise,
                                   std::int64_t height, std::int64_t width, int steps, const at::Tensor &given)
{
    const at::Tensor cond = condition(vector, style, palette, noise);
    const std::int64_t h = height / config.enlargement();
    const std::int64_t w = width / config.enlargement();
    const at::Tensor known = given.defined() ? given : noDetail(h, w);
    const at::Tensor details = known.defined() ? known.expand({cond.size(0), -1, -1, -1}) : known;
    at::Tensor x = generate(cond, details, h, w);
    for (int step = 1; step < steps; ++step)
        x = refine(x, cond, details);
    return show(x);
}

at::Tensor DraftModelImpl::show(const at::Tensor &picture)
{
    return upsampler ? premultiplied(upsampler(picture)) : picture;
}

void DraftModelImpl::convert(at::Device device, at::ScalarType type)
{
    const at::NoGradGuard noGrad;
    to(device);
    for (const auto &stage : *generator->stages)
        stage->to(type);
    generator->norm_out->to(type);
    generator->conv_out->to(type);
    refiner->to(type);
    if (upsampler)
        upsampler->to(type);
    for (at::Tensor &parameter : parameters()) {
        parameter.requires_grad_(false);
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
}

} // namespace Galley::Diffusion
