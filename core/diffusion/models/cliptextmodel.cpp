#include "core/diffusion/models/cliptextmodel.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>
#include <string>

namespace Galley::Diffusion {

Result<ClipTextConfig> ClipTextConfig::fromJson(const nlohmann::json &json)
{
    ConfigReader reader(json);
    ClipTextConfig config;
    config.vocabSize = reader.whole("vocab_size", config.vocabSize, 3, 1'000'000);
    config.hiddenSize = reader.whole("hidden_size", 512, 1, 8192);
    config.intermediateSize = reader.whole("intermediate_size", 2048, 1, 65536);
    config.layers = reader.whole("num_hidden_layers", 12, 1, 128);
    config.heads = reader.whole("num_attention_heads", 8, 1, 256);
    config.positions = reader.whole("max_position_embeddings", config.positions, 2, 1024);
    config.eps = reader.number("layer_norm_eps", config.eps);
    config.quickGelu = reader.word("hidden_act", "quick_gelu", {"quick_gelu", "gelu"}) == "quick_gelu";
    // Every CLIP text model says a projection_dim; only the class with the projection has one.
    const auto classes = reader.words("architectures", {}, 8);
    if (std::find(classes.begin(), classes.end(), "CLIPTextModelWithProjection") != classes.end())
        config.projectionDim = reader.whole("projection_dim", 512, 1, 8192);
    if (config.hiddenSize % config.heads != 0)
        reader.complain("\"hidden_size\" must be a multiple of \"num_attention_heads\".");
    if (!(config.eps > 0))
        reader.complain("\"layer_norm_eps\" must be greater than 0.");
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, reader.problem);
    return config;
}

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
