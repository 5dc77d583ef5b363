#pragma once

#include "app/worker/log.h"
#include "core/diffusion/engine.h"

#include <string>
#include <vector>

namespace Galley {

/// The command line of the worker.
struct Options
{
    Diffusion::EngineOptions engine;
    Log::Level logLevel = Log::Level::Info;
    bool background = false;
    bool help = false;

    /// Also reads "--name=value". Fails with a sentence.
    static Diffusion::Result<Options> read(const std::vector<std::string> &arguments);
    static const char *usage();
};

} // namespace Galley
