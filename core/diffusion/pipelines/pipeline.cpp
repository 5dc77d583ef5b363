#include "core/diffusion/pipelines/pipeline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Galley::Diffusion {

namespace {

constexpr double maxGuidance = 100;

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::Invalid, std::move(message));
}

Result<void> checkSize(PictureSize size, const ModelInfo &info)
{
    if (std::find(info.buckets.begin(), info.buckets.end(), size) != info.buckets.end())
        return {};
    const auto fits = [&](int side) { return side >= info.sizeMin && side <= info.sizeMax && side % info.sizeMultiple == 0; };
    if (fits(size.width) && fits(size.height))
        return {};
    return invalid(info.id + " cannot make " + std::to_string(size.width) + " × " + std::to_string(size.height) + " pixels: use multiples of "
                   + std::to_string(info.sizeMultiple) + " from " + std::to_string(info.sizeMin) + " to " + std::to_string(info.sizeMax) + '.');
}

bool takes(const ModelInfo &info, const char *input)
{
    return std::find(info.inputs.begin(), info.inputs.end(), input) != info.inputs.end();
}

Result<void> checkImage(const RenderRequest &request, const ModelInfo &info)
{
    if (!takes(info, "image"))
        return fail(ErrorCode::Unsupported, info.id + " makes pictures from words; it takes no image.");
    const auto pixels = static_cast<std::size_t>(request.size.width) * static_cast<std::size_t>(request.size.height);
    if (request.image.size != request.size || request.image.rgba.size() != 4 * pixels)
        return invalid("The start picture must be of the size asked for, " + std::to_string(request.size.width) + " × " + std::to_string(request.size.height) + " pixels.");
    if (request.strength && !(*request.strength >= 0 && *request.strength <= 1))
        return invalid("The strength must be a number from 0 to 1.");
    return {};
}

} // namespace

double millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::size_t characters(const std::string &utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

Result<void> checkRequest(const RenderRequest &request, const ModelInfo &info)
{
    if (characters(request.prompt) > maxPromptCharacters || characters(request.negativePrompt) > maxPromptCharacters)
        return invalid("The prompt has more than 10,000 characters.");
    if (request.seed < 0 || request.seed > std::numeric_limits<std::int32_t>::max())
        return invalid("The seed must be a whole number from 0 to 2147483647.");
    if (request.steps < 0 || request.steps > info.maxSteps)
        return invalid(info.id + " takes 1 to " + std::to_string(info.maxSteps) + " steps.");
    if (!(request.guidance >= 0 && request.guidance <= maxGuidance))
        return invalid("The guidance must be a number from 0 to 100.");
    if (auto fits = checkSize(request.size, info); !fits)
        return fits;
    if (!request.style.empty() && std::find(info.styles.begin(), info.styles.end(), request.style) == info.styles.end())
        return invalid(info.id + " has no style \"" + request.style.substr(0, 64) + "\".");
    if (request.palette.size() > static_cast<std::size_t>(info.palette))
        return invalid(info.id + " takes at most " + std::to_string(info.palette) + " palette colours.");
    if (request.weights && !takes(info, "weights"))
        return fail(ErrorCode::Unsupported, info.id + " takes no weights in its prompt.");
    return request.hasImage() ? checkImage(request, info) : Result<void>();
}

} // namespace Galley::Diffusion
