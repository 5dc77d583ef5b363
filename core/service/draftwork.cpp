#include "core/service/draftwork.h"

#include "core/base/async.h"
#include "core/imaging/imagefile.h"

#include <QThreadPool>

#include <algorithm>
#include <mutex>
#include <utility>

namespace Galley {

namespace {

constexpr qsizetype maxVectors = 8192;

} // namespace

/// What engines may call on their own threads, also after the work has gone.
struct DraftWork::Mailbox
{
    std::mutex mutex;
    DraftWork *work = nullptr;

    /// Runs \a call on the work's thread, unless it has gone or \a key is over by then.
    template<typename Call>
    void post(const QString &key, Call call)
    {
        const std::lock_guard lock(mutex);
        if (!work)
            return;
        QMetaObject::invokeMethod(
            work,
            [target = work, key, call = std::move(call)] {
                if (target->m_inFlight == key && !target->m_stopped)
                    call(*target);
            },
            Qt::QueuedConnection);
    }
};

DraftWork::DraftWork(DraftResources *resources, QObject *parent)
    : QObject(parent)
    , m_resources(resources)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->work = this;
}

DraftWork::~DraftWork()
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->work = nullptr;
    }
    stop();
}

void DraftWork::setTasks(const QList<SubjectTask> &tasks, bool previews)
{
    // An engine that could not be used is asked again when something else is wanted, not at every step of a drag.
    if (tasks != m_tasks)
        m_memory.errors.remove(capabilitiesKey());
    m_tasks = tasks;
    m_previews = previews;
    plan();
    m_memory.forgetUnused();
    advance();
}

void DraftWork::stop()
{
    m_stopped = true;
    m_stop.request_stop();
}

void DraftWork::giveUp()
{
    for (const SubjectOutcome &outcome : std::as_const(m_outcomes)) {
        if (outcome.kind == SubjectOutcome::Kind::Waiting)
            m_memory.errors.insert(outcome.need.key, {ErrorCode::Cancelled, tr("Drawing was stopped. “Try Again” goes on."), {}});
    }
    plan();
    advance();
    Q_EMIT changed();
}

void DraftWork::retry()
{
    m_memory.errors.clear();
    plan();
    advance();
}

bool DraftWork::isWaiting() const
{
    return std::any_of(m_outcomes.cbegin(), m_outcomes.cend(),
                       [](const SubjectOutcome &outcome) { return outcome.kind == SubjectOutcome::Kind::Waiting; });
}

void DraftWork::plan()
{
    m_outcomes.clear();
    m_memory.used.clear();
    for (const SubjectTask &task : m_tasks)
        m_outcomes.append(planSubject(task, *m_resources, m_memory));
}

QStringList DraftWork::tokensWaitingFor(const QString &key) const
{
    QStringList ids;
    for (qsizetype i = 0; i < m_outcomes.size(); ++i) {
        if (m_outcomes[i].kind == SubjectOutcome::Kind::Waiting && m_outcomes[i].need.key == key)
            ids.append(m_tasks[i].tokenId);
    }
    return ids;
}

/// Starts the first need when idle; cancels what is under way when nobody waits for it any more.
void DraftWork::advance()
{
    if (m_stopped)
        return;
    if (!m_inFlight.isEmpty()) {
        if (tokensWaitingFor(m_inFlight).isEmpty())
            m_stop.request_stop();
        return;
    }
    const auto next = std::find_if(m_outcomes.cbegin(), m_outcomes.cend(),
                                   [](const SubjectOutcome &outcome) { return outcome.kind == SubjectOutcome::Kind::Waiting; });
    if (next != m_outcomes.cend())
        ask(next->need);
}

void DraftWork::ask(const Need &need)
{
    m_inFlight = need.key;
    m_stop = std::stop_source();
    switch (need.kind) {
    case Need::Kind::Capabilities: askCapabilities(); return;
    case Need::Kind::Render: askRender(need); return;
    case Need::Kind::Vector: askVector(need); return;
    case Need::Kind::Image: askImage(need); return;
    }
}

void DraftWork::arrived()
{
    m_inFlight.clear();
    if (m_stopped)
        return;
    plan();
    advance();
    Q_EMIT changed();
}

void DraftWork::askCapabilities()
{
    onFinished(m_resources->engine->capabilities(), this, [this](const QFuture<Result<EngineCapabilities>> &future) {
        const auto answer = future.result();
        if (answer)
            m_resources->capabilities = *answer;
        else
            m_memory.errors.insert(capabilitiesKey(), answer.error());
        Q_EMIT capabilitiesArrived();
        arrived();
    });
}

void DraftWork::askRender(const Need &need)
{
    EngineRequest request = need.request;
    request.previewEvery = m_previews && request.steps > 1 ? 1 : 0;
    Q_EMIT began();
    RenderObserver observer;
    observer.again = [mailbox = m_mailbox, key = need.key] { mailbox->post(key, [](DraftWork &work) { Q_EMIT work.began(); }); };
    observer.loading = [mailbox = m_mailbox, key = need.key](qint64 bytes, qint64 of) {
        mailbox->post(key, [bytes, of](DraftWork &work) { Q_EMIT work.loading(bytes, of); });
    };
    observer.progress = [mailbox = m_mailbox, key = need.key](int step, int of) {
        mailbox->post(key, [step, of](DraftWork &work) { Q_EMIT work.progress(step, of); });
    };
    observer.preview = [mailbox = m_mailbox, key = need.key, isOpaque = !request.rgba](int, const QImage &preview) {
        const QImage picture = isOpaque ? preview.convertToFormat(QImage::Format_RGB32) : preview;
        mailbox->post(key, [key, picture](DraftWork &work) {
            const QStringList ids = work.tokensWaitingFor(key);
            if (!ids.isEmpty())
                Q_EMIT work.preview(ids, picture);
        });
    };
    ++m_resources->engineRequests;
    const auto future = m_resources->engine->render(request, observer, m_stop.get_token());
    onFinished(future, this, [this, key = need.key, isOpaque = !request.rgba](const QFuture<Result<RenderResult>> &finished) {
        auto answer = finished.result();
        if (answer && isOpaque)
            answer->image.convertTo(QImage::Format_RGB32); // a picture, not a cut-out: composition goes by the alpha channel
        if (answer) {
            m_memory.layers.insert(key, *answer);
            m_resources->layers.insert(key, *answer);
        } else if (answer.error().code != ErrorCode::Cancelled) {
            m_memory.errors.insert(key, answer.error());
            // The files of the model may have been exchanged under us: ask anew what is there.
            if (answer.error().code == ErrorCode::Unavailable)
                m_resources->capabilities.reset();
        } else if (!m_stop.stop_requested()) {
            m_memory.errors.insert(key, answer.error());  // cancelled by somebody else: the engine is being closed
        }
        arrived();
    });
}

void DraftWork::askVector(const Need &need)
{
    onFinished(m_resources->engine->embed({need.text}), this, [this, need](const QFuture<Result<QList<QList<float>>>> &finished) {
        const auto answer = finished.result();
        if (answer && answer->size() == 1) {
            if (m_resources->vectors.size() > maxVectors)
                m_resources->vectors.clear();
            m_resources->vectors.insert(need.text, answer->first());
        } else {
            m_memory.errors.insert(need.key, answer ? Error{} : answer.error());
        }
        arrived();
    });
}

void DraftWork::askImage(const Need &need)
{
    const auto future = runOn(QThreadPool::globalInstance(), [file = need.text] { return loadImage(file); });
    onFinished(future, this, [this, need](const QFuture<Result<QImage>> &finished) {
        const auto answer = finished.result();
        if (answer)
            m_memory.images.insert(need.key, *answer);
        else
            m_memory.errors.insert(need.key, answer.error());
        arrived();
    });
}

} // namespace Galley
