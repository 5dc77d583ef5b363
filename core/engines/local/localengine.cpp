#include "core/engines/local/localengine.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/engines/local/answers.h"
#include "core/engines/local/workerprocess.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace Galley {

namespace {

constexpr int maxBackOffMs = 5000;
constexpr int maxDeathsPerJob = 2;  // the first one may have been somebody else's fault; the second one is the request's

using Vectors = QList<QList<float>>;

/// One question to the worker. Kept until the worker has answered it, even when nobody waits for the answer any more.
struct Job
{
    QString id;
    EngineRequest request;
    RenderObserver observer;
    QStringList texts;
    bool isRender = true;
    bool finished = false;  ///< the future has its result
    int deaths = 0;
    QPromise<Result<RenderResult>> render;
    QPromise<Result<Vectors>> vectors;
    std::optional<std::stop_callback<std::function<void()>>> onStop;

    WorkerFrame message() const { return isRender ? renderMessage(id, request) : embedMessage(id, texts); }
};

template<typename T>
void finishPromise(QPromise<Result<T>> &promise, Result<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

void fail(Job &job, const Error &error)
{
    if (std::exchange(job.finished, true))
        return;
    job.onStop.reset();
    if (job.isRender)
        finishPromise<RenderResult>(job.render, Galley::fail(error));
    else
        finishPromise<Vectors>(job.vectors, Galley::fail(error));
}

} // namespace

struct LocalEngine::Private
{
    Private(LocalEngine *engine, const LocalEngineOptions &value)
        : q(engine)
        , options(value)
    {
        backOff.setSingleShot(true);
        silence.setSingleShot(true);
        QObject::connect(&backOff, &QTimer::timeout, q, [this] { startProcess(); });
        QObject::connect(&silence, &QTimer::timeout, q, [this] { onSilence(); });
    }

    void ensureStarted();
    void startProcess();
    void dropProcess();
    void dispatch();
    void submit(std::shared_ptr<Job> job);
    void cancel(const QString &id);

    void onReady(const EngineCapabilities &value);
    void onFrame(const WorkerFrame &frame);
    void onAnswer(const WorkerFrame &frame);
    void onPreview(const WorkerFrame &frame);
    void onFailed(const Error &error, bool fatal);
    void onSilence();
    void listen();
    void blame(Job &job, const Error &error);
    void breakDown(const Error &error);
    void failEverything(const Error &error);
    std::optional<Error> refusal(const Job &job) const;

    LocalEngine *q;
    LocalEngineOptions options;
    WorkerProcess *process = nullptr;
    std::optional<EngineCapabilities> capabilities;
    std::optional<Error> broken;
    std::deque<std::shared_ptr<Job>> queue;
    std::shared_ptr<Job> current;
    std::vector<QPromise<Result<EngineCapabilities>>> waiting;
    QTimer backOff;
    QTimer silence;
    int failuresInARow = 0;
    bool hasAnswered = false;  ///< the present process, at least once
    int starts = 0;
    int lastId = 0;
};

void LocalEngine::Private::ensureStarted()
{
    if (broken)
        failEverything(*broken);
    else if (!process && !backOff.isActive())
        startProcess();
}

void LocalEngine::Private::startProcess()
{
    dropProcess();
    ++starts;
    hasAnswered = false;
    process = new WorkerProcess(options, q);
    QObject::connect(process, &WorkerProcess::ready, q, [this](const EngineCapabilities &value) { onReady(value); });
    QObject::connect(process, &WorkerProcess::frame, q, [this](const WorkerFrame &frame) { onFrame(frame); });
    QObject::connect(process, &WorkerProcess::failed, q, [this](const Error &error, bool fatal) { onFailed(error, fatal); });
    QObject::connect(process, &WorkerProcess::line, q, [this](const QString &text) {
        logMessage(LogLevel::Info, QStringLiteral("worker: ") + text);
        Q_EMIT q->workerLine(text);
    });
    process->start();
}

/// The process goes on its own time: we may be inside one of its signals, and the GUI thread must not wait for it.
void LocalEngine::Private::dropProcess()
{
    silence.stop();
    capabilities.reset();
    if (!process)
        return;
    process->disconnect(q);
    process->discard();
    process = nullptr;
}

void LocalEngine::Private::onReady(const EngineCapabilities &value)
{
    capabilities = value;
    logMessage(LogLevel::Info, QStringLiteral("worker: ready on %1, %2, %3 threads, %4")
                                   .arg(value.device, value.dtype, QString::number(value.threads), value.library));
    for (const QString &note : value.notes)
        logMessage(LogLevel::Info, QStringLiteral("worker: ") + note);
    for (auto &promise : std::exchange(waiting, {}))
        finishPromise<EngineCapabilities>(promise, value);
    Q_EMIT q->workerStarted();
    dispatch();
}

void LocalEngine::Private::submit(std::shared_ptr<Job> job)
{
    job->id = QStringLiteral("j%1").arg(++lastId);
    queue.push_back(std::move(job));
    ensureStarted();
    dispatch();
}

/// Why \a job need not be sent at all.
std::optional<Error> LocalEngine::Private::refusal(const Job &job) const
{
    if (!job.isRender)
        return std::nullopt;
    const ModelCapabilities *model = capabilities->findModel(job.request.model);
    if (!model)
        return Error{ErrorCode::NotFound, tr("There is no model %1 on this machine.").arg(job.request.model), {}};
    if (!model->problem.isEmpty())
        return Error{ErrorCode::Unavailable, model->problem, {}};
    if (!job.request.revision.isEmpty() && job.request.revision != model->revision) {
        return Error{ErrorCode::Unavailable,
                     tr("The files of %1 have changed: revision %2 is here now, not %3. Render again.")
                         .arg(job.request.model, model->revision, job.request.revision),
                     {}};
    }
    return std::nullopt;
}

void LocalEngine::Private::dispatch()
{
    while (capabilities && !current && !queue.empty()) {
        std::shared_ptr<Job> job = queue.front();
        queue.pop_front();
        if (const auto reason = refusal(*job)) {
            fail(*job, *reason);
            continue;
        }
        const auto sent = process->send(job->message());
        if (!sent) {
            fail(*job, sent.error());
            continue;
        }
        current = std::move(job);
        listen();
    }
}

void LocalEngine::Private::cancel(const QString &id)
{
    const Error error{ErrorCode::Cancelled, tr("The drawing was cancelled."), {}};
    if (current && current->id == id) {
        // The slot stays taken until the worker has answered: it works on one request at a time.
        if (!current->finished)
            process->send(cancelMessage(id));
        fail(*current, error);
        return;
    }
    const auto found = std::find_if(queue.begin(), queue.end(), [&](const auto &job) { return job->id == id; });
    if (found == queue.end())
        return;
    const std::shared_ptr<Job> job = *found;
    queue.erase(found);
    fail(*job, error);
}

void LocalEngine::Private::onFrame(const WorkerFrame &frame)
{
    const QString type = frame.type();
    if (type == QLatin1String("error") && frame.id().isEmpty()) {
        process->giveUp(readError(frame));
        return;
    }
    if (!current || frame.id() != current->id) {
        process->giveUp({ErrorCode::WorkerFailed, tr("The drawing worker answered a question that nobody had asked."),
                         QStringLiteral("%1 for \"%2\"").arg(type, frame.id())});
        return;
    }
    listen();
    if (type == QLatin1String("progress")) {
        const auto step = integerAt(frame.message, "step", 0, 100000);
        const auto of = integerAt(frame.message, "of", 1, 100000);
        if (step && of && current->observer.progress && !current->finished)
            current->observer.progress(int(*step), int(*of));
    } else if (type == QLatin1String("preview")) {
        onPreview(frame);
    } else if (type == QLatin1String(current->isRender ? "result" : "vectors") || type == QLatin1String("error")) {
        onAnswer(frame);
    } else {
        process->giveUp({ErrorCode::WorkerFailed, tr("The drawing worker sent a message that Galley does not know."), type});
    }
}

void LocalEngine::Private::onPreview(const WorkerFrame &frame)
{
    const auto step = integerAt(frame.message, "step", 0, 100000);
    const auto picture = frame.picture(QStringLiteral("preview"));
    if (!step || !picture || picture->size() != current->request.size) {
        logMessage(LogLevel::Warning, QStringLiteral("worker: a preview of the wrong shape was left out"));
        return;
    }
    if (current->observer.preview && !current->finished)
        current->observer.preview(int(*step), *picture);
}

void LocalEngine::Private::onAnswer(const WorkerFrame &frame)
{
    silence.stop();
    failuresInARow = 0;
    hasAnswered = true;
    const std::shared_ptr<Job> job = std::exchange(current, nullptr);
    if (frame.type() == QLatin1String("error")) {
        fail(*job, readError(frame));
    } else if (!std::exchange(job->finished, true)) {
        job->onStop.reset();
        if (job->isRender)
            finishPromise<RenderResult>(job->render, readResult(frame, job->request));
        else
            finishPromise<Vectors>(job->vectors, readVectors(frame, int(job->texts.size())));
    }
    dispatch();
}

/// Gives the worker its time to say something. On a busy machine the weights take longer to read than a picture may take to draw.
void LocalEngine::Private::listen()
{
    silence.start(hasAnswered ? options.silenceTimeoutMs : std::max(options.silenceTimeoutMs, options.loadTimeoutMs));
}

void LocalEngine::Private::onSilence()
{
    if (process) {
        process->giveUp({ErrorCode::WorkerFailed,
                         tr("The drawing worker has not answered for %1 s.").arg(silence.interval() / 1000.0), {}});
    }
}

/// The worker ended while it held \a job: it is run again, once.
void LocalEngine::Private::blame(Job &job, const Error &error)
{
    const QString what = job.isRender ? job.request.prompt.left(80) : job.texts.value(0).left(80);
    fail(job, {ErrorCode::WorkerFailed,
               error.message + QLatin1Char(' ')
                   + tr("It was tried twice for “%1”. Change these words or the number of steps, or take clip art.").arg(what),
               error.detail});
}

void LocalEngine::Private::onFailed(const Error &error, bool fatal)
{
    dropProcess();
    logMessage(LogLevel::Warning, error.message + QLatin1Char(' ') + error.detail);
    if (const std::shared_ptr<Job> job = std::exchange(current, nullptr); job && !job->finished) {
        if (++job->deaths >= maxDeathsPerJob)
            blame(*job, error);
        else
            queue.push_front(job);
    }
    ++failuresInARow;
    if (fatal || failuresInARow > options.maxRestarts)
        breakDown(error);
    else
        backOff.start(std::min(maxBackOffMs, options.firstBackOffMs << std::min(failuresInARow - 1, 10)));
}

void LocalEngine::Private::breakDown(const Error &error)
{
    Error sentence = error;
    if (failuresInARow > options.maxRestarts) {
        sentence.code = ErrorCode::WorkerFailed;
        sentence.message += QLatin1Char(' ')
            + tr("It was started %1 times in vain and is left alone now; its last words are in the log. Start it again, or take clip art.")
                  .arg(failuresInARow);
    }
    broken = sentence;
    failEverything(sentence);
    Q_EMIT q->workerFailed(sentence.message);
}

void LocalEngine::Private::failEverything(const Error &error)
{
    for (auto &promise : std::exchange(waiting, {}))
        finishPromise<EngineCapabilities>(promise, Galley::fail(error));
    if (const std::shared_ptr<Job> job = std::exchange(current, nullptr))
        fail(*job, error);
    for (const std::shared_ptr<Job> &job : std::exchange(queue, {}))
        fail(*job, error);
}

LocalEngine::LocalEngine(const LocalEngineOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options))
{}

LocalEngine::~LocalEngine()
{
    d->failEverything({ErrorCode::Cancelled, tr("The drawing worker was closed."), {}});
    if (d->process) {
        d->process->disconnect(this);
        delete d->process;
    }
}

QFuture<Result<EngineCapabilities>> LocalEngine::capabilities()
{
    if (d->capabilities)
        return readyFuture<Result<EngineCapabilities>>(*d->capabilities);
    d->waiting.emplace_back();
    d->waiting.back().start();
    const auto future = d->waiting.back().future();
    d->ensureStarted();
    return future;
}

QFuture<Result<RenderResult>> LocalEngine::render(const EngineRequest &request, RenderObserver observer, std::stop_token stop)
{
    auto job = std::make_shared<Job>();
    job->request = request;
    job->observer = std::move(observer);
    job->render.start();
    const auto future = job->render.future();
    if (stop.stop_requested()) {
        fail(*job, {ErrorCode::Cancelled, tr("The drawing was cancelled."), {}});
        return future;
    }
    d->submit(job);
    if (!job->finished) {
        // The token may be used on any thread; the engine is not touched there.
        job->onStop.emplace(std::move(stop), [this, id = job->id] {
            QMetaObject::invokeMethod(this, [this, id] { d->cancel(id); }, Qt::QueuedConnection);
        });
    }
    return future;
}

QFuture<Result<QList<QList<float>>>> LocalEngine::embed(const QStringList &texts)
{
    auto job = std::make_shared<Job>();
    job->isRender = false;
    job->texts = texts;
    job->vectors.start();
    const auto future = job->vectors.future();
    d->submit(job);
    return future;
}

void LocalEngine::restart(const LocalEngineOptions &options)
{
    d->options = options;
    d->broken.reset();
    d->backOff.stop();
    d->failuresInARow = 0;
    if (const std::shared_ptr<Job> job = std::exchange(d->current, nullptr); job && !job->finished)
        d->queue.push_front(job);
    d->startProcess();
}

qint64 LocalEngine::processId() const
{
    return d->process ? d->process->processId() : 0;
}

int LocalEngine::restarts() const
{
    return std::max(0, d->starts - 1);
}

} // namespace Galley
