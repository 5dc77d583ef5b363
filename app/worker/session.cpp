#include "app/worker/session.h"

#include "app/worker/memory.h"
#include "app/worker/messages.h"

#include <algorithm>
#include <cstdio>

namespace Galley {

using namespace Diffusion;

namespace {

double millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

const Error &cancelledError()
{
    static const Error error{ErrorCode::Cancelled, "The request was cancelled.", {}};
    return error;
}

} // namespace

Session::Session(Engine &engine, int input, int output, const Log &log)
    : m_engine(engine)
    , m_reader(input)
    , m_writer(output)
    , m_log(log)
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
    send(helloMessage(m_engine.device(), models));
    for (const ModelInfo &info : models)
        if (info.error.empty())
            enqueue("warm", Json(), Json{{"model", info.id}});
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
    } else if (*type != "load" && *type != "unload") {
        return send(errorMessage(*id, "unknown_message", "Protocol 1 has no message \"" + Log::oneLine(*type, 64) + "\"."));
    }
    if (isOpen(*id))
        return sendError(*id, {ErrorCode::Invalid, "A request with this id is still open.", {}});
    enqueue(*type, *id, std::move(frame.message));
}

bool Session::isOpen(const Json &id) const
{
    if (id.is_null())
        return false;
    const std::lock_guard lock(m_mutex);
    return m_runningId == id || std::any_of(m_queue.begin(), m_queue.end(), [&](const Job &job) { return job.id == id; });
}

void Session::enqueue(std::string type, Json id, Json message)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back({std::move(type), std::move(id), std::move(message), {}});
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
    for (const auto &[model, revision] : stats.loaded)
        loaded.push_back(Json{{"model", model}, {"revision", revision}});
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
        runJob(job);
        const std::lock_guard lock(m_mutex);
        m_runningId = Json();
        m_runningStop = {};
    }
}

void Session::runJob(Job &job)
{
    if (job.stop.stop_requested()) {
        ++m_cancelled;
        return sendError(job.id, cancelledError());
    }
    if (job.type == "render")
        runRender(job);
    else if (job.type == "embed")
        runEmbed(job);
    else if (job.type == "unload")
        runUnload(job);
    else
        runLoad(job);
}

void Session::runRender(const Job &job)
{
    const auto request = readRender(job.message);
    if (!request) {
        ++m_failed;
        return sendError(job.id, request.error());
    }
    RenderObserver observer;
    observer.progress = [&](int step, int of) { send(progressMessage(job.id, step, of)); };
    observer.preview = [&](int step, const Picture &picture) { send(previewMessage(job.id, step, picture), picture.rgba); };
    const auto result = m_engine.render(*request, observer, job.stop.get_token());
    if (!result) {
        ++(result.error().code == ErrorCode::Cancelled ? m_cancelled : m_failed);
        if (result.error().code != ErrorCode::Cancelled)
            m_log.error(result.error().message + (result.error().detail.empty() ? "" : " (" + result.error().detail + ')'));
        return sendError(job.id, result.error());
    }
    ++m_renders;
    logRender(*request, *result);
    send(resultMessage(job.id, *request, *result, m_engine.device()), result->picture.rgba);
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

void Session::runLoad(const Job &job)
{
    const auto start = std::chrono::steady_clock::now();
    const auto model = readText(job.message, "model", true);
    const auto path = readText(job.message, "path", false);
    const auto info = !model ? Result<ModelInfo>(tl::unexpected(model.error()))
                      : !path ? Result<ModelInfo>(tl::unexpected(path.error()))
                              : m_engine.load(*model, *path);
    if (!info) {
        m_log.error(info.error().message);
        // Loading ahead of the first request has nobody to answer; that request will be told.
        return job.type == "warm" ? void() : sendError(job.id, info.error());
    }
    const double milliseconds = millisecondsSince(start);
    char text[32];
    std::snprintf(text, sizeof text, "%.0f ms", milliseconds);
    m_log.info("loaded " + info->id + ' ' + info->revision + " in " + text);
    if (job.type == "warm")
        return;
    Json message = answer("loaded", job.id);
    message["model"] = info->id;
    message["revision"] = info->revision;
    message["ms"] = milliseconds;
    message["capabilities"] = modelMessage(*info);
    send(message);
}

void Session::runUnload(const Job &job)
{
    const auto model = readText(job.message, "model", true);
    if (!model)
        return sendError(job.id, model.error());
    if (const auto unloaded = m_engine.unload(*model); !unloaded)
        return sendError(job.id, unloaded.error());
    Json message = answer("unloaded", job.id);
    message["model"] = *model;
    send(message);
}

void Session::runEmbed(const Job &job)
{
    const auto model = readText(job.message, "model", false);
    const auto texts = readTexts(job.message);
    const auto embedding = !model ? Result<Embedding>(tl::unexpected(model.error()))
                           : !texts ? Result<Embedding>(tl::unexpected(texts.error()))
                                    : m_engine.embed(*model, *texts);
    if (!embedding) {
        ++m_failed;
        return sendError(job.id, embedding.error());
    }
    ++m_embeds;
    const auto bytes = std::as_bytes(std::span(embedding->values));
    send(vectorsMessage(job.id, *embedding), {reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
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
