#include "app/worker/options.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace Galley {

using Diffusion::ErrorCode;
using Diffusion::fail;

namespace {

constexpr std::array<const char *, 4> levelNames{"error", "warning", "info", "debug"};
constexpr int maxThreads = 1024;

tl::unexpected<Diffusion::Error> wrong(const std::string &what)
{
    return fail(ErrorCode::Invalid, what + "\n" + Options::usage());
}

template<class Number>
bool readNumber(const std::string &text, Number &number)
{
    const char *end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

/// "sd-turbo=/path"
Diffusion::Result<void> takeModel(Options &options, const std::string &value)
{
    const auto equals = value.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == value.size())
        return wrong("--model is a name and a path, ID=PATH, not \"" + value + "\".");
    options.engine.models.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    return {};
}

Diffusion::Result<void> take(Options &options, const std::string &name, const std::string &value)
{
    if (name == "--models") {
        options.engine.modelsFolder = value;
    } else if (name == "--model") {
        return takeModel(options, value);
    } else if (name == "--dtype") {
        if (value != "auto" && value != "fp32" && value != "bf16")
            return wrong("--dtype is auto, fp32 or bf16, not \"" + value + "\".");
        options.engine.dtype = value;
    } else if (name == "--memory") {
        if (!readNumber(value, options.engine.memory))
            return wrong("--memory is a number of bytes, not \"" + value + "\".");
    } else if (name == "--device") {
        if (value != "auto" && value != "cpu" && value != "cuda")
            return wrong("--device is auto, cpu or cuda, not \"" + value + "\".");
        options.engine.device = value;
    } else if (name == "--threads") {
        if (!readNumber(value, options.engine.threads) || options.engine.threads < 0 || options.engine.threads > maxThreads)
            return wrong("--threads is a whole number from 0 to 1024, not \"" + value + "\".");
    } else if (name == "--log-level") {
        const auto level = std::find(levelNames.begin(), levelNames.end(), value);
        if (level == levelNames.end())
            return wrong("--log-level is error, warning, info or debug, not \"" + value + "\".");
        options.logLevel = static_cast<Log::Level>(level - levelNames.begin());
    } else {
        return wrong("There is no option " + name + '.');
    }
    return {};
}

} // namespace

const char *Options::usage()
{
    return "galley-worker --models DIR [--model ID=PATH]... [--device auto|cpu|cuda] [--dtype auto|fp32|bf16] [--memory BYTES] [--threads N] [--log-level error|warning|info|debug] [--background]\n"
           "Runs the local models for Galley. Speaks frames on standard input and output (app/worker/PROTOCOL.md); log on standard error.";
}

Diffusion::Result<Options> Options::read(const std::vector<std::string> &arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            options.help = true;
            return options;
        }
        if (name == "--background") {
            options.background = true;
            continue;
        }
        std::string value;
        if (const auto equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (++i < arguments.size()) {
            value = arguments[i];
        } else {
            return wrong(name + " needs a value.");
        }
        if (auto taken = take(options, name, value); !taken)
            return tl::unexpected(taken.error());
    }
    if (options.engine.modelsFolder.empty())
        return wrong("--models is needed: the folder that holds galley-draft.");
    return options;
}

} // namespace Galley
