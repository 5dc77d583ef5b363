#include "core/service/draftservice.h"

#include "core/base/async.h"
#include "core/service/draftwork.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <list>
#include <utility>

namespace Galley {

namespace {

constexpr int problemsDelayMs = 150;  // text is measured for the Issues list when the hand rests, not at every step of a drag

/// Everything of a draft that needs no engine.
Result<Draft> layOut(const Template &source, const Row &row, const QString &folder, const DraftOptions &options, QList<SubjectTask> *tasks)
{
    auto variant = resolve(source, row, folder);
    if (!variant)
        return fail(variant.error());
    Draft draft{source, row, folder, options, std::move(*variant), {}, {}, {}, {}, 0};
    draft.scene = buildScene(draft.variant);
    const CompiledPrompt prompt = compilePrompt(draft.variant, Dialect::Draft, frameFor(draft.variant.canvas));
    *tasks = subjectTasks(draft.scene, draft.variant, prompt, options);
    return draft;
}

/// Lets composition draw each subject in its style, but what the pack has drawn in it already.
void applyStyles(Draft &draft, const QList<SubjectTask> &tasks)
{
    for (SceneItem &item : draft.scene.items) {
        const auto task = std::find_if(tasks.cbegin(), tasks.cend(), [&](const SubjectTask &each) { return each.tokenId == item.tokenId; });
        if (item.kind != SceneItem::Kind::Subject || task == tasks.cend())
            continue;
        const auto info = std::find_if(draft.subjects.cbegin(), draft.subjects.cend(),
                                       [&](const SubjectInfo &each) { return each.tokenId == item.tokenId; });
        const bool isDrawnSo = info != draft.subjects.cend() && info->ownStyle == task->style;
        item.styleWord = isDrawnSo ? QString() : task->style;
    }
}

/// Puts what is ready into \a draft and leaves what it already shows for the rest; returns the tokens whose picture is another one now.
QStringList applyOutcomes(Draft &draft, const QList<SubjectTask> &tasks, const QList<SubjectOutcome> &outcomes)
{
    const LayerPictures oldPictures = std::exchange(draft.pictures, {});
    const QList<SubjectInfo> oldInfos = std::exchange(draft.subjects, {});
    QStringList changed;
    for (qsizetype i = 0; i < tasks.size(); ++i) {
        const QString &id = tasks[i].tokenId;
        const SubjectOutcome &outcome = outcomes[i];
        const bool ready = outcome.kind == SubjectOutcome::Kind::Ready;
        const QImage picture = ready ? outcome.picture : oldPictures.value(id);
        if (!picture.isNull())
            draft.pictures.insert(id, picture);
        if (picture.cacheKey() != oldPictures.value(id).cacheKey())
            changed.append(id);
        if (!tasks[i].isSubject)
            continue;
        const auto old = std::find_if(oldInfos.cbegin(), oldInfos.cend(), [&](const SubjectInfo &info) { return info.tokenId == id; });
        if (ready) {
            draft.subjects.append(outcome.info);
        } else if (old != oldInfos.cend()) {
            draft.subjects.append(*old);
        } else {
            SubjectInfo info;
            info.tokenId = id;
            info.words = tasks[i].words;
            draft.subjects.append(info);
        }
    }
    applyStyles(draft, tasks);
    return changed;
}

const Error *firstFailure(const QList<SubjectOutcome> &outcomes)
{
    const auto found = std::find_if(outcomes.cbegin(), outcomes.cend(),
                                    [](const SubjectOutcome &outcome) { return outcome.kind == SubjectOutcome::Kind::Failed; });
    return found == outcomes.cend() ? nullptr : &found->error;
}

/// One call of render(): ends when every subject is there, when one failed, or when it is stopped.
class OneShot : public QObject
{
public:
    OneShot(DraftResources *resources, Draft draft, std::function<void(OneShot *)> done)
        : m_draft(std::move(draft))
        , m_work(resources)
        , m_done(std::move(done))
    {
        m_promise.start();
        m_clock.start();
        connect(&m_work, &DraftWork::changed, this, &OneShot::look);
    }

    ~OneShot() override { finish(cancelled()); }

    void start(const QList<SubjectTask> &tasks, std::stop_token stop)
    {
        m_work.setTasks(tasks, false);
        m_onStop.emplace(std::move(stop), [this] {
            QMetaObject::invokeMethod(this, [this] { finish(cancelled()); }, Qt::QueuedConnection);
        });
        look();
    }

    QFuture<Result<Draft>> future() const { return m_promise.future(); }
    DraftWork *work() { return &m_work; }

private:
    static tl::unexpected<Error> cancelled()
    {
        return fail(ErrorCode::Cancelled, DraftService::tr("The draft was cancelled."));
    }

    void look()
    {
        if (const Error *error = firstFailure(m_work.outcomes())) {
            finish(fail(*error));
        } else if (!m_work.isWaiting()) {
            applyOutcomes(m_draft, m_work.tasks(), m_work.outcomes());
            ScenePainter painter;
            m_draft.problems = painter.problems(m_draft.scene, m_draft.pictures);
            m_draft.milliseconds = double(m_clock.nsecsElapsed()) / 1e6;
            finish(std::move(m_draft));
        }
    }

    void finish(Result<Draft> result)
    {
        if (std::exchange(m_finished, true))
            return;
        m_work.stop();
        m_promise.addResult(std::move(result));
        m_promise.finish();
        m_done(this);
    }

    Draft m_draft;
    DraftWork m_work;
    std::function<void(OneShot *)> m_done;
    QPromise<Result<Draft>> m_promise;
    QElapsedTimer m_clock;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
    bool m_finished = false;
};

} // namespace

QString subjectSourceName(SubjectSource source)
{
    switch (source) {
    case SubjectSource::Auto: return QStringLiteral("auto");
    case SubjectSource::Generated: return QStringLiteral("generated");
    case SubjectSource::ClipArt: return QStringLiteral("clip-art");
    case SubjectSource::MyImage: return QStringLiteral("my-image");
    }
    return {};
}

std::optional<SubjectSource> subjectSourceFromName(const QString &name)
{
    for (const SubjectSource source : {SubjectSource::Auto, SubjectSource::Generated, SubjectSource::ClipArt, SubjectSource::MyImage}) {
        if (subjectSourceName(source) == name)
            return source;
    }
    return std::nullopt;
}

struct DraftService::Private
{
    explicit Private(DraftService *service, RenderEngine *engine, std::shared_ptr<const CutoutLibrary> cutouts)
        : q(service)
        , live(&resources)
    {
        resources.engine = engine;
        resources.cutouts = std::move(cutouts);
        problemsTimer.setSingleShot(true);
        problemsTimer.setInterval(problemsDelayMs);
    }

    void updateState();
    void updateProblems();
    void onLiveChanged();
    void onPreview(const QStringList &tokenIds, const QImage &picture);

    DraftService *q;
    DraftResources resources;
    DraftWork live;
    std::list<std::unique_ptr<OneShot>> oneShots;
    Draft draft;
    bool hasInput = false;
    std::optional<Error> inputError;
    Template source;  ///< the last input, also when it could not be laid out
    Row row;
    QString folder;
    DraftOptions options;
    State state = State::Current;
    QString problem;
    QElapsedTimer clock;
    RenderPace pace;
    QElapsedTimer paceClock;
    QTimer problemsTimer;
    ScenePainter painter;  ///< only measures; what is seen is painted elsewhere
};

void DraftService::Private::updateState()
{
    const Error *failure = inputError ? &*inputError : firstFailure(live.outcomes());
    State next = State::Current;
    if (!inputError && live.isWaiting())
        next = State::Rendering;
    else if (failure)
        next = State::Stale;
    const QString sentence = next == State::Stale ? failure->message : QString();
    const bool isFinished = state == State::Rendering && next == State::Current;
    const bool isChanged = next != state || sentence != problem;
    if (next == State::Current && (isFinished || state != State::Current))
        draft.milliseconds = double(clock.nsecsElapsed()) / 1e6;
    state = next;
    problem = sentence;
    if (state != State::Rendering) {
        pace = {};
        paceClock.invalidate();
    }
    if (isChanged)
        Q_EMIT q->stateChanged(state);
    if (isFinished)
        Q_EMIT q->finished();
}

void DraftService::Private::updateProblems()
{
    const QList<SceneProblem> now = painter.problems(draft.scene, draft.pictures);
    if (now == draft.problems)
        return;
    draft.problems = now;
    Q_EMIT q->problemsChanged();
}

void DraftService::Private::onLiveChanged()
{
    const QStringList changed = applyOutcomes(draft, live.tasks(), live.outcomes());
    for (const QString &id : changed)
        Q_EMIT q->subjectChanged(id);
    if (!changed.isEmpty())
        problemsTimer.start();
    updateState();
}

void DraftService::Private::onPreview(const QStringList &tokenIds, const QImage &picture)
{
    for (const QString &id : tokenIds) {
        draft.pictures.insert(id, picture);
        Q_EMIT q->subjectChanged(id);
    }
}

DraftService::DraftService(RenderEngine *engine, std::shared_ptr<const CutoutLibrary> cutouts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, engine, std::move(cutouts)))
{
    connect(&d->live, &DraftWork::changed, this, [this] { d->onLiveChanged(); });
    connect(&d->live, &DraftWork::preview, this, [this](const QStringList &ids, const QImage &picture) { d->onPreview(ids, picture); });
    connect(&d->live, &DraftWork::began, this, [this] {
        d->pace = {};
        d->paceClock.start();
        Q_EMIT progressChanged();
    });
    connect(&d->live, &DraftWork::loading, this, [this](qint64 bytes, qint64 of) {
        d->pace.load(bytes, of, d->paceClock.elapsed());
        Q_EMIT progressChanged();
    });
    connect(&d->live, &DraftWork::progress, this, [this](int step, int of) {
        d->pace.advance(step, of, d->paceClock.elapsed());
        Q_EMIT progressChanged();
    });
    connect(&d->live, &DraftWork::capabilitiesArrived, this, &DraftService::capabilitiesChanged);
    connect(&d->problemsTimer, &QTimer::timeout, this, [this] { d->updateProblems(); });
}

DraftService::~DraftService() = default;

void DraftService::setCutouts(std::shared_ptr<const CutoutLibrary> cutouts)
{
    d->resources.cutouts = std::move(cutouts);
    if (d->live.tasks().isEmpty())
        return;
    d->live.retry();
    d->onLiveChanged();
}

void DraftService::setInput(const Template &source, const Row &row, const QString &folder, const DraftOptions &options)
{
    if (d->hasInput && source == d->source && row == d->row && folder == d->folder && options == d->options)
        return;
    d->hasInput = true;
    d->source = source;
    d->row = row;
    d->folder = folder;
    d->options = options;
    d->clock.start();
    QList<SubjectTask> tasks;
    auto next = layOut(source, row, folder, options, &tasks);
    if (!next) {
        d->inputError = next.error();
        d->updateState();
        return;
    }
    d->inputError.reset();
    next->pictures = std::move(d->draft.pictures);
    next->subjects = std::move(d->draft.subjects);
    next->problems = std::move(d->draft.problems);
    d->draft = std::move(*next);
    d->live.setTasks(tasks, true);
    applyOutcomes(d->draft, d->live.tasks(), d->live.outcomes());
    d->draft.milliseconds = double(d->clock.nsecsElapsed()) / 1e6;
    d->problemsTimer.start();
    Q_EMIT sceneChanged();
    d->updateState();
}

const Draft &DraftService::draft() const
{
    return d->draft;
}

DraftService::State DraftService::state() const
{
    return d->state;
}

QString DraftService::problem() const
{
    return d->problem;
}

std::optional<EngineCapabilities> DraftService::capabilities() const
{
    return d->resources.capabilities;
}

int DraftService::engineRequests() const
{
    return d->resources.engineRequests;
}

RenderPace DraftService::pace() const
{
    return d->pace;
}

qint64 DraftService::msLeft() const
{
    return d->paceClock.isValid() ? d->pace.msLeft(d->paceClock.elapsed()) : -1;
}

void DraftService::stop()
{
    if (d->state == State::Rendering)
        d->live.giveUp();
}

void DraftService::retry()
{
    d->clock.start();
    d->resources.capabilities.reset();
    d->live.retry();
    d->onLiveChanged();
}

void DraftService::learnModels()
{
    if (!d->resources.engine)
        return;
    onFinished(d->resources.engine->capabilities(), this, [this](const QFuture<Result<EngineCapabilities>> &future) {
        const auto answer = future.result();
        if (!answer)
            return;
        d->resources.capabilities = *answer;
        if (d->hasInput) {
            d->live.retry();
            d->onLiveChanged();
        }
        Q_EMIT capabilitiesChanged();
    });
}

QFuture<Result<Draft>> DraftService::render(const Template &source, const Row &row, const QString &folder, const DraftOptions &options,
                                            std::stop_token stop)
{
    if (stop.stop_requested())
        return readyFuture<Result<Draft>>(fail(ErrorCode::Cancelled, tr("The draft was cancelled.")));
    QList<SubjectTask> tasks;
    auto laidOut = layOut(source, row, folder, options, &tasks);
    if (!laidOut)
        return readyFuture<Result<Draft>>(fail(laidOut.error()));
    for (SubjectTask &task : tasks)
        task.strictSteps = true;
    // Taken out of the list on a later turn: it calls from inside itself.
    const auto done = [this](OneShot *finished) {
        QMetaObject::invokeMethod(
            this, [this, finished] { d->oneShots.remove_if([&](const auto &entry) { return entry.get() == finished; }); },
            Qt::QueuedConnection);
    };
    d->oneShots.push_back(std::make_unique<OneShot>(&d->resources, std::move(*laidOut), done));
    OneShot *job = d->oneShots.back().get();
    connect(job->work(), &DraftWork::capabilitiesArrived, this, &DraftService::capabilitiesChanged);
    const auto future = job->future();
    job->start(tasks, std::move(stop));
    return future;
}

} // namespace Galley
