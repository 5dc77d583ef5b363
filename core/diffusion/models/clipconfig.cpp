#include "core/diffusion/models/clipconfig.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>

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

} // namespace Galley::Diffusion
