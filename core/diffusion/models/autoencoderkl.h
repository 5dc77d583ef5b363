#pragma once

#include "core/diffusion/models/autoencoderconfig.h"
#include "core/diffusion/models/unet2dcondition.h"

#include <functional>

namespace Galley::Diffusion {

/// Self-attention over all places of a picture, with a norm and a residual of its own.
struct PictureAttentionImpl : torch::nn::Module
{
    PictureAttentionImpl(std::int64_t channels, std::int64_t groups);
    at::Tensor forward(const at::Tensor &x);

    GroupNorm group_norm{nullptr};
    Linear to_q{nullptr}, to_k{nullptr}, to_v{nullptr}, to_out{nullptr};
};
TORCH_MODULE(PictureAttention);

/// One half: conv_in, stages, middle, conv_out.
struct AutoencoderHalfImpl : torch::nn::Module
{
    AutoencoderHalfImpl(const AutoencoderKlConfig &config, bool isEncoder);
    /// \a between is called before each block.
    at::Tensor forward(at::Tensor x, const std::function<void()> &between);

private:
    at::Tensor middle(const at::Tensor &x);

    bool m_isEncoder;
    Conv2d conv_in{nullptr}, conv_out{nullptr};
    std::vector<UNetStage> m_stages;
    ResnetBlock2D m_before{nullptr}, m_after{nullptr};
    PictureAttention m_attention{nullptr};
    GroupNorm conv_norm_out{nullptr};
};
TORCH_MODULE(AutoencoderHalf);

/// What a picture may have been as latents: normal, each number for itself.
struct LatentDistribution
{
    at::Tensor mean;
    at::Tensor deviation;
};

/// The autoencoder of latent diffusion, with diffusers' tensor names; scaling is the caller's. What older files call query, key, value and proj_attn is
/// renamed by autoencoderNames().
struct AutoencoderKlImpl : torch::nn::Module
{
    explicit AutoencoderKlImpl(const AutoencoderKlConfig &dimensions);
    /// [B, 3, H, W] in -1…1 → of the latents, [B, latent, H/8, W/8]. \a between is called before each block, and may end it all by an exception.
    LatentDistribution encode(const at::Tensor &picture, const std::function<void()> &between = {});
    /// [B, latent, H/8, W/8] → [B, 3, H, W], about -1…1. \a between as above.
    at::Tensor decode(const at::Tensor &latents, const std::function<void()> &between = {});

    AutoencoderKlConfig config;
    AutoencoderHalf encoder{nullptr}, decoder{nullptr};
    Conv2d quant_conv{nullptr}, post_quant_conv{nullptr};
};
TORCH_MODULE(AutoencoderKl);

struct AutoencoderTinyBlockImpl : torch::nn::Module
{
    explicit AutoencoderTinyBlockImpl(std::int64_t channels);
    at::Tensor forward(const at::Tensor &x);

    Conv2d conv0{nullptr}, conv2{nullptr}, conv4{nullptr};
};
TORCH_MODULE(AutoencoderTinyBlock);

/// diffusers' AutoencoderTiny (TAESD, TAESDXL): a small twin of the autoencoder for previews, without attention.
struct AutoencoderTinyImpl : torch::nn::Module
{
    explicit AutoencoderTinyImpl(const AutoencoderTinyConfig &dimensions);
    /// [B, 3, H, W] in -1…1 → the latents.
    at::Tensor encode(const at::Tensor &picture);
    /// As AutoencoderKlImpl's.
    at::Tensor decode(const at::Tensor &latents);

    AutoencoderTinyConfig config;

private:
    struct Layer
    {
        Conv2d conv{nullptr};
        AutoencoderTinyBlock block{nullptr};
    };
    std::vector<Layer> m_encoder, m_decoder;
};
TORCH_MODULE(AutoencoderTiny);

} // namespace Galley::Diffusion
