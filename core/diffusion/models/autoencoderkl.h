#pragma once

#include "core/diffusion/models/unet2dcondition.h"

namespace Galley::Diffusion {

/// config.json of diffusers' AutoencoderKL.
struct AutoencoderKlConfig
{
    std::int64_t inChannels = 3;
    std::int64_t outChannels = 3;
    std::int64_t latentChannels = 4;
    std::vector<std::int64_t> channels{128, 256, 512, 512};
    std::int64_t layersPerBlock = 2;
    std::int64_t groups = 32;
    double scalingFactor = 0.18215;  ///< also where the file says none
    double shiftFactor = 0;
    bool hasQuantConvs = true;
    bool forceUpcast = false;        ///< overflows in fp16

    static Result<AutoencoderKlConfig> fromJson(const nlohmann::json &json);

    bool operator==(const AutoencoderKlConfig &) const = default;
};

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
    at::Tensor forward(at::Tensor x);

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
    /// [B, 3, H, W] in -1…1 → of the latents, [B, latent, H/8, W/8].
    LatentDistribution encode(const at::Tensor &picture);
    /// [B, latent, H/8, W/8] → [B, 3, H, W], about -1…1.
    at::Tensor decode(const at::Tensor &latents);

    AutoencoderKlConfig config;
    AutoencoderHalf encoder{nullptr}, decoder{nullptr};
    Conv2d quant_conv{nullptr}, post_quant_conv{nullptr};
};
TORCH_MODULE(AutoencoderKl);

/// The name in the module of the tensor \a name in a file.
std::string autoencoderName(std::string name);

/// diffusers' AutoencoderTiny (TAESD, TAESDXL): a small twin of the autoencoder for previews, without attention.
struct AutoencoderTinyConfig
{
    std::int64_t latentChannels = 4;
    std::int64_t channels = 64;
    std::vector<std::int64_t> encoderBlocks{1, 3, 3, 3};
    std::vector<std::int64_t> decoderBlocks{3, 3, 3, 1};
    double scalingFactor = 1;

    static Result<AutoencoderTinyConfig> fromJson(const nlohmann::json &json);

    bool operator==(const AutoencoderTinyConfig &) const = default;
};

struct AutoencoderTinyBlockImpl : torch::nn::Module
{
    explicit AutoencoderTinyBlockImpl(std::int64_t channels);
    at::Tensor forward(const at::Tensor &x);

    Conv2d conv0{nullptr}, conv2{nullptr}, conv4{nullptr};
};
TORCH_MODULE(AutoencoderTinyBlock);

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
        bool isUpsampled = false;  ///< doubled before
    };
    std::vector<Layer> m_encoder, m_decoder;
};
TORCH_MODULE(AutoencoderTiny);

} // namespace Galley::Diffusion
