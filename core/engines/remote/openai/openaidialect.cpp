#include "core/engines/remote/openai/openaidialect.h"

#include <array>
#include <utility>

namespace Galley {

namespace {

using Size = OpenAiDialect::Size;
using Extras = OpenAiDialect::Extras;

constexpr std::array dialects{
    // GPT image models reject response_format; they always answer in base64.
    OpenAiDialect{.name = "openai", .title = "OpenAI", .streams = true, .editPath = "images/edits", .imagePart = "image[]",
                  .maskPath = "images/edits", .maskPart = "mask"},
    // "url" is rejected with 422; unknown members are ignored without a word, so that nothing may be sent on the off chance.
    OpenAiDialect{.name = "vllm-omni", .title = "vLLM-Omni", .responseFormat = "b64_json", .seed = "/seed", .negative = "/negative_prompt",
                  .steps = "/num_inference_steps", .guidance = "/guidance_scale", .editPath = "images/edits", .imagePart = "image",
                  .maskPath = "images/edits", .maskPart = "mask_image"},
    // The default of response_format has changed between versions, so it is always sent. The part "mask" is accepted there and never read.
    OpenAiDialect{.name = "sglang", .title = "SGLang", .responseFormat = "b64_json", .seed = "/seed", .negative = "/negative_prompt",
                  .steps = "/num_inference_steps", .guidance = "/guidance_scale", .editPath = "images/edits", .imagePart = "image[]"},
    OpenAiDialect{.name = "localai", .title = "LocalAI", .responseFormat = "b64_json", .seed = "/seed", .steps = "/step", .negativeAfterBar = true,
                  .maskPath = "images/inpainting", .maskPart = "mask", .imageMember = "file"},
    OpenAiDialect{.name = "xinference", .title = "Xinference", .size = Size::Starred, .extras = Extras::Kwargs, .responseFormat = "b64_json",
                  .seed = "/seed", .negative = "/negative_prompt", .steps = "/num_inference_steps", .guidance = "/guidance_scale",
                  .strength = "/strength", .editPath = "images/variations", .imagePart = "image", .maskPath = "images/inpainting",
                  .maskPart = "mask_image"},
    // Whether response_format may be sent depends on the provider behind it.
    OpenAiDialect{.name = "litellm", .title = "LiteLLM", .editPath = "images/edits", .imagePart = "image[]", .maskPath = "images/edits",
                  .maskPart = "mask"},
    OpenAiDialect{.name = "together", .title = "Together", .size = Size::Edges, .responseFormat = "base64", .seed = "/seed",
                  .negative = "/negative_prompt", .steps = "/steps", .guidance = "/guidance_scale", .imageMember = "image_url", .imageIsDataUrl = true},
    OpenAiDialect{.name = "sd-server", .title = "sd-server", .extras = Extras::PromptTag, .model = false, .seed = "/seed",
                  .negative = "/negative_prompt", .steps = "/sample_params/sample_steps", .guidance = "/sample_params/guidance/txt_cfg",
                  .strength = "/strength", .editPath = "images/edits", .imagePart = "image[]", .maskPath = "images/edits", .maskPart = "mask"},
    OpenAiDialect{.name = "ray-serve", .title = "Ray Serve", .size = Size::LongEdge, .extras = Extras::Query, .model = false, .count = false},
};

} // namespace

QStringList OpenAiDialect::features() const
{
    const std::array<std::pair<const char *, bool>, 9> all{{{"seed", seed != nullptr},
                                                            {"negative", negative || negativeAfterBar},
                                                            {"image", takesStart()},
                                                            {"mask", maskPath != nullptr},
                                                            {"count", count},
                                                            {"stream", streams},
                                                            {"steps", steps != nullptr},
                                                            {"guidance", guidance != nullptr},
                                                            {"strength", strength != nullptr}}};
    QStringList names;
    for (const auto &[feature, carried] : all) {
        if (carried)
            names.append(QLatin1String(feature));
    }
    return names;
}

const OpenAiDialect *findOpenAiDialect(const QString &name)
{
    if (name.isEmpty())
        return &dialects.front();
    for (const OpenAiDialect &dialect : dialects) {
        if (name == QLatin1String(dialect.name))
            return &dialect;
    }
    return nullptr;
}

QStringList openAiDialectNames()
{
    QStringList names;
    for (const OpenAiDialect &dialect : dialects)
        names.append(QLatin1String(dialect.name));
    return names;
}

} // namespace Galley
