#pragma once

#include "core/diffusion/models/layers.h"
#include "core/diffusion/models/unetconfig.h"

#include <vector>

namespace Galley::Diffusion {

/// Sines and cosines of \a values (Vaswani et al. 2017): [n] → [n, size] float32.
at::Tensor timestepEmbedding(const at::Tensor &values, std::int64_t size, bool flipSinToCos, double freqShift);

/// What goes along with the latents.
struct UNetCondition
{
    at::Tensor text;      ///< [B, N, crossAttentionDim]
    at::Tensor pooled;    ///< SDXL: [B, pooled dim]
    at::Tensor timeIds;   ///< SDXL: [B, 6] float32: original height and width, crop top and left, target height and width
    at::Tensor timeCond;  ///< LCM: [B, timeCondDim]
};

struct ResnetBlock2DImpl : torch::nn::Module
{
    /// \a timeDim 0: without time, as in the autoencoder.
    ResnetBlock2DImpl(std::int64_t in, std::int64_t out, std::int64_t timeDim, std::int64_t groups, double eps);
    at::Tensor forward(const at::Tensor &x, const at::Tensor &time = {});

    GroupNorm norm1{nullptr}, norm2{nullptr};
    Conv2d conv1{nullptr}, conv2{nullptr}, conv_shortcut{nullptr};
    Linear time_emb_proj{nullptr};
};
TORCH_MODULE(ResnetBlock2D);

struct AttentionImpl : torch::nn::Module
{
    AttentionImpl(std::int64_t size, std::int64_t contextSize, std::int64_t headCount);
    /// \a other plus the attention of \a x to \a context.
    at::Tensor addTo(const at::Tensor &other, const at::Tensor &x, const at::Tensor &context);

    std::int64_t heads;
    Linear to_q{nullptr}, to_k{nullptr}, to_v{nullptr}, to_out{nullptr};
};
TORCH_MODULE(Attention);

struct BasicTransformerBlockImpl : torch::nn::Module
{
    BasicTransformerBlockImpl(std::int64_t size, std::int64_t contextSize, std::int64_t heads);
    at::Tensor forward(const at::Tensor &x, const at::Tensor &context);

    LayerNorm norm1{nullptr}, norm2{nullptr}, norm3{nullptr};
    Attention attn1{nullptr}, attn2{nullptr};
    Linear proj{nullptr}, out{nullptr};  ///< ff.net.0.proj (GEGLU, Shazeer 2020) and ff.net.2
};
TORCH_MODULE(BasicTransformerBlock);

struct Transformer2DModelImpl : torch::nn::Module
{
    Transformer2DModelImpl(std::int64_t channels, std::int64_t layers, std::int64_t heads, const UNetConfig &config);
    at::Tensor forward(const at::Tensor &x, const at::Tensor &context);

    GroupNorm norm{nullptr};
    Conv2d convIn{nullptr}, convOut{nullptr};      ///< proj_in and proj_out of SD 1.5
    Linear linearIn{nullptr}, linearOut{nullptr};  ///< the same of SD 2 and SDXL
    std::vector<BasicTransformerBlock> blocks;
};
TORCH_MODULE(Transformer2DModel);

/// A resnet, and the transformer behind it where there is one.
struct UNetLayer
{
    ResnetBlock2D resnet{nullptr};
    Transformer2DModel attention{nullptr};
};

struct UNetStage
{
    std::vector<UNetLayer> layers;
    Conv2d resample{nullptr};  ///< of the down- or upsampler; empty at the end
};

/// The denoiser of latent diffusion (Rombach et al. 2022), with diffusers' tensor names.
struct UNet2DConditionModelImpl : torch::nn::Module
{
    explicit UNet2DConditionModelImpl(const UNetConfig &dimensions);
    /// \a sample: [B, in, H, W]; \a timestep: [B] float32 → [B, out, H, W]. H and W as they are after each halving rounded up.
    at::Tensor forward(const at::Tensor &sample, const at::Tensor &timestep, const UNetCondition &condition);

    UNetConfig config;

private:
    at::Tensor embedTime(const at::Tensor &timestep, const UNetCondition &condition, at::ScalarType type);
    std::int64_t timeDim() const { return 4 * config.channels.front(); }
    void addLayer(UNetStage &stage, Branch &resnets, Branch &attentions, std::int64_t in, std::int64_t out, std::size_t level, bool hasAttention);
    void addDownBlocks();
    void addUpBlocks();

    Conv2d conv_in{nullptr}, conv_out{nullptr};
    Linear time1{nullptr}, time2{nullptr}, timeCond{nullptr}, add1{nullptr}, add2{nullptr};
    std::vector<UNetStage> m_down, m_up;
    UNetStage m_mid;
    GroupNorm conv_norm_out{nullptr};
};
TORCH_MODULE(UNet2DConditionModel);

} // namespace Galley::Diffusion
