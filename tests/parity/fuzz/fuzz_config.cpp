// libFuzzer: a JSON text goes to every reader of a configuration. A configuration that is taken must be one that a model can be made of.
#include "core/diffusion/models/autoencoderconfig.h"
#include "core/diffusion/models/clipconfig.h"
#include "core/diffusion/models/draftconfig.h"
#include "core/diffusion/models/unetconfig.h"
#include "core/diffusion/schedulers/scheduler.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

using namespace Galley::Diffusion;

namespace {

template<class Config>
bool read(const nlohmann::json &json, Config &config)
{
    auto result = Config::fromJson(json);
    if (!result && result.error().message.empty())
        std::abort();
    if (result)
        config = std::move(*result);
    return result.has_value();
}

void demand(bool condition)
{
    if (!condition)
        std::abort();
}

void checkUNet(const UNetConfig &config)
{
    const std::size_t levels = config.channels.size();
    demand(levels > 0 && config.layersPerBlock.size() == levels && config.heads.size() == levels && config.transformerLayers.size() == levels);
    demand(config.downHasAttention.size() == levels && config.upHasAttention.size() == levels);
    for (std::size_t i = 0; i < levels; ++i)
        demand(config.heads[i] > 0 && config.channels[i] % config.heads[i] == 0 && config.channels[i] % config.groups == 0 && config.layersPerBlock[i] > 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto json = nlohmann::json::parse(std::string_view(reinterpret_cast<const char *>(data), size), nullptr, false);
    if (!json.is_object())  // as readJsonObject() refuses it
        return 0;
    UNetConfig unet;
    if (read(json, unet))
        checkUNet(unet);
    ClipTextConfig clip;
    if (read(json, clip))
        demand(clip.heads > 0 && clip.hiddenSize % clip.heads == 0 && clip.layers > 0);
    AutoencoderKlConfig autoencoder;
    if (read(json, autoencoder))
        demand(!autoencoder.channels.empty() && autoencoder.groups > 0 && autoencoder.scalingFactor != 0);
    AutoencoderTinyConfig tiny;
    if (read(json, tiny))
        demand(!tiny.decoderBlocks.empty() && tiny.channels > 0);
    DraftConfig draft;
    (void)read(json, draft);
    SchedulerConfig scheduler;
    if (read(json, scheduler))
        for (const int steps : {1, 4, 50})
            if (const auto schedule = makeSchedule(scheduler, steps))
                demand(!schedule->steps.empty());
    return 0;
}
