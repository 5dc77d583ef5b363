#include "core/diffusion/pipelines/draftfolder.h"

#include "core/diffusion/checkpoint/mappedfile.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace Galley::Diffusion {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t maxJsonBytes = 1024 * 1024;
constexpr int maxSize = 512;

Result<Json> readJson(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    if (file->size() > maxJsonBytes)
        return fail(ErrorCode::ModelFile, path.string() + " is larger than 1 MiB.");
    std::string text(file->size(), '\0');
    if (auto copied = file->copy(0, std::as_writable_bytes(std::span(text))); !copied)
        return tl::unexpected(copied.error());
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::ModelFile, path.string() + " is not a JSON object. Put the original file back.");
    return json;
}

bool wholeIn(const Json &value, int min, int max)
{
    return value.is_number_integer() && value >= min && value <= max;
}

/// Reads one key after the other and keeps the first problem.
class Reader
{
public:
    explicit Reader(const Json &json)
        : m_json(json)
    {
    }

    std::string problem;

    int whole(const char *key, int fallback, int min, int max)
    {
        const auto found = m_json.find(key);
        if (found == m_json.end())
            return fallback;
        if (wholeIn(*found, min, max))
            return found->get<int>();
        complain(std::string("\"") + key + "\" must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) + '.');
        return fallback;
    }

    double number(const char *key, double fallback)
    {
        const auto found = m_json.find(key);
        if (found == m_json.end())
            return fallback;
        if (found->is_number() && std::isfinite(found->get<double>()))
            return found->get<double>();
        complain(std::string("\"") + key + "\" must be a finite number.");
        return fallback;
    }

    /// [[width, height], …]
    std::vector<PictureSize> buckets(int multiple)
    {
        std::vector<PictureSize> result;
        const auto found = m_json.find("buckets");
        if (found == m_json.end() || !found->is_array() || found->empty() || found->size() > 64) {
            complain("\"buckets\" must be a list of 1 to 64 sizes.");
            return result;
        }
        for (const Json &size : *found) {
            if (!size.is_array() || size.size() != 2 || !wholeIn(size[0], 1, maxSize) || !wholeIn(size[1], 1, maxSize)
                || size[0].get<int>() % multiple != 0 || size[1].get<int>() % multiple != 0) {
                complain("a size of \"buckets\" must be [width, height] in multiples of " + std::to_string(multiple) + " up to 512.");
                return result;
            }
            result.push_back({size[0].get<int>(), size[1].get<int>()});
        }
        return result;
    }

    std::vector<std::string> styles(std::int64_t count)
    {
        std::vector<std::string> result;
        const auto found = m_json.find("styles");
        if (found == m_json.end())
            return result;
        if (!found->is_array()) {
            complain("\"styles\" must be a list of words.");
            return result;
        }
        for (const Json &word : *found) {
            if (!word.is_string() || word.get_ref<const std::string &>().size() > 64) {
                complain("a style must be a word of at most 64 bytes.");
                return result;
            }
            result.push_back(word);
        }
        // An empty first word names style id 0, "no style", which is not offered as a word.
        if (!result.empty() && result.front().empty())
            result.erase(result.begin());
        if (static_cast<std::int64_t>(result.size()) >= count) {
            complain("\"styles\" has " + std::to_string(result.size()) + " words, and the model has room for "
                     + std::to_string(count - 1) + '.');
        }
        return result;
    }

    void complain(const std::string &text)
    {
        if (problem.empty())
            problem = text;
    }

private:
    const Json &m_json;
};

} // namespace

Result<DraftFolder> DraftFolder::read(const std::filesystem::path &folder)
{
    const auto path = folder / "draft.json";
    const auto json = readJson(path);
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
    Reader reader(*json);
    const int multiple = static_cast<int>(result.config.sizeFactor());
    result.native = reader.whole("native", 128, multiple, maxSize);
    result.buckets = reader.buckets(multiple);
    result.styles = reader.styles(result.config.styleCount);
    const Json none = Json::object();
    const auto object = [&](const char *key) -> const Json & {
        const auto found = json->find(key);
        return found != json->end() && found->is_object() ? *found : none;
    };
    Reader steps(object("steps"));
    result.maxSteps = steps.whole("max", 4, 1, 64);
    result.defaultSteps = steps.whole("default", std::min(2, result.maxSteps), 1, result.maxSteps);
    Reader confidence(object("confidence"));
    result.confidenceA = confidence.number("a", 0);
    result.confidenceB = confidence.number("b", 0);
    result.confidenceThreshold = confidence.number("threshold", 0.5);
    for (const std::string &problem : {reader.problem, steps.problem, confidence.problem})
        if (!problem.empty())
            return bad(problem);
    return result;
}

} // namespace Galley::Diffusion
