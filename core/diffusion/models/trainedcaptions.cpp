#include "core/diffusion/models/trainedcaptions.h"

#include <algorithm>
#include <sstream>

namespace Galley::Diffusion {

namespace {

constexpr double nearness = 1e-6;  // of two cosines that are the same but for rounding

std::string lower(std::string word)
{
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return word;
}

/// The words of a prompt, those for colours apart.
struct Words
{
    Words(const std::string &prompt, const Grounding &grounding)
    {
        std::istringstream stream(prompt);
        for (std::string word; stream >> word;) {
            const bool isColor = std::find(grounding.colors.begin(), grounding.colors.end(), lower(word)) != grounding.colors.end();
            (isColor ? colors : plain) += word + ' ';
        }
    }

    std::string plain;
    std::string colors;
};

at::Tensor unit(const at::Tensor &vector)
{
    return vector / vector.norm().clamp_min(1e-12);
}

} // namespace

Result<TrainedCaptions> readTrainedCaptions(std::string_view lines, const StaticTextModel &text, std::size_t maxTokens)
{
    TrainedCaptions result;
    std::vector<float> values;
    constexpr std::size_t mostNumbers = 64 * 1024 * 1024 / sizeof(float);
    while (!lines.empty()) {
        std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        const auto caption = static_cast<std::int64_t>(result.names.size());
        while (!line.empty()) {
            const std::string_view words = line.substr(0, line.find('\t'));
            line.remove_prefix(std::min(line.size(), words.size() + 1));
            if (words.empty())
                continue;
            if (values.size() + text.dim() > mostNumbers)
                return fail(ErrorCode::ModelFile, "there are too many captions: their vectors take more than 64 MiB");
            const std::vector<float> vector = text.captionVector(words, maxTokens);
            values.insert(values.end(), vector.begin(), vector.end());
            result.names.push_back(caption);
            result.lines.push_back(result.lineCount);
        }
        ++result.lineCount;
    }
    if (!result.names.empty())
        result.vectors = at::tensor(values).view({static_cast<std::int64_t>(result.names.size()), -1});
    return result;
}

GroundedCaption ground(const std::string &prompt, const StaticTextModel &text, std::size_t maxTokens, const TrainedCaptions &captions, const Grounding &grounding)
{
    const auto sumOf = [&](const std::string &words) { return at::tensor(text.captionSum(words, maxTokens)); };
    const at::Tensor whole = sumOf(prompt);
    at::Tensor own = whole;
    if (!captions.vectors.defined())
        return {unit(own)};
    at::Tensor extra = at::zeros_like(own);
    at::Tensor cosines = at::mv(captions.vectors, unit(own));
    if (const Words words(prompt, grounding); !words.plain.empty() && !words.colors.empty()) {
        const at::Tensor rest = sumOf(words.plain);
        const at::Tensor restCosines = at::mv(captions.vectors, unit(rest));
        // A "red rose" that was taught is no rose in red: both are then as near as can be.
        if (restCosines.max().item<double>() > cosines.max().item<double>() + nearness) {
            own = rest;
            cosines = restCosines;
            extra = sumOf(words.colors);
        }
    }
    const double nearest = cosines.max().item<double>();
    // All words count here: a "red carpet" is no carpet in red. Where both are as near, clip art is the safe choice.
    const auto isNearer = [&](const at::Tensor &words) { return at::mv(captions.untaught, unit(words)).max().item<double>() >= nearest - nearness; };
    const bool isKnown = !captions.untaught.defined() || !(isNearer(whole) || isNearer(own));
    GroundedCaption result;
    if (grounding.weight > 0 && nearest >= grounding.start) {
        const std::int64_t row = cosines.argmax().item<std::int64_t>();
        own = unit(unit(own) + grounding.weight * captions.vectors[captions.captionOf(row)]) * own.norm();
        result.line = captions.lines[static_cast<std::size_t>(row)];
    }
    result.vector = unit(own + extra);
    result.nearest = isKnown ? nearest : 0;
    return result;
}

} // namespace Galley::Diffusion
