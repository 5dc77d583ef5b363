#include "core/diffusion/checkpoint/configreader.h"

#include "core/diffusion/checkpoint/mappedfile.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

namespace Galley::Diffusion {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t maxJsonBytes = 1024 * 1024;
constexpr std::size_t maxWordBytes = 128;

bool wholeIn(const Json &value, std::int64_t min, std::int64_t max)
{
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::max<std::int64_t>(max, 0)) && value.get<std::int64_t>() >= min;
    return value.is_number_integer() && value.get<std::int64_t>() >= min && value.get<std::int64_t>() <= max;
}

std::string quoted(const char *key)
{
    return '"' + std::string(key) + '"';
}

std::string range(std::int64_t min, std::int64_t max)
{
    return " from " + std::to_string(min) + " to " + std::to_string(max) + '.';
}

/// Python writes NaN, Infinity and -Infinity, which JSON does not have ("lambda_min_clipped" of schedulers). They become words, so that whoever wants a number there
/// says so.
std::string withoutPythonNumbers(const std::string &text)
{
    std::string result;
    bool isInString = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto isHere = [&](std::string_view word) { return !isInString && text.compare(i, word.size(), word) == 0; };
        std::size_t length = 1;
        for (const std::string_view word : {"-Infinity", "Infinity", "NaN"})
            if (length == 1 && isHere(word))
                length = word.size();
        if (isInString && text[i] == '\\' && i + 1 < text.size())
            length = 2;
        else if (text[i] == '"')
            isInString = !isInString;
        const bool isWord = !isInString && length > 1;
        result.append(isWord ? "\"" : "").append(text, i, length).append(isWord ? "\"" : "");
        i += length;
    }
    return result;
}

} // namespace

Result<Json> readJsonObject(const std::filesystem::path &path)
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
    if (json.is_discarded())
        json = Json::parse(withoutPythonNumbers(text), nullptr, false);
    if (!json.is_object())
        return fail(ErrorCode::ModelFile, path.string() + " is not a JSON object. Put the original file back.");
    return json;
}

const Json *ConfigReader::find(const char *key) const
{
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

void ConfigReader::complain(const std::string &text)
{
    if (problem.empty())
        problem = text;
}

std::int64_t ConfigReader::whole(const char *key, std::int64_t fallback, std::int64_t min, std::int64_t max)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (wholeIn(*value, min, max))
        return value->get<std::int64_t>();
    complain(quoted(key) + " must be a whole number" + range(min, max));
    return fallback;
}

double ConfigReader::number(const char *key, double fallback)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_number() && std::isfinite(value->get<double>()))
        return value->get<double>();
    complain(quoted(key) + " must be a finite number.");
    return fallback;
}

bool ConfigReader::flag(const char *key, bool fallback)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_boolean())
        return value->get<bool>();
    complain(quoted(key) + " must be true or false.");
    return fallback;
}

std::string ConfigReader::word(const char *key, const char *fallback, std::initializer_list<const char *> known)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_string() && std::find(known.begin(), known.end(), value->get_ref<const std::string &>()) != known.end())
        return value->get<std::string>();
    std::string all;
    for (const char *name : known)
        all += (all.empty() ? "\"" : ", \"") + std::string(name) + '"';
    complain(quoted(key) + (known.size() == 1 ? " must be " : " must be one of ") + all + '.');
    return fallback;
}

std::vector<std::int64_t> ConfigReader::list(const char *key, const std::vector<std::int64_t> &fallback, std::size_t least, std::size_t most, std::int64_t min,
                                             std::int64_t max)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    const bool fits = value->is_array() && value->size() >= least && value->size() <= most
                      && std::all_of(value->begin(), value->end(), [&](const Json &item) { return wholeIn(item, min, max); });
    if (fits)
        return value->get<std::vector<std::int64_t>>();
    complain(quoted(key) + " must be a list of " + std::to_string(least) + " to " + std::to_string(most) + " whole numbers" + range(min, max));
    return fallback;
}

std::vector<std::string> ConfigReader::words(const char *key, const std::vector<std::string> &fallback, std::size_t most)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    const bool fits = value->is_array() && value->size() <= most && std::all_of(value->begin(), value->end(), [](const Json &item) {
        return item.is_string() && item.get_ref<const std::string &>().size() <= maxWordBytes;
    });
    if (fits)
        return value->get<std::vector<std::string>>();
    complain(quoted(key) + " must be a list of at most " + std::to_string(most) + " words of at most " + std::to_string(maxWordBytes) + " bytes.");
    return fallback;
}

} // namespace Galley::Diffusion
