#pragma once

#include "core/diffusion/models/draftconfig.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <cstdint>

namespace Galley::Diffusion {

// The twin of packaging/draft-model/model.py: class and sub-module names are the same there, so that a tensor's key in the file is its name
// here. Runs in float32; convert() brings the convolutions to bfloat16, while the condition and the picture stay float32.

/// The first count × count two-dimensional cosines at the pixel centres of any grid → [count², height · width] in float32.
at::Tensor cosineBasis(std::int64_t height, std::int64_t width, std::int64_t count, at::Device device);

/// Clamps [B, 4, H, W] to what a premultiplied picture may be: alpha to 0…1, colours to 0…alpha.
at::Tensor premultiplied(const at::Tensor &x);

/// [1, noiseDim] standard normal numbers of the CPU's generator, the same for every device. Seed 0 draws in natural colours: the two that vary them are 0.
at::Tensor noiseFromSeed(std::uint64_t seed, const DraftConfig &config);

struct TextEncoderImpl : torch::nn::Module
{
    explicit TextEncoderImpl(const DraftConfig &config);
    at::Tensor forward(const at::Tensor &vector);

    double scale;
    torch::nn::Linear linear1{nullptr};
    torch::nn::Linear linear2{nullptr};
};
TORCH_MODULE(TextEncoder);

struct ResnetBlockImpl : torch::nn::Module
{
    ResnetBlockImpl(std::int64_t channels, std::int64_t condDim, std::int64_t groups);
    at::Tensor forward(const at::Tensor &x, const at::Tensor &cond);

    torch::nn::GroupNorm norm1{nullptr};
    torch::nn::Conv2d conv1{nullptr};
    torch::nn::Linear cond_proj{nullptr};
    torch::nn::GroupNorm norm2{nullptr};
    torch::nn::Conv2d conv2{nullptr};
};
TORCH_MODULE(ResnetBlock);

struct StageImpl : torch::nn::Module
{
    StageImpl(std::int64_t inChannels, std::int64_t channels, std::int64_t blocks, const DraftConfig &config);
    at::Tensor forward(at::Tensor x, const at::Tensor &cond);

    torch::nn::Conv2d conv_in{nullptr};
    torch::nn::ModuleList resnets;
};
TORCH_MODULE(Stage);

struct GeneratorImpl : torch::nn::Module
{
    explicit GeneratorImpl(const DraftConfig &dimensions);
    /// [B, condDim] float32 → [B, 4, height, width] float32, unbounded.
    at::Tensor forward(const at::Tensor &cond, std::int64_t height, std::int64_t width);

    DraftConfig config;
    torch::nn::Linear stem{nullptr};
    torch::nn::ModuleList stages;
    torch::nn::GroupNorm norm_out{nullptr};
    torch::nn::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Generator);

struct RefinerImpl : torch::nn::Module
{
    explicit RefinerImpl(const DraftConfig &config);
    /// Premultiplied [B, 4, H, W] float32, [B, condDim] and [B, detailChannels, H / 8, W / 8], undefined for a model without details → [B, 4, H, W] float32,
    /// a residual.
    at::Tensor forward(const at::Tensor &picture, const at::Tensor &cond, const at::Tensor &detail);

    torch::nn::Conv2d conv_in{nullptr};
    torch::nn::ModuleList resnets;
    torch::nn::GroupNorm norm_out{nullptr};
    torch::nn::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Refiner);

/// What the generator forgets of a drawing: the numbers of each cell → its 8 × 8 pixels, to be added to the picture.
struct DetailImpl : torch::nn::Module
{
    explicit DetailImpl(const DraftConfig &config);
    /// [B, detailChannels, H / 8, W / 8] → [B, 4, H, W], float32.
    at::Tensor forward(const at::Tensor &detail);

    torch::nn::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Detail);

struct UpsamplerBlockImpl : torch::nn::Module
{
    explicit UpsamplerBlockImpl(std::int64_t channels);
    at::Tensor forward(const at::Tensor &x);

    torch::nn::Conv2d conv1{nullptr};
    torch::nn::Conv2d conv2{nullptr};
};
TORCH_MODULE(UpsamplerBlock);

/// The picture that is shown, at twice the generator's size.
struct UpsamplerImpl : torch::nn::Module
{
    explicit UpsamplerImpl(const DraftConfig &config);
    /// Premultiplied [B, 4, H, W] float32 → [B, 4, 2H, 2W] float32, unbounded.
    at::Tensor forward(const at::Tensor &picture);

    torch::nn::Conv2d conv_in{nullptr};
    torch::nn::ModuleList blocks;
    torch::nn::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Upsampler);

struct DraftModelImpl : torch::nn::Module
{
    explicit DraftModelImpl(const DraftConfig &dimensions);

    /// [B, textDim], [B] int64, [B, paletteSize, 4], [B, noiseDim] → [B, condDim].
    at::Tensor condition(const at::Tensor &vector, const at::Tensor &style, const at::Tensor &palette, const at::Tensor &noise);
    /// The first step: [B, condDim] and the details of the captions, or noDetail() → premultiplied [B, 4, height, width], of the generator's size.
    at::Tensor generate(const at::Tensor &cond, const at::Tensor &detail, std::int64_t height, std::int64_t width);
    /// Each further step of a picture.
    at::Tensor refine(const at::Tensor &picture, const at::Tensor &cond, const at::Tensor &detail);
    /// What is shown of a picture after any step: premultiplied, enlargement() times as high and wide.
    at::Tensor show(const at::Tensor &picture);
    /// For a picture of the generator: zeros [1, detailChannels, height / 8, width / 8] on the model's device; undefined where the model has no details.
    at::Tensor noDetail(std::int64_t height, std::int64_t width) const;
    /// → premultiplied [B, 4, height, width], the size that is shown. \a detail [B, detailChannels, h / 8, w / 8], undefined: none; h, w: of the generator.
    at::Tensor forward(const at::Tensor &vector, const at::Tensor &style, const at::Tensor &palette, const at::Tensor &noise,
                       std::int64_t height, std::int64_t width, int steps, const at::Tensor &detail = {});

    /// Moves the model to \a device with convolutions of \a type in channels-last order. Called once, after loading.
    void convert(at::Device device, at::ScalarType type);

    DraftConfig config;
    TextEncoder text_encoder{nullptr};
    torch::nn::Embedding style_embedding{nullptr};
    torch::nn::Linear cond_in{nullptr};
    torch::nn::Linear cond_out{nullptr};
    Generator generator{nullptr};
    Refiner refiner{nullptr};
    Detail detail{nullptr};  ///< null where the model has no details
    Upsampler upsampler{nullptr};  ///< null where pictures are shown at the generator's size
};
TORCH_MODULE(DraftModel);

} // namespace Galley::Diffusion
