#include "app/worker/log.h"
#include "app/worker/options.h"
#include "app/worker/session.h"
#include "app/worker/stdoutguard.h"
#include "core/diffusion/engine.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <sys/resource.h>
#include <unistd.h>

namespace {

constexpr int usageStatus = 2;
constexpr int brokenStatus = 70;

void lowerPriority(const Galley::Log &log)
{
    // Not SCHED_IDLE: beside other busy programs a layer then took 0.1 to 10 s instead of 0.06 s, and silence of 10 s passes for a hung worker.
    if (::setpriority(PRIO_PROCESS, 0, 5) != 0)
        log.warning("The priority of this process could not be lowered.");
}

int runWorker(const Galley::Options &options, const Galley::Log &log)
{
    if (options.background)
        lowerPriority(log);
    // The same request gives the same bytes: MKL then chooses its code by the processor alone.
    ::setenv("MKL_CBWR", "AUTO", 0);
    Galley::Diffusion::EngineOptions engineOptions = options.engine;
    if (options.background && engineOptions.threads == 0)
        engineOptions.threads = Galley::Diffusion::usableCores();  // it gives way to whoever needs one
    engineOptions.stopsLoading = options.background;  // drafts ask for the same model at the next key
    Galley::Diffusion::Engine engine(engineOptions);
    // Finals are never drawn by what comes with Galley: it would only take memory from them.
    const auto loading = options.background ? Galley::Session::Loading::WhenAsked : Galley::Session::Loading::AtStart;
    Galley::Session session(engine, STDIN_FILENO, Galley::frameOutput(), log, loading);
    return session.run();
}

} // namespace

int main(int argc, char **argv)
{
    // The parent decides when this ends; Ctrl-C in a terminal reaches both.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    const auto options = Galley::Options::read({argv + 1, argv + argc});
    if (!options) {
        Galley::Log().error(options.error().message);
        return usageStatus;
    }
    if (options->help) {
        std::fprintf(stderr, "%s\n", Galley::Options::usage());
        return 0;
    }
    const Galley::Log log(options->logLevel);
    int status = brokenStatus;
    try {
        status = runWorker(*options, log);
    } catch (const std::exception &error) {
        log.error(std::string("The worker had to end: ") + error.what());
    }
    // Without the destructors of libtorch's statics: they take long, and the process's memory goes anyway.
    std::fflush(nullptr);
    ::_exit(status);
}
