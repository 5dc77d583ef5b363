#include "core/diffusion/models/cliptextmodel.h"

#include <string>

namespace Galley::Diffusion {

ClipAttentionImpl::ClipAttentionImpl(std::int64_t size, std::int64_t headCount)
    : heads(headCount)
{
    q_proj = register_module("q_proj", Linear(size, size));
    k_proj = register_module("k_proj", Linear(size, size));
    v_proj = register_module("v_proj", Linear(size, size));
    out_proj = register_module("out_proj", Linear(size, size));
}

at::Tensor ClipAttentionImpl::forward(const at::Tensor &x)
{
    return out_proj(attend(q_proj(x), k_proj(x), v_proj(x), heads, true));
}

ClipEncoderLayerImpl::ClipEncoderLayerImpl(const ClipTextConfig &config)
    : quickGelu(config.quickGelu)
{
    layer_norm1 = register_module("layer_norm1", LayerNorm(config.hiddenSize, config.eps));
    self_attn = register_module("self_attn", ClipAttention(config.hiddenSize, config.heads));
    layer_norm2 = register_module("layer_norm2", LayerNorm(config.hiddenSize, config.eps));
    auto mlp = register_module("mlp", Branch());
    fc1 = mlp->add("fc1", Linear(config.hiddenSize, config.intermediateSize));
    fc2 = mlp->add("fc2", Linear(config.intermediateSize, config.hiddenSize));
}

at::Tensor ClipEncoderLayerImpl::forward(const at::Tensor &x)
{
    const at::Tensor attended = x + self_attn(layer_norm1(x));
    const at::Tensor wide = fc1(layer_norm2(attended));
    return attended + fc2(quickGelu ? wide * at::sigmoid(1.702 * wide) : at::gelu(wide));
}

ClipTextModelImpl::ClipTextModelImpl(const ClipTextConfig &dimensions)
    : config(dimensions)
{
    auto text = register_module("text_model", Branch());
    auto embeddings = text->add("embeddings", Branch());
    token_embedding = embeddings->add("token_embedding", Embedding(config.vocabSize, config.hiddenSize));
    position_embedding = embeddings->add("position_embedding", Embedding(config.positions, config.hiddenSize));
    auto list = text->add("encoder", Branch())->add("layers", Branch());
    for (std::int64_t i = 0; i < config.layers; ++i)
        layers.push_back(list->add(std::to_string(i), ClipEncoderLayer(config)));
    final_layer_norm = text->add("final_layer_norm", LayerNorm(config.hiddenSize, config.eps));
    if (config.projectionDim > 0)
        text_projection = register_module("text_projection", Linear(config.hiddenSize, config.projectionDim, false));
}

ClipTextFeatures ClipTextModelImpl::forward(const at::Tensor &ids, std::int64_t endId)
{
    ClipTextFeatures features;
    at::Tensor x = token_embedding(ids) + position_embedding->weight.narrow(0, 0, ids.size(1));
    for (std::size_t i = 0; i < layers.size(); ++i) {
        features.penultimate = x;
        x = layers[i](x);
    }
    features.last = final_layer_norm(x);
    const at::Tensor place = ids.eq(endId).to(at::kInt).argmax(1);  // [B], the first
    features.pooled = features.last.index({at::arange(ids.size(0), place.options()), place});
    if (text_projection)
        features.pooled = text_projection(features.pooled);
    return features;
}

} // namespace Galley::Diffusion
