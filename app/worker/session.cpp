#include "app/worker/session.h"

#include "app/worker/memory.h"
#include "app/worker/messages.h"
#include "core/diffusion/guarded.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>

#include <unistd.h>

namespace Galley {

using namespace Diffusion;

namespace {

constexpr double loadingEveryMs = 200;

const Error &cancelledError()
{
    static const Error error{ErrorCode::Cancelled, "The request was cancelled.", {}};
    return error;
}

} // namespace

Session::Session(Engine &engine, int input, int output, const Log &log, Loading loading)
    : m_engine(engine)
    , m_reader(input)
    , m_writer(output)
    , m_log(log)
    , m_loading(loading)
{
}

Session::~Session() = default;

Session::ExitStatus Session::run()
{
    const auto models = m_engine.models();
    for (const std::string &note : m_engine.device().notes)
        m_log.warning(note);
    for (const ModelInfo &info : models)
        if (!info.error.empty())
            m_log.warning(info.id + " cannot be used: " + info.error);
    send(helloMessage(m_engine.device(), models, m_engine.budget()));
    for (const ModelInfo &info : models)
        if (m_loading == Loading::AtStart && info.error.empty() && m_engine.isShipped(info.id))
            enqueue("warm", Json(), {Json{{"model", info.id}}, {}});
    m_worker = std::jthread([this](std::stop_token quit) { work(quit); });

    Frame frame;
    auto status = FrameReader::Status::Frame;
    while (!m_outputLost && (status = m_reader.read(frame)) == FrameReader::Status::Frame)
        handle(std::move(frame));

    {
        const std::lock_guard lock(m_mutex);
        for (Job &job : m_queue)
            job.stop.request_stop();
        m_runningStop.request_stop();
    }
    m_worker.request_stop();
    m_worker.join();
    if (m_outputLost) {
        m_log.error("Standard output could not be written; the other side is gone.");
        return OutputLost;
    }
    if (status == FrameReader::Status::Bad) {
        m_log.error("A frame broke the rules: " + m_reader.problem());
        send(errorMessage(Json(), "bad_frame", m_reader.problem()));
        return BadFrame;
    }
    return Ended;
}

void Session::handle(Frame frame)
{
    const auto id = readId(frame.message);
    if (!id)
        return sendError(Json(), id.error());
    const auto type = readText(frame.message, "type", true);
    if (!type)
        return sendError(*id, type.error());
    if (*type == "cancel")
        return id->is_null() ? sendError(*id, {ErrorCode::Invalid, "\"id\" is missing.", {}}) : cancel(*id);
    if (*type == "stats")
        return sendStats(*id);
    if (*type == "render" || *type == "embed") {
        if (id->is_null())
            return sendError(*id, {ErrorCode::Invalid, "\"id\" is missing.", {}});
    } else if (*type != "load" && *type != "unload" && *type != "add" && *type != "remove") {
        return send(errorMessage(*id, "unknown_message", "Protocol 1 has no message \"" + Log::oneLine(*type, 64) + "\"."));
    }
    if (isOpen(*id))
        return sendError(*id, {ErrorCode::Invalid, "A request with this id is still open.", {}});
    enqueue(*type, *id, std::move(frame));
}

bool Session::isOpen(const Json &id) const
{
    if (id.is_null())
        return false;
    const std::lock_guard lock(m_mutex);
    return m_runningId == id || std::any_of(m_queue.begin(), m_queue.end(), [&](const Job &job) { return job.id == id; });
}

void Session::enqueue(std::string type, Json id, Frame frame)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back({std::move(type), std::move(id), std::move(frame.message), std::move(frame.attachment), {}});
    }
    m_changed.notify_one();
}

void Session::cancel(const Json &id)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_runningId == id) {
            m_runningStop.request_stop();
            return;
        }
        const auto waiting = std::find_if(m_queue.begin(), m_queue.end(), [&](const Job &job) { return job.id == id; });
        if (waiting == m_queue.end())
            return;
        m_queue.erase(waiting);
    }
    ++m_cancelled;
    sendError(id, cancelledError());
}

void Session::sendStats(const Json &id)
{
    const EngineStats stats = m_engine.stats();
    const ProcessMemory memory = processMemory();
    std::size_t queued = 0;
    {
        const std::lock_guard lock(m_mutex);
        queued = m_queue.size();
    }
    Json loaded = Json::array();
    for (const LoadedModel &one : stats.loaded)
        loaded.push_back(Json{{"model", one.model}, {"revision", one.revision}, {"memory", memoryMessage(one.memory)}});
    Json message = answer("stats", id);
    message["uptime_ms"] = static_cast<std::int64_t>(millisecondsSince(m_start));
    message["threads"] = m_engine.device().threads;
    message["device"] = m_engine.device().kind;
    message["dtype"] = m_engine.device().dtype;
    message["memory"] = Json{{"rss_bytes", memory.resident}, {"peak_rss_bytes", memory.peak}, {"model_bytes", stats.modelBytes}};
    message["loaded"] = loaded;
    message["queued"] = queued;
    message["counts"] = Json{{"renders", m_renders.load()},
                             {"cancelled", m_cancelled.load()},
                             {"failed", m_failed.load()},
                             {"embeds", m_embeds.load()},
                             {"text_hits", stats.textCache.hits},
                             {"text_misses", stats.textCache.misses}};
    send(message);
}

void Session::work(std::stop_token quit)
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, quit, [this] { return !m_queue.empty(); });
            if (m_queue.empty())
                return;
            job = std::move(m_queue.front());
            m_queue.pop_front();
            if (quit.stop_requested() && job.type == "warm")
                continue;
            m_runningId = job.id;
            m_runningStop = job.stop;
        }
        Reply reply;
        try {
            reply = runJob(job);
        } catch (const std::exception &thrown) {
            const Error error = errorOf(thrown);
            m_engine.noteFailure(error);
            reply = failed(job.id, error);
        }
        {
            const std::lock_guard lock(m_mutex);
            m_runningId = Json();
            m_runningStop = std::stop_source(std::nostopstate);
        }
        if (!reply.message.is_null())
            send(reply.message, reply.attachment);
        if (m_engine.mustRestart()) {
            m_log.error("The library failed in a way that only a new process repairs; the worker ends to be started again.");
            ::_exit(RestartNeeded);
        }
    }
}

Session::Reply Session::runJob(const Job &job)
{
    if (job.type == "warm")
        return runLoad(job);
    if (job.stop.stop_requested())
        return failed(job.id, cancelledError());
    if (job.type == "render")
        return runRender(job);
    if (job.type == "embed")
        return runEmbed(job);
    if (job.type == "unload" || job.type == "remove")
        return runUnload(job);
    if (job.type == "add")
        return runAdd(job);
    return runLoad(job);
}

Session::Reply Session::failed(const Json &id, const Error &error)
{
    const bool cancelled = error.code == ErrorCode::Cancelled;
    ++(cancelled ? m_cancelled : m_failed);
    if (!cancelled)
        m_log.error(error.message + (error.detail.empty() ? "" : " (" + error.detail + ')'));
    return {errorMessage(id, errorCodeName(error.code), error.message, error.detail), {}};
}

Session::Reply Session::runRender(const Job &job)
{
    const auto request = readRender(job.message, job.attachment);
    if (!request)
        return failed(job.id, request.error());
    RenderObserver observer;
    // Pieces are small: a message for each would keep both sides busy.
    std::optional<std::chrono::steady_clock::time_point> told;
    observer.loading = [&](std::uint64_t bytes, std::uint64_t of) {
        if (told && bytes < of && millisecondsSince(*told) < loadingEveryMs)
            return;
        told = std::chrono::steady_clock::now();
        send(loadingMessage(job.id, bytes, of));
    };
    observer.progress = [&](int step, int of) { send(progressMessage(job.id, step, of)); };
    observer.preview = [&](int step, const Picture &picture) { send(previewMessage(job.id, step, picture), picture.rgba); };
    auto result = m_engine.render(*request, observer, job.stop.get_token());
    if (!result)
        return failed(job.id, result.error());
    ++m_renders;
    logRender(*request, *result);
    Json message = resultMessage(job.id, *request, *result, m_engine.device());
    return {std::move(message), std::move(result->picture.rgba)};
}

void Session::logRender(const RenderRequest &request, const RenderResult &result)
{
    char milliseconds[32];
    std::snprintf(milliseconds, sizeof milliseconds, "%.1f ms", result.timingsMs.total);
    m_log.info("render " + request.model + ' ' + result.revision + " \"" + Log::oneLine(request.prompt) + "\" "
               + std::to_string(result.picture.size.width) + 'x' + std::to_string(result.picture.size.height) + " seed "
               + std::to_string(request.seed) + " steps " + std::to_string(result.steps) + ' ' + m_engine.device().kind + ' '
               + m_engine.device().dtype + ' ' + milliseconds);
}

Session::Reply Session::runLoad(const Job &job)
{
    const auto start = std::chrono::steady_clock::now();
    const auto model = readText(job.message, "model", true);
    const auto path = readText(job.message, "path", false);
    const auto info = !model ? Result<ModelInfo>(tl::unexpected(model.error()))
                      : !path ? Result<ModelInfo>(tl::unexpected(path.error()))
                              : m_engine.load(*model, *path);
    // Loading ahead of the first request has nobody to answer; that request will be told.
    const bool silent = job.type == "warm";
    if (!info) {
        Reply reply = failed(job.id, info.error());
        return silent ? Reply() : std::move(reply);
    }
    const double milliseconds = millisecondsSince(start);
    char text[32];
    std::snprintf(text, sizeof text, "%.0f ms", milliseconds);
    m_log.info("loaded " + info->id + ' ' + info->revision + " in " + text);
    if (silent)
        return {};
    Json message = answer("loaded", job.id);
    message["model"] = info->id;
    message["revision"] = info->revision;
    message["ms"] = milliseconds;
    message["capabilities"] = modelMessage(*info, m_engine.budget());
    return {std::move(message), {}};
}

Session::Reply Session::runUnload(const Job &job)
{
    const auto model = readText(job.message, "model", true);
    if (!model)
        return failed(job.id, model.error());
    const bool isRemoved = job.type == "remove";
    if (const auto done = isRemoved ? m_engine.remove(*model) : m_engine.unload(*model); !done)
        return failed(job.id, done.error());
    Json message = answer(isRemoved ? "removed" : "unloaded", job.id);
    message["model"] = *model;
    return {std::move(message), {}};
}

Session::Reply Session::runAdd(const Job &job)
{
    const auto model = readText(job.message, "model", true);
    const auto path = readText(job.message, "path", true);
    const auto info = !model ? Result<ModelInfo>(tl::unexpected(model.error()))
                      : !path ? Result<ModelInfo>(tl::unexpected(path.error()))
                              : m_engine.add(*model, *path);
    if (!info)
        return failed(job.id, info.error());
    Json message = answer("added", job.id);
    message["model"] = info->id;
    message["revision"] = info->revision;
    message["capabilities"] = modelMessage(*info, m_engine.budget());
    return {std::move(message), {}};
}

Session::Reply Session::runEmbed(const Job &job)
{
    const auto model = readText(job.message, "model", false);
    const auto texts = readTexts(job.message);
    const auto embedding = !model ? Result<CaptionVectors>(tl::unexpected(model.error()))
                           : !texts ? Result<CaptionVectors>(tl::unexpected(texts.error()))
                                    : m_engine.embed(*model, *texts);
    if (!embedding)
        return failed(job.id, embedding.error());
    ++m_embeds;
    std::vector<std::uint8_t> bytes(embedding->values.size() * sizeof(float));
    std::memcpy(bytes.data(), embedding->values.data(), bytes.size());
    return {vectorsMessage(job.id, *embedding), std::move(bytes)};
}

void Session::send(const Json &message, std::span<const std::uint8_t> attachment)
{
    if (!m_writer.write(message, attachment))
        m_outputLost = true;
}

void Session::sendError(const Json &id, const Error &error)
{
    send(errorMessage(id, errorCodeName(error.code), error.message, error.detail));
}

} // namespace Galley
