#include "ui/queue/queueactions.h"

#include "core/service/renderqueue.h"
#include "ui/queue/jobmodel.h"
#include "ui/widgets/icon.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace Galley {

namespace {

bool isSent(const Job &job)
{
    return job.record.state == JobState::Sending || job.record.state == JobState::Running;
}

bool canCancel(const Job &job)
{
    return isWaiting(job) || isSent(job);
}

bool canRetry(const Job &job)
{
    return job.record.state == JobState::Failed || job.record.state == JobState::Cancelled;
}

bool canHold(const Job &job)
{
    return job.record.state == JobState::Queued || job.record.state == JobState::Backoff;
}

bool isHeld(const Job &job)
{
    return job.record.state == JobState::Held;
}

} // namespace

QString lookUpWord()
{
    return QCoreApplication::translate("Galley::QueueActions", "Look It Up");
}

QString sendAgainWord()
{
    return QCoreApplication::translate("Galley::QueueActions", "Send Again (May Be Billed Twice)");
}

QString giveUpWord()
{
    return QCoreApplication::translate("Galley::QueueActions", "Give Up");
}

QString goOnWord(const Job &job)
{
    const QString &model = job.record.decision.model;
    const bool isAnother = job.record.attempts.isEmpty() || job.record.attempts.last().model != model;
    return isAnother ? QCoreApplication::translate("Galley::QueueActions", "Send It to %1").arg(model)
                     : QCoreApplication::translate("Galley::QueueActions", "Send It Again");
}

QString cancelWord()
{
    return QCoreApplication::translate("Galley::QueueActions", "Cancel");
}

QueueActions::QueueActions(RenderQueue *queue, QWidget *place)
    : QObject(place)
    , m_queue(queue)
    , m_place(place)
{
    makeQueueActions();
    makeJobActions();
    connect(queue, &RenderQueue::changed, this, &QueueActions::update);
    connect(queue, &RenderQueue::added, this, &QueueActions::update);
    connect(queue, &RenderQueue::removed, this, &QueueActions::update);
    connect(queue, &RenderQueue::orderChanged, this, &QueueActions::update);
    connect(queue, &RenderQueue::pausedChanged, this, &QueueActions::update);
    update();
}

QAction *QueueActions::add(QList<QAction *> &list, const char *name, const QString &icon, const QString &text, std::function<void()> run)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    list << action;
    return action;
}

void QueueActions::makeQueueActions()
{
    QAction *pause = add(m_queueActions, "pauseQueue", QStringLiteral("pause"), tr("Pause Queue"),
                         [this] { m_queue->setPaused(!m_queue->isPaused()); });
    pause->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P));
    add(m_queueActions, "clearEnded", QStringLiteral("delete_sweep"), tr("Clear Finished"), [this] { m_queue->clearEnded(); })
        ->setToolTip(tr("Take what is done, failed or cancelled off the list. Pictures stay in the library."));
    add(m_queueActions, "cancelAllJobs", QStringLiteral("stop"), tr("Cancel All"), [this] { askCancelAll(); })
        ->setToolTip(tr("Cancel everything that runs or waits"));
}

void QueueActions::makeJobActions()
{
    const auto answer = [this](AmbiguousAnswer what) {
        const QList<qint64> ids = m_chosen;
        for (const qint64 id : ids) {
            const Job *job = m_queue->find(id);
            if (job && job->record.state == JobState::Undecided && (what != AmbiguousAnswer::LookUp || job->canLookUp))
                m_queue->decide(id, what);
        }
    };
    add(m_jobActions, "lookUpJob", QStringLiteral("search"), lookUpWord(), [answer] { answer(AmbiguousAnswer::LookUp); })
        ->setToolTip(tr("Ask the service what became of it. Nothing is sent again."));
    add(m_jobActions, "sendAgainJob", QStringLiteral("replay"), sendAgainWord(), [answer] { answer(AmbiguousAnswer::SendAgain); })
        ->setToolTip(tr("Send the request once more. If the first one was carried out, both are billed."));
    add(m_jobActions, "giveUpJob", QStringLiteral("block"), giveUpWord(), [answer] { answer(AmbiguousAnswer::GiveUp); })
        ->setToolTip(tr("Leave it. If it was carried out, it is billed without a picture here."));
    add(m_jobActions, "startJobNow", QStringLiteral("flash_on"), tr("Start Now …"), [this] { askStartNow(); })
        ->setToolTip(tr("Drop everything and start this: cancels what runs and holds what waits."));
    add(m_jobActions, "holdJob", QStringLiteral("pause"), tr("Hold"), [this] {
        const QList<qint64> free = chosenThat(canHold);
        const bool hold = !free.isEmpty();
        for (const qint64 id : hold ? free : chosenThat(isHeld))
            m_queue->hold(id, hold);
    });
    QAction *up = add(m_jobActions, "moveJobUp", QStringLiteral("arrow_upward"), tr("Move Up"), [this] { move(true); });
    QAction *down = add(m_jobActions, "moveJobDown", QStringLiteral("arrow_downward"), tr("Move Down"), [this] { move(false); });
    up->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    down->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    for (QAction *action : {up, down}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_place->addAction(action);
    }
    add(m_jobActions, "retryJob", QStringLiteral("replay"), tr("Try Again"), [this] {
        for (const qint64 id : chosenThat(canRetry))
            m_queue->retry(id);
    })->setToolTip(tr("Send it once more, as a new attempt with its own price."));
    add(m_jobActions, "cancelJob", QStringLiteral("close"), cancelWord(), [this] {
        for (const qint64 id : chosenThat(canCancel))
            m_queue->cancel(id);
    })->setToolTip(tr("Cancel the chosen ones (Delete). What the service has begun may still be billed."));
}

void QueueActions::setChosen(const QList<qint64> &ids)
{
    m_chosen = ids;
    update();
}

void QueueActions::update()
{
    const bool paused = m_queue->isPaused();
    action("pauseQueue")->setText(paused ? tr("Resume Queue") : tr("Pause Queue"));
    action("pauseQueue")->setIcon(themedIcon(paused ? QStringLiteral("play_arrow") : QStringLiteral("pause")));
    action("pauseQueue")->setToolTip(paused ? tr("Start what waits") : tr("Start nothing new; what runs goes on"));
    const int active = m_queue->runningCount() + m_queue->waitingCount();
    action("cancelAllJobs")->setEnabled(active > 0);
    const QList<qint64> all = m_queue->jobs();
    const Job *last = all.isEmpty() ? nullptr : m_queue->find(all.last());
    action("clearEnded")->setEnabled(last && last->record.isEnded());

    const Job *job = current();
    const bool undecided = job && job->record.state == JobState::Undecided;
    action("lookUpJob")->setEnabled(undecided && job->canLookUp);
    action("sendAgainJob")->setEnabled(undecided);
    action("giveUpJob")->setEnabled(undecided);
    action("startJobNow")->setEnabled(job && isWaiting(*job));
    const bool anyFree = !chosenThat(canHold).isEmpty();
    const bool anyHeld = !chosenThat(isHeld).isEmpty();
    action("holdJob")->setEnabled(anyFree || anyHeld);
    action("holdJob")->setText(anyFree || !anyHeld ? tr("Hold") : job && job->asks() ? goOnWord(*job) : tr("Let Go"));
    action("holdJob")->setIcon(themedIcon(!anyFree && anyHeld ? QStringLiteral("play_arrow") : QStringLiteral("pause")));
    action("moveJobUp")->setEnabled(neighbour(true) != 0);
    action("moveJobDown")->setEnabled(neighbour(false) != 0);
    action("retryJob")->setEnabled(!chosenThat(canRetry).isEmpty());
    action("cancelJob")->setEnabled(!chosenThat(canCancel).isEmpty());
}

QList<QAction *> QueueActions::queueActions() const
{
    return m_queueActions;
}

QList<QAction *> QueueActions::jobActions() const
{
    return m_jobActions;
}

QAction *QueueActions::action(const char *name) const
{
    return findChild<QAction *>(QLatin1String(name), Qt::FindDirectChildrenOnly);
}

void QueueActions::fillMenu(QMenu *menu) const
{
    for (QAction *each : m_jobActions) {
        if (each->isEnabled())
            menu->addAction(each);
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    menu->addActions(m_queueActions);
}

const Job *QueueActions::current() const
{
    return m_chosen.isEmpty() ? nullptr : m_queue->find(m_chosen.last());
}

QList<qint64> QueueActions::chosenThat(bool (*holds)(const Job &)) const
{
    QList<qint64> ids;
    for (const qint64 id : m_chosen) {
        const Job *job = m_queue->find(id);
        if (job && holds(*job))
            ids << id;
    }
    return ids;
}

/// The waiting job of the same lane next to the current one; 0: there is none.
qint64 QueueActions::neighbour(bool up) const
{
    const Job *job = current();
    if (!job || !isWaiting(*job))
        return 0;
    const QList<qint64> ids = m_queue->jobs();
    const qsizetype at = ids.indexOf(job->record.id);
    const Job *other = m_queue->find(ids.value(at + (up ? -1 : 1)));
    return other && isWaiting(*other) && other->record.lane == job->record.lane ? other->record.id : 0;
}

void QueueActions::move(bool up)
{
    const qint64 beside = neighbour(up);
    if (beside == 0)
        return;
    const qint64 moved = m_chosen.last();
    if (up) {
        m_queue->move(moved, beside);
        return;
    }
    // Below its neighbour is before the one after that, or at the end of the lane.
    const QList<qint64> ids = m_queue->jobs();
    const Job *after = m_queue->find(ids.value(ids.indexOf(beside) + 1));
    const Job *job = m_queue->find(moved);
    const bool sameLane = after && !after->record.isEnded() && after->record.lane == job->record.lane;
    m_queue->move(moved, sameLane ? after->record.id : 0);
}

void QueueActions::askStartNow()
{
    const Job *job = current();
    if (!job)
        return;
    const qint64 id = job->record.id;
    const int running = m_queue->runningCount();
    const int waiting = m_queue->waitingCount() - 1;
    const auto start = [this, id] { m_queue->startNow(id); };
    if (running == 0 && waiting <= 0) {
        start();
        return;
    }
    QString sentence = tr("Starting “%1” now drops everything else:").arg(job->title());
    if (running > 0)
        sentence += u' ' + tr("it cancels %n that run; the service may bill them all the same.", nullptr, running);
    if (waiting > 0)
        sentence += u' ' + tr("It holds %n that wait.", nullptr, waiting);
    Q_EMIT question(sentence, tr("Start Now"), start);
}

void QueueActions::askCancelAll()
{
    const int running = m_queue->runningCount();
    const int active = running + m_queue->waitingCount();
    const auto cancel = [this] { m_queue->cancelAll(); };
    QString sentence = tr("Cancel all %n that run or wait?", nullptr, active);
    if (running > 0)
        sentence += u' ' + tr("%n are already sent and may be billed all the same.", nullptr, running);
    Q_EMIT question(sentence, tr("Cancel All"), cancel);
}

} // namespace Galley
