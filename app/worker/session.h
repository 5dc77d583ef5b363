#pragma once

#include "app/worker/frames.h"
#include "app/worker/log.h"
#include "core/diffusion/engine.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace Galley {

/// One conversation: says hello, reads requests on the calling thread and runs them one after the other on a thread of its own. Cancel and
/// stats are handled by the reading thread and so overtake. Owns neither the engine nor the descriptors.
class Session
{
public:
    enum class Loading { AtStart, WhenAsked };  ///< of what comes with Galley; the user's own models may be large, and always wait to be asked for
    enum ExitStatus { Ended = 0, BadFrame = 3, OutputLost = 4, RestartNeeded = 75 };

    Session(Diffusion::Engine &engine, int input, int output, const Log &log, Loading loading = Loading::AtStart);
    ~Session();

    /// Returns when the input ends or breaks the rules; what is under way has been cancelled then.
    ExitStatus run();

private:
    struct Job
    {
        std::string type;
        Json id;
        Json message;
        std::vector<std::uint8_t> attachment;
        std::stop_source stop;
    };

    /// What ends a request. Sent only after its id is free again, so that the other side may use the id at once. Null: nothing is sent.
    using Reply = Frame;

    void handle(Frame frame);
    void enqueue(std::string type, Json id, Frame frame);
    void cancel(const Json &id);
    void sendStats(const Json &id);
    bool isOpen(const Json &id) const;

    void work(std::stop_token quit);
    Reply runJob(const Job &job);
    Reply runRender(const Job &job);
    Reply runLoad(const Job &job);
    Reply runUnload(const Job &job);
    Reply runAdd(const Job &job);
    Reply runEmbed(const Job &job);
    Reply failed(const Json &id, const Diffusion::Error &error);
    void logRender(const Diffusion::RenderRequest &request, const Diffusion::RenderResult &result);

    void send(const Json &message, std::span<const std::uint8_t> attachment = {});
    void sendError(const Json &id, const Diffusion::Error &error);

    Diffusion::Engine &m_engine;
    FrameReader m_reader;
    FrameWriter m_writer;
    const Log &m_log;
    Loading m_loading;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::atomic<bool> m_outputLost = false;

    mutable std::mutex m_mutex;  ///< guards the queue and the running job's id and stop source
    std::condition_variable_any m_changed;
    std::deque<Job> m_queue;
    Json m_runningId;
    std::stop_source m_runningStop;

    std::atomic<std::uint64_t> m_renders = 0;
    std::atomic<std::uint64_t> m_cancelled = 0;
    std::atomic<std::uint64_t> m_failed = 0;
    std::atomic<std::uint64_t> m_embeds = 0;
    std::jthread m_worker;
};

} // namespace Galley
