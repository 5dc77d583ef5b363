#include "core/engines/local/localengine.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/engines/local/answers.h"
#include "core/engines/local/workerjob.h"
#include "core/engines/local/workerprocess.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QThreadPool>
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
        idle.setSingleShot(true);
        QObject::connect(&idle, &QTimer::timeout, q, [this] { dropProcess(); });
    }

    void ensureStarted();
    void startProcess();
    void dropProcess();
    void dispatch();
    void submit(std::shared_ptr<WorkerJob> job);
    void cancel(const QString &id);

    void onReady(const EngineCapabilities &value, const QList<LocalModel> &described);
    void onFrame(const WorkerFrame &frame);
    void onAnswer(const WorkerFrame &frame);
    void onPreview(const WorkerFrame &frame);
    void onFailed(const Error &error, bool fatal);
    void onSilence();
    void onAnsweredWell(WorkerJob &job, const WorkerFrame &frame);
    void describeAgain(const QString &model);
    void learn(const LocalModelFile &file, const Result<LocalModel> &model);
    void forget(const QString &id);
    QString freeId() { return QStringLiteral("j%1").arg(++lastId); }
    void submitRender(const std::shared_ptr<WorkerJob> &job);
    QFuture<Result<void>> letGo();
    void listen();
    bool isOfUser(const QString &model) const;
    bool isLarge(const WorkerJob &job) const;
    bool isPending(const QString &model, WorkerJob::Kind kind) const;
    QList<LocalModelFile> modelsToBe() const;
    void blame(WorkerJob &job, const Error &error);
    void breakDown(const Error &error);
    void failEverything(const Error &error);
    std::optional<Error> refusal(const WorkerJob &job) const;

    LocalEngine *q;
    LocalEngineOptions options;
    WorkerProcess *process = nullptr;
    std::optional<EngineCapabilities> capabilities;
    QList<LocalModel> models;
    std::optional<Error> broken;
    std::deque<std::shared_ptr<WorkerJob>> queue;
    std::vector<std::shared_ptr<WorkerJob>> preparing;  ///< their start picture is being decoded, or the neighbour is letting go
    QPointer<LocalEngine> neighbour;
    QStringList held;  ///< models of the user's that the present process has worked with
    std::shared_ptr<WorkerJob> current;
    std::vector<QPromise<Result<EngineCapabilities>>> waiting;
    QTimer backOff;
    QTimer silence;
    QTimer idle;
    int failuresInARow = 0;
    bool hasAnswered = false;  ///< the present process, at least once
    int starts = 0;
    int lastId = 0;
};

void LocalEngine::Private::ensureStarted()
{
    // One that is only there on demand is tried again for whoever asks next: nobody looks after it meanwhile.
    if (broken && options.idleEndMs > 0) {
        broken.reset();
        failuresInARow = 0;
    }
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
    QObject::connect(process, &WorkerProcess::ready, q, [this](const EngineCapabilities &value, const QList<LocalModel> &described) { onReady(value, described); });
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
    idle.stop();
    capabilities.reset();
    held.clear();
    if (!process)
        return;
    process->disconnect(q);
    process->discard();
    process = nullptr;
}

void LocalEngine::Private::onReady(const EngineCapabilities &value, const QList<LocalModel> &described)
{
    capabilities = value;
    models = described;
    logMessage(LogLevel::Info, QStringLiteral("worker: ready on %1, %2, %3 threads, %4")
                                   .arg(value.device, value.dtype, QString::number(value.threads), value.library));
    for (const QString &note : value.notes)
        logMessage(LogLevel::Info, QStringLiteral("worker: ") + note);
    for (auto &promise : std::exchange(waiting, {}))
        finishPromise<EngineCapabilities>(promise, value);
    Q_EMIT q->workerStarted();
    dispatch();
}

void LocalEngine::Private::submit(std::shared_ptr<WorkerJob> job)
{
    if (job->id.isEmpty())
        job->id = freeId();
    queue.push_back(std::move(job));
    ensureStarted();
    dispatch();
}

/// Why \a job need not be sent at all.
std::optional<Error> LocalEngine::Private::refusal(const WorkerJob &job) const
{
    if (job.kind != WorkerJob::Kind::Render)
        return std::nullopt;
    const ModelCapabilities *model = capabilities->findModel(job.request.model);
    if (!model)
        return Error{ErrorCode::NotFound, tr("There is no model %1 on this machine.").arg(job.request.model), {}};
    if (!model->problem.isEmpty())
        return Error{ErrorCode::Unavailable, model->problem, {}};
    if (!job.request.revision.isEmpty() && job.request.revision != model->revision)
        return otherRevision(job.request, model->revision);
    return std::nullopt;
}

void LocalEngine::Private::dispatch()
{
    while (capabilities && !current && !queue.empty()) {
        std::shared_ptr<WorkerJob> job = queue.front();
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
        if (std::exchange(job->hasBegun, true) && job->observer.again && !job->finished)
            job->observer.again();
        if (job->kind == WorkerJob::Kind::Render && isOfUser(job->request.model) && !held.contains(job->request.model))
            held.append(job->request.model);
        else if (job->kind == WorkerJob::Kind::Unload)
            held.removeAll(job->model.id);
        current = std::move(job);
        listen();
    }
    if (current || !queue.empty() || !process)
        idle.stop();
    else if (options.idleEndMs > 0)
        idle.start(options.idleEndMs);
}

/// What has been prepared goes on: to the neighbour, if it holds models while one of the user's is to work here, then into the queue.
void LocalEngine::Private::submitRender(const std::shared_ptr<WorkerJob> &job)
{
    if (job->finished) {
        std::erase(preparing, job);
        return;
    }
    if (neighbour && isOfUser(job->request.model)) {
        if (const auto freed = neighbour->d->letGo(); !freed.isFinished()) {
            onFinished(freed, q, [this, job](const QFuture<Result<void>> &) { submitRender(job); });
            return;
        }
    }
    std::erase(preparing, job);
    submit(job);
}

/// Unloads the models of the user's behind everything that was asked for before. Failures are no reason to wait: then there is no worker that holds any.
QFuture<Result<void>> LocalEngine::Private::letGo()
{
    const auto isHeldBy = [this](const std::shared_ptr<WorkerJob> &job) { return job && job->kind == WorkerJob::Kind::Render && isOfUser(job->request.model); };
    QStringList going = held;
    for (const std::shared_ptr<WorkerJob> &job : queue) {
        if (isHeldBy(job) && !going.contains(job->request.model))
            going.append(job->request.model);
    }
    auto last = readyFuture<Result<void>>({});
    for (const QString &model : std::as_const(going)) {
        auto job = std::make_shared<WorkerJob>();
        job->kind = WorkerJob::Kind::Unload;
        job->model.id = model;
        job->removed.start();
        last = job->removed.future();
        submit(job);
    }
    return last;
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
    const auto isMeant = [&](const auto &job) { return job->id == id; };
    if (const auto found = std::find_if(preparing.begin(), preparing.end(), isMeant); found != preparing.end())
        fail(**found, error);
    const auto found = std::find_if(queue.begin(), queue.end(), isMeant);
    if (found == queue.end())
        return;
    const std::shared_ptr<WorkerJob> job = *found;
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
    if (type == QLatin1String("progress") && stringAt(frame.message, "stage") == QLatin1String("load")) {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        const auto bytes = integerAt(frame.message, "bytes", 0, most);
        const auto of = integerAt(frame.message, "of_bytes", 1, most);
        if (bytes && of && current->observer.loading && !current->finished)
            current->observer.loading(std::min(*bytes, *of), *of);
    } else if (type == QLatin1String("progress")) {
        const auto step = integerAt(frame.message, "step", 0, 100000);
        const auto of = integerAt(frame.message, "of", 1, 100000);
        if (step && of && current->observer.progress && !current->finished)
            current->observer.progress(int(*step), int(*of));
    } else if (type == QLatin1String("preview")) {
        onPreview(frame);
    } else if (type == QLatin1String(current->answerType()) || type == QLatin1String("error")) {
        onAnswer(frame);
    } else {
        process->giveUp({ErrorCode::WorkerFailed, tr("The drawing worker sent a message that Galley does not know."), type});
    }
}

void LocalEngine::Private::onPreview(const WorkerFrame &frame)
{
    const auto step = integerAt(frame.message, "step", 0, 100000);
    const auto picture = frame.picture(QStringLiteral("preview"));
    const QSize asked = current->request.size;
    // A smaller one is quicker made, and soon replaced.
    if (!step || !picture || picture->size().boundedTo(asked) != picture->size()) {
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
    const std::shared_ptr<WorkerJob> job = std::exchange(current, nullptr);
    if (frame.type() == QLatin1String("error")) {
        const Error error = readError(frame);
        if (job->kind == WorkerJob::Kind::Render && error.code == ErrorCode::Unavailable && isOfUser(job->request.model))
            describeAgain(job->request.model);
        fail(*job, error);
    } else if (!std::exchange(job->finished, true)) {
        job->onStop.reset();
        onAnsweredWell(*job, frame);
    }
    dispatch();
}

void LocalEngine::Private::onAnsweredWell(WorkerJob &job, const WorkerFrame &frame)
{
    switch (job.kind) {
    case WorkerJob::Kind::Render: {
        auto result = readResult(frame, job.request);
        if (!result && result.error().code == ErrorCode::Unavailable)
            describeAgain(job.request.model);
        finishPromise<RenderResult>(job.render, std::move(result));
        return;
    }
    case WorkerJob::Kind::Embed: finishPromise<WorkerJob::Vectors>(job.vectors, readVectors(frame, int(job.texts.size()))); return;
    case WorkerJob::Kind::Add: {
        const auto model = readAdded(frame, job.model.id);
        learn(job.model, model);
        finishPromise<LocalModel>(job.added, model);
        return;
    }
    case WorkerJob::Kind::Remove:
        forget(job.model.id);
        finishPromise<void>(job.removed, {});
        return;
    case WorkerJob::Kind::Unload: finishPromise<void>(job.removed, {}); return;
    }
}

/// The worker is asked anew what \a model is, whose files were replaced since it said so; until then every request would be for what is gone.
void LocalEngine::Private::describeAgain(const QString &model)
{
    const QList<LocalModelFile> known = modelsToBe();
    const auto file = std::find_if(known.cbegin(), known.cend(), [&](const LocalModelFile &one) { return one.id == model; });
    if (file == known.cend()) {
        startProcess();  // of Galley's own it speaks once
        return;
    }
    const LocalModelFile changed = *file;
    if (!isPending(model, WorkerJob::Kind::Add))
        q->addModel(changed);
    Q_EMIT q->filesChanged(changed);
}

void LocalEngine::Private::learn(const LocalModelFile &file, const Result<LocalModel> &model)
{
    if (!model)
        return;
    // What is described as it was is no news: whoever hears of news tries again what failed, and a model that cannot be read would be read for ever.
    const auto knownFile = std::find_if(options.models.cbegin(), options.models.cend(), [&](const LocalModelFile &known) { return known.id == file.id; });
    const auto knownModel = std::find_if(models.cbegin(), models.cend(), [&](const LocalModel &known) { return known.basic.model == file.id; });
    const bool isNews = knownFile == options.models.cend() || knownFile->path != file.path || knownModel == models.cend()
        || knownModel->basic.revision != model->basic.revision || knownModel->basic.problem != model->basic.problem;
    options.models.removeIf([&](const LocalModelFile &known) { return known.id == file.id; });
    options.models.append(file);
    if (capabilities) {
        capabilities->models.removeIf([&](const ModelCapabilities &known) { return known.model == file.id; });
        capabilities->models.append(model->basic);
    }
    models.removeIf([&](const LocalModel &known) { return known.basic.model == file.id; });
    models.append(*model);
    if (isNews)
        Q_EMIT q->modelsChanged();
}

void LocalEngine::Private::forget(const QString &id)
{
    options.models.removeIf([&](const LocalModelFile &known) { return known.id == id; });
    held.removeAll(id);
    if (capabilities)
        capabilities->models.removeIf([&](const ModelCapabilities &known) { return known.model == id; });
    models.removeIf([&](const LocalModel &known) { return known.basic.model == id; });
    Q_EMIT q->modelsChanged();
}

/// Gives the worker its time to say something. On a busy machine the weights take longer to read than a picture may take to draw.
void LocalEngine::Private::listen()
{
    if (current && isLarge(*current)) {
        silence.start(options.largeTimeoutMs);
        return;
    }
    silence.start(hasAnswered ? options.silenceTimeoutMs : std::max(options.silenceTimeoutMs, options.loadTimeoutMs));
}

bool LocalEngine::Private::isOfUser(const QString &model) const
{
    const QList<LocalModelFile> known = modelsToBe();
    return std::any_of(known.cbegin(), known.cend(), [&](const LocalModelFile &file) { return file.id == model; });
}

/// Whether \a job is for a model of the user's, whose files and steps may be of any size.
bool LocalEngine::Private::isLarge(const WorkerJob &job) const
{
    return job.kind == WorkerJob::Kind::Add || job.kind == WorkerJob::Kind::Remove || isOfUser(job.request.model);
}

void LocalEngine::Private::onSilence()
{
    if (process) {
        process->giveUp({ErrorCode::WorkerFailed,
                         tr("The drawing worker has not answered for %1 s.").arg(silence.interval() / 1000.0), {}});
    }
}

/// The worker ended while it held \a job: it is run again, once.
void LocalEngine::Private::blame(WorkerJob &job, const Error &error)
{
    if (job.kind == WorkerJob::Kind::Unload) {
        fail(job, error);
        return;
    }
    if (job.kind == WorkerJob::Kind::Add || job.kind == WorkerJob::Kind::Remove) {
        fail(job, {ErrorCode::WorkerFailed,
                   error.message + QLatin1Char(' ') + tr("It was reading %1. Check the files there, or copy them anew.").arg(job.model.path), error.detail});
        return;
    }
    const QString what = job.kind == WorkerJob::Kind::Render ? job.request.prompt.left(80) : job.texts.value(0).left(80);
    fail(job, {ErrorCode::WorkerFailed,
               error.message + QLatin1Char(' ')
                   + tr("It was tried twice for “%1”. Change these words or the number of steps, or take clip art.").arg(what),
               error.detail});
}

void LocalEngine::Private::onFailed(const Error &error, bool fatal)
{
    dropProcess();
    logMessage(LogLevel::Warning, error.message + QLatin1Char(' ') + error.detail);
    if (const std::shared_ptr<WorkerJob> job = std::exchange(current, nullptr); job && !job->finished) {
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
    if (const std::shared_ptr<WorkerJob> job = std::exchange(current, nullptr))
        fail(*job, error);
    for (const std::shared_ptr<WorkerJob> &job : std::exchange(queue, {}))
        fail(*job, error);
    for (const std::shared_ptr<WorkerJob> &job : std::exchange(preparing, {}))
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
    auto job = std::make_shared<WorkerJob>();
    job->request = request;
    job->observer = std::move(observer);
    job->render.start();
    const auto future = job->render.future();
    if (stop.stop_requested()) {
        fail(*job, {ErrorCode::Cancelled, tr("The drawing was cancelled."), {}});
        return future;
    }
    if (!request.seedWanted) {
        // Whoever wants no seed wants another picture each time; the result says which it was.
        job->request.seed = QRandomGenerator::global()->bounded(std::numeric_limits<int>::max());
    }
    job->id = d->freeId();
    d->preparing.push_back(job);
    // The token may be used on any thread; the engine is not touched there.
    job->onStop.emplace(std::move(stop), [engine = d.get(), id = job->id] {
        QMetaObject::invokeMethod(engine->q, [engine, id] { engine->cancel(id); }, Qt::QueuedConnection);
    });
    if (request.references.isEmpty()) {
        d->submitRender(job);
        return future;
    }
    onFinished(runOn(QThreadPool::globalInstance(), [request] { return readStart(request, tr("The start picture")); }), this,
               [this, job](const QFuture<Result<QImage>> &read) {
                   const auto start = read.result();
                   if (start)
                       job->start = *start;
                   else
                       fail(*job, start.error());
                   d->submitRender(job);
               });
    return future;
}

QFuture<Result<LocalModel>> LocalEngine::addModel(const LocalModelFile &model)
{
    auto job = std::make_shared<WorkerJob>();
    job->kind = WorkerJob::Kind::Add;
    job->model = model;
    job->added.start();
    const auto future = job->added.future();
    d->submit(job);
    return future;
}

QFuture<Result<void>> LocalEngine::removeModel(const QString &id)
{
    auto job = std::make_shared<WorkerJob>();
    job->kind = WorkerJob::Kind::Remove;
    job->model.id = id;
    job->removed.start();
    const auto future = job->removed.future();
    d->submit(job);
    return future;
}

QList<LocalModel> LocalEngine::models() const
{
    return d->models;
}

/// Whether the last that is still to be done with \a model is a job of \a kind.
bool LocalEngine::Private::isPending(const QString &model, WorkerJob::Kind kind) const
{
    const auto isOfIt = [&](const std::shared_ptr<WorkerJob> &job) {
        return job && (job->kind == WorkerJob::Kind::Add || job->kind == WorkerJob::Kind::Remove) && job->model.id == model;
    };
    const auto last = std::find_if(queue.crbegin(), queue.crend(), isOfIt);
    if (last != queue.crend())
        return (*last)->kind == kind;
    return isOfIt(current) && current->kind == kind;
}

/// The user's models once everything that waits has been done: behind a long picture that may take a while.
QList<LocalModelFile> LocalEngine::Private::modelsToBe() const
{
    QList<LocalModelFile> list = options.models;
    const auto apply = [&list](const std::shared_ptr<WorkerJob> &job) {
        if (!job || (job->kind != WorkerJob::Kind::Add && job->kind != WorkerJob::Kind::Remove))
            return;
        list.removeIf([&](const LocalModelFile &known) { return known.id == job->model.id; });
        if (job->kind == WorkerJob::Kind::Add)
            list.append(job->model);
    };
    apply(current);
    for (const std::shared_ptr<WorkerJob> &job : queue)
        apply(job);
    return list;
}

void LocalEngine::setModels(const QList<LocalModelFile> &models)
{
    const QList<LocalModelFile> known = d->modelsToBe();
    if (!d->process && d->queue.empty()) {
        d->options.models = models;
        Q_EMIT modelsChanged();
        return;
    }
    for (const LocalModelFile &model : known) {
        if (!std::any_of(models.cbegin(), models.cend(), [&](const LocalModelFile &wanted) { return wanted.id == model.id; }))
            removeModel(model.id);
    }
    for (const LocalModelFile &model : models) {
        if (!known.contains(model))
            addModel(model);
    }
}

void LocalEngine::followModels(const LocalEngine &other)
{
    const QList<LocalModelFile> before = d->options.models;
    setModels(other.d->options.models);
    if (!d->capabilities || !other.d->capabilities)
        return;  // whoever has not introduced itself is about to read the files
    const auto revisionIn = [](const QList<LocalModel> &models, const QString &id) {
        const auto found = std::find_if(models.cbegin(), models.cend(), [&](const LocalModel &model) { return model.basic.model == id; });
        return found == models.cend() ? QString() : found->basic.revision;
    };
    for (const LocalModelFile &model : other.d->options.models) {
        const bool isOther = revisionIn(d->models, model.id) != revisionIn(other.d->models, model.id);
        if (isOther && before.contains(model) && !d->isPending(model.id, WorkerJob::Kind::Add))
            addModel(model);
    }
}

void LocalEngine::setNeighbour(LocalEngine *other)
{
    d->neighbour = other;
}

QFuture<Result<QList<QList<float>>>> LocalEngine::embed(const QStringList &texts)
{
    auto job = std::make_shared<WorkerJob>();
    job->kind = WorkerJob::Kind::Embed;
    job->texts = texts;
    job->vectors.start();
    const auto future = job->vectors.future();
    d->submit(job);
    return future;
}

void LocalEngine::restart(const LocalEngineOptions &options, Restart how)
{
    d->options = options;
    d->broken.reset();
    if (how == Restart::IfRunning && !d->process && !d->backOff.isActive())
        return;
    d->backOff.stop();
    d->failuresInARow = 0;
    if (const std::shared_ptr<WorkerJob> job = std::exchange(d->current, nullptr); job && !job->finished)
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
