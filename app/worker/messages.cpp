#include "app/worker/messages.h"

#include <cmath>
#include <limits>
#include <optional>

#include <unistd.h>

namespace Galley {

using namespace Diffusion;

namespace {

constexpr std::size_t maxTextBytes = 40'000;  // 10,000 characters of four bytes; the model counts characters
constexpr std::size_t maxTexts = 256;

tl::unexpected<Error> invalid(std::string message)
{
    return fail(ErrorCode::Invalid, std::move(message));
}

std::string quoted(const char *key)
{
    return std::string("\"") + key + '"';
}

Result<int> readWhole(const Json &message, const char *key, int fallback, bool needed, std::int64_t min)
{
    const auto found = message.find(key);
    if (found == message.end())
        return needed ? Result<int>(invalid(quoted(key) + " is missing.")) : Result<int>(fallback);
    const auto outside = [&] { return invalid(quoted(key) + " must be a whole number from " + std::to_string(min) + " to 2147483647."); };
    if (!found->is_number_integer())
        return outside();
    // A number above the signed range would wrap in get<int64_t>().
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<int>::max()))
        return outside();
    const auto value = found->get<std::int64_t>();
    if (value < min || value > std::numeric_limits<int>::max())
        return outside();
    return static_cast<int>(value);
}

/// Nothing when it is absent.
Result<std::optional<double>> readNumber(const Json &message, const char *key, double max)
{
    const auto found = message.find(key);
    if (found == message.end())
        return std::nullopt;
    if (!found->is_number())
        return invalid(quoted(key) + " must be a number.");
    const double value = found->get<double>();
    if (!std::isfinite(value) || value < 0 || value > max)
        return invalid(quoted(key) + " must be a number from 0 to " + std::to_string(static_cast<int>(max)) + '.');
    return value;
}

/// False when it is absent.
Result<bool> readFlag(const Json &message, const char *key)
{
    const auto found = message.find(key);
    if (found == message.end())
        return false;
    return found->is_boolean() ? Result<bool>(found->get<bool>()) : invalid(quoted(key) + " must be true or false.");
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Result<std::array<std::uint8_t, 3>> readColor(const Json &value)
{
    const auto bad = [] { return invalid("A colour of \"palette\" must be written #RRGGBB."); };
    if (!value.is_string())
        return bad();
    const auto &text = value.get_ref<const std::string &>();
    if (text.size() != 7 || text[0] != '#')
        return bad();
    std::array<std::uint8_t, 3> color;
    for (std::size_t i = 0; i < 3; ++i) {
        const int high = hexDigit(text[1 + 2 * i]);
        const int low = hexDigit(text[2 + 2 * i]);
        if (high < 0 || low < 0)
            return bad();
        color[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return color;
}

Result<void> readPalette(const Json &message, RenderRequest &request)
{
    const auto found = message.find("palette");
    if (found == message.end())
        return {};
    if (!found->is_array() || found->size() > 64)
        return invalid("\"palette\" must be a list of at most 64 colours.");
    for (const Json &value : *found) {
        const auto color = readColor(value);
        if (!color)
            return tl::unexpected(color.error());
        request.palette.push_back(*color);
    }
    return {};
}

/// The frame has been checked: bytes that are described are there.
Result<void> readImage(const Json &message, std::span<const std::uint8_t> bytes, RenderRequest &request)
{
    const auto name = message.find("image");
    if (name == message.end() || name->is_null())
        return {};
    const auto attachments = message.find("attachments");
    if (attachments != message.end()) {
        for (const Json &item : *attachments) {
            if (item["name"] != *name || item.value("format", Json()) != "rgba8")
                continue;
            const auto part = bytes.subspan(item["offset"].get<std::size_t>(), item["bytes"].get<std::size_t>());
            request.image = {{item["width"].get<int>(), item["height"].get<int>()}, {part.begin(), part.end()}};
            return request.hasImage() ? Result<void>() : invalid("The start picture is empty.");
        }
    }
    return invalid("\"image\" must name an attachment in the format rgba8.");
}

Json attachment(const char *name, const Picture &picture)
{
    return Json{{"name", name},
                {"offset", 0},
                {"bytes", picture.rgba.size()},
                {"width", picture.size.width},
                {"height", picture.size.height},
                {"format", "rgba8"}};
}

const char *fitName(MemoryFit fit)
{
    switch (fit) {
    case MemoryFit::Whole:
        return "whole";
    case MemoryFit::Parts:
        return "parts";
    case MemoryFit::No:
        break;
    }
    return "no";
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 1000) / 1000;
}

} // namespace

Result<Json> readId(const Json &message)
{
    const auto found = message.find("id");
    if (found == message.end())
        return Json();
    const bool text = found->is_string() && !found->get_ref<const std::string &>().empty() && found->get_ref<const std::string &>().size() <= 128;
    if (text || found->is_number_integer())
        return *found;
    return invalid("\"id\" must be a whole number or a text of 1 to 128 bytes.");
}

Result<std::string> readText(const Json &message, const char *key, bool needed)
{
    const auto found = message.find(key);
    if (found == message.end())
        return needed ? Result<std::string>(invalid(quoted(key) + " is missing.")) : Result<std::string>(std::string());
    if (!found->is_string())
        return invalid(quoted(key) + " must be a text.");
    if (found->get_ref<const std::string &>().size() > maxTextBytes)
        return invalid(quoted(key) + " has more than 10,000 characters.");
    return found->get<std::string>();
}

Result<RenderRequest> readRender(const Json &message, std::span<const std::uint8_t> attachment)
{
    RenderRequest request;
    const auto take = [](auto result, auto &target) -> Result<void> {
        if (!result)
            return tl::unexpected(result.error());
        target = std::move(*result);
        return {};
    };
    std::string output;
    int seed = 0;
    std::optional<double> guidance;
    const bool needed = true;
    Result<void> taken = take(readText(message, "model", needed), request.model);
    const auto next = [&](auto &&step) {
        if (taken)
            taken = step();
    };
    next([&] { return take(readText(message, "prompt", needed), request.prompt); });
    next([&] { return take(readText(message, "negative", false), request.negativePrompt); });
    next([&] { return take(readText(message, "style", false), request.style); });
    next([&] { return take(readText(message, "output", false), output); });
    next([&] { return take(readWhole(message, "seed", 0, false, 0), seed); });
    next([&] { return take(readWhole(message, "steps", 0, false, 1), request.steps); });
    next([&] { return take(readWhole(message, "width", 0, needed, 1), request.size.width); });
    next([&] { return take(readWhole(message, "height", 0, needed, 1), request.size.height); });
    next([&] { return take(readWhole(message, "preview_every", 0, false, 0), request.previewEvery); });
    next([&] { return take(readNumber(message, "guidance", 100), guidance); });
    next([&] { return take(readNumber(message, "strength", 1), request.strength); });
    next([&] { return take(readFlag(message, "weights"), request.weights); });
    next([&] { return take(readFlag(message, "may_shrink"), request.mayShrink); });
    next([&] { return take(readFlag(message, "quick"), request.quick); });
    next([&] { return readPalette(message, request); });
    next([&] { return readImage(message, attachment, request); });
    if (!taken)
        return tl::unexpected(taken.error());
    if (!output.empty() && output != "rgba")
        return fail(ErrorCode::Unsupported, "\"output\" can only be \"rgba\".");
    request.seed = seed;
    request.guidance = guidance.value_or(request.guidance);
    return request;
}

Result<std::vector<std::string>> readTexts(const Json &message)
{
    const auto found = message.find("texts");
    if (found == message.end() || !found->is_array() || found->empty() || found->size() > maxTexts)
        return invalid("\"texts\" must be a list of 1 to 256 texts.");
    std::vector<std::string> texts;
    for (const Json &text : *found) {
        if (!text.is_string() || text.get_ref<const std::string &>().size() > maxTextBytes)
            return invalid("\"texts\" must hold texts of at most 10,000 characters.");
        texts.push_back(text);
    }
    return texts;
}

Json answer(const char *type, const Json &id)
{
    Json message{{"type", type}};
    if (!id.is_null())
        message["id"] = id;
    return message;
}

Json modelMessage(const ModelInfo &info, std::uint64_t budget)
{
    Json buckets = Json::array();
    for (const PictureSize &size : info.buckets)
        buckets.push_back(Json::array({size.width, size.height}));
    return Json{{"id", info.id},
                {"revision", info.revision},
                {"steps", Json{{"default", info.defaultSteps}, {"max", info.maxSteps}}},
                {"native", info.native},
                {"buckets", buckets},
                {"styles", info.styles},
                {"palette", info.palette},
                {"confidence_threshold", info.confidenceThreshold},
                {"size", Json{{"multiple", info.sizeMultiple}, {"min", info.sizeMin}, {"max", info.sizeMax}}},
                {"inputs", info.inputs},
                {"family", info.family},
                {"guidance", Json{{"default", info.defaultGuidance}}},
                {"weights_bytes", info.weightsBytes},
                {"needed_bytes", info.neededBytes},
                {"least_bytes", info.leastBytes},
                {"fits", fitName(info.fits)},
                {"budget_bytes", budget},
                {"error", info.error}};
}

Json memoryMessage(const MemoryUse &memory)
{
    return Json{{"peak_bytes", memory.peak}, {"model_bytes", memory.model}};
}

Json helloMessage(const Device &device, const std::vector<ModelInfo> &models, std::uint64_t budget)
{
    Json list = Json::array();
    for (const ModelInfo &info : models)
        list.push_back(modelMessage(info, budget));
    return Json{{"type", "hello"},
                {"protocol", 1},
                {"version", GALLEY_VERSION},
                {"pid", ::getpid()},
                {"device", device.kind},
                {"device_name", device.name},
                {"dtype", device.dtype},
                {"threads", device.threads},
                {"libtorch", Engine::libraryVersion()},
                {"notes", device.notes},
                {"capabilities", Json{{"models", list}}}};
}

Json progressMessage(const Json &id, int step, int of)
{
    Json message = answer("progress", id);
    message["step"] = step;
    message["of"] = of;
    return message;
}

Json loadingMessage(const Json &id, std::uint64_t bytes, std::uint64_t of)
{
    Json message = answer("progress", id);
    message["stage"] = "load";
    message["bytes"] = bytes;
    message["of_bytes"] = of;
    return message;
}

Json previewMessage(const Json &id, int step, const Picture &picture)
{
    Json message = answer("preview", id);
    message["step"] = step;
    message["attachments"] = Json::array({attachment("preview", picture)});
    return message;
}

Json resultMessage(const Json &id, const RenderRequest &request, const RenderResult &result, const Device &device)
{
    Json message = answer("result", id);
    message["seed"] = request.seed;
    message["steps"] = result.steps;
    message["width"] = result.picture.size.width;
    message["height"] = result.picture.size.height;
    message["model"] = request.model;
    message["revision"] = result.revision;
    message["device"] = device.kind;
    message["dtype"] = device.dtype;
    message["confidence"] = result.confidence;
    message["text_cached"] = result.textCached;
    message["timings_ms"] = Json{{"text", rounded(result.timingsMs.text)},
                                 {"denoise", rounded(result.timingsMs.denoise)},
                                 {"postprocess", rounded(result.timingsMs.postprocess)},
                                 {"total", rounded(result.timingsMs.total)}};
    message["memory"] = memoryMessage(result.memory);
    message["notes"] = result.notes;
    message["attachments"] = Json::array({attachment("picture", result.picture)});
    return message;
}

Json vectorsMessage(const Json &id, const CaptionVectors &embedding)
{
    Json message = answer("vectors", id);
    message["model"] = embedding.model;
    message["revision"] = embedding.revision;
    message["count"] = embedding.rows;
    message["dim"] = embedding.columns;
    message["attachments"] = Json::array({Json{{"name", "vectors"},
                                               {"offset", 0},
                                               {"bytes", embedding.values.size() * sizeof(float)},
                                               {"rows", embedding.rows},
                                               {"columns", embedding.columns},
                                               {"format", "f32"}}});
    return message;
}

Json errorMessage(const Json &id, const std::string &code, const std::string &message, const std::string &detail)
{
    Json error = answer("error", id);
    error["code"] = code;
    error["message"] = message;
    error["detail"] = detail;
    return error;
}

} // namespace Galley
