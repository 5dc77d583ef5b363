#pragma once

#include "core/diffusion/models/clipconfig.h"
#include "core/diffusion/models/layers.h"

#include <vector>

namespace Galley::Diffusion {

struct ClipTextFeatures
{
    at::Tensor last;         ///< [B, N, hidden] after the final norm
    at::Tensor penultimate;  ///< [B, N, hidden] that the last layer takes, without the final norm
    at::Tensor pooled;       ///< [B, projection or hidden] at the first end token
};

struct ClipAttentionImpl : torch::nn::Module
{
    ClipAttentionImpl(std::int64_t size, std::int64_t headCount);
    at::Tensor forward(const at::Tensor &x);

    std::int64_t heads;
    Linear q_proj{nullptr}, k_proj{nullptr}, v_proj{nullptr}, out_proj{nullptr};
};
TORCH_MODULE(ClipAttention);

struct ClipEncoderLayerImpl : torch::nn::Module
{
    explicit ClipEncoderLayerImpl(const ClipTextConfig &config);
    at::Tensor forward(const at::Tensor &x);

    bool quickGelu;
    LayerNorm layer_norm1{nullptr}, layer_norm2{nullptr};
    ClipAttention self_attn{nullptr};
    Linear fc1{nullptr}, fc2{nullptr};
};
TORCH_MODULE(ClipEncoderLayer);

/// The text tower of CLIP (Radford et al. 2021), with the tensor names of the files: those that transformers 5 gives its modules lack "text_model".
struct ClipTextModelImpl : torch::nn::Module
{
    explicit ClipTextModelImpl(const ClipTextConfig &dimensions);
    /// \a ids: [B, N] int64, N at most the positions; \a endId: the pooled row is the first of these, as in transformers.
    ClipTextFeatures forward(const at::Tensor &ids, std::int64_t endId);

    ClipTextConfig config;
    Embedding token_embedding{nullptr}, position_embedding{nullptr};
    std::vector<ClipEncoderLayer> layers;
    LayerNorm final_layer_norm{nullptr};
    Linear text_projection{nullptr};
};
TORCH_MODULE(ClipTextModel);

} // namespace Galley::Diffusion
