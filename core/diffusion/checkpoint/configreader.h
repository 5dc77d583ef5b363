#pragma once

#include "core/diffusion/result.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace Galley::Diffusion {

/// A JSON object out of \a path, at most 1 MiB.
Result<nlohmann::json> readJsonObject(const std::filesystem::path &path);

/// Reads one key of a configuration after the other and keeps the first problem: a sentence that names the key and what it must be. Keys that are absent
/// or null have their fallback.
class ConfigReader
{
public:
    explicit ConfigReader(const nlohmann::json &json)
        : m_json(json)
    {
    }
    explicit ConfigReader(nlohmann::json &&) = delete;  // is only referred to

    std::string problem;

    std::int64_t whole(const char *key, std::int64_t fallback, std::int64_t min, std::int64_t max);
    double number(const char *key, double fallback);
    bool flag(const char *key, bool fallback);
    /// One of \a known.
    std::string word(const char *key, const char *fallback, std::initializer_list<const char *> known);
    /// \a least to \a most whole numbers, each from \a min to \a max.
    std::vector<std::int64_t> list(const char *key, const std::vector<std::int64_t> &fallback, std::size_t least, std::size_t most, std::int64_t min, std::int64_t max);
    std::vector<std::string> words(const char *key, const std::vector<std::string> &fallback, std::size_t most);

    void complain(const std::string &text);

private:
    const nlohmann::json *find(const char *key) const;

    const nlohmann::json &m_json;
};

} // namespace Galley::Diffusion
