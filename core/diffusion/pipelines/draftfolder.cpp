#include "core/diffusion/pipelines/draftfolder.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <nlohmann/json.hpp>

namespace Galley::Diffusion {

namespace {

using Json = nlohmann::json;

constexpr int maxSize = 512;
constexpr std::size_t maxStyles = 1024;

/// [[width, height], …]
std::vector<PictureSize> bucketsOf(const Json &json, int multiple, ConfigReader &reader)
{
    std::vector<PictureSize> result;
    const auto found = json.find("buckets");
    if (found == json.end() || !found->is_array() || found->empty() || found->size() > 64) {
        reader.complain("\"buckets\" must be a list of 1 to 64 sizes.");
        return result;
    }
    const auto isSide = [&](const Json &side) { return side.is_number_unsigned() && side >= 1 && side <= maxSize && side.get<int>() % multiple == 0; };
    for (const Json &size : *found) {
        if (!size.is_array() || size.size() != 2 || !isSide(size[0]) || !isSide(size[1])) {
            reader.complain("a size of \"buckets\" must be [width, height] in multiples of " + std::to_string(multiple) + " up to 512.");
            return result;
        }
        result.push_back({size[0].get<int>(), size[1].get<int>()});
    }
    return result;
}

std::vector<std::string> stylesOf(std::int64_t count, ConfigReader &reader)
{
    std::vector<std::string> result = reader.words("styles", {}, maxStyles);
    // An empty first word names style id 0, "no style", which is not offered as a word.
    if (!result.empty() && result.front().empty())
        result.erase(result.begin());
    if (static_cast<std::int64_t>(result.size()) >= count) {
        reader.complain("\"styles\" has " + std::to_string(result.size()) + " words, and the model has room for " + std::to_string(count - 1) + '.');
    }
    return result;
}

} // namespace

std::filesystem::path draftFile(const std::filesystem::path &folder, const char *name)
{
    std::error_code ignored;
    const std::filesystem::path packed = folder / (std::string(name) + ".zst");
    return std::filesystem::exists(packed, ignored) ? packed : folder / name;
}

Result<DraftFolder> DraftFolder::read(const std::filesystem::path &folder)
{
    const auto path = folder / "draft.json";
    const auto json = readJsonObject(path);
    if (!json)
        return tl::unexpected(json.error());
    const auto bad = [&](const std::string &what) {
        return fail(ErrorCode::ModelFile, path.string() + ": " + what + " Put the original file back.");
    };

    DraftFolder result;
    auto config = DraftConfig::fromJson(json->value("config", Json::object()));
    if (!config)
        return bad(config.error().message);
    result.config = std::move(*config);
    ConfigReader reader(*json);
    const int multiple = static_cast<int>(result.config.sizeFactor());
    result.native = static_cast<int>(reader.whole("native", 128, multiple, maxSize));
    result.buckets = bucketsOf(*json, multiple, reader);
    result.styles = stylesOf(result.config.styleCount, reader);
    const Json none = Json::object();
    const auto object = [&](const char *key) -> const Json & {
        const auto found = json->find(key);
        return found != json->end() && found->is_object() ? *found : none;
    };
    ConfigReader steps(object("steps"));
    result.maxSteps = static_cast<int>(steps.whole("max", 4, 1, 64));
    result.defaultSteps = static_cast<int>(steps.whole("default", std::min(2, result.maxSteps), 1, result.maxSteps));
    ConfigReader confidence(object("confidence"));
    result.confidenceA = confidence.number("a", 0);
    result.confidenceB = confidence.number("b", 0);
    result.confidenceThreshold = confidence.number("threshold", 0.5);
    ConfigReader grounding(object("grounding"));
    result.grounding.weight = grounding.number("weight", 0);
    result.grounding.start = grounding.number("start", 1);
    result.grounding.colors = grounding.words("colors", {}, 64);
    for (const std::string &problem : {reader.problem, steps.problem, confidence.problem, grounding.problem})
        if (!problem.empty())
            return bad(problem);
    return result;
}

} // namespace Galley::Diffusion
