#pragma once

#include "core/service/subjectplanner.h"

#include <QObject>

#include <memory>
#include <stop_token>

namespace Galley {

/// Brings the subjects of one draft together: plans each from what is there, and asks for what is missing, one thing at a time, in the
/// order of the tasks. A new list of tasks cancels the request under way when nobody wants it any more. Lives on one thread; owns nothing
/// of \a resources, which must outlive it.
class DraftWork : public QObject
{
    Q_OBJECT

public:
    explicit DraftWork(DraftResources *resources, QObject *parent = nullptr);
    ~DraftWork() override;

    void setTasks(const QList<SubjectTask> &tasks, bool previews);
    /// Cancels the request under way; no more signals.
    void stop();
    /// Ends what is under way and asks for nothing more of these tasks until retry(): they have failed as a person wanted it.
    void giveUp();
    /// Forgets what failed and plans again.
    void retry();

    const QList<SubjectTask> &tasks() const { return m_tasks; }
    const QList<SubjectOutcome> &outcomes() const { return m_outcomes; }
    bool isWaiting() const;

Q_SIGNALS:
    /// outcomes() has changed after something arrived (never from inside setTasks()).
    void changed();
    void preview(const QStringList &tokenIds, const QImage &picture);
    void began();  ///< a request, for the first time or once more: no progress has been made
    void loading(qint64 bytes, qint64 of);
    void progress(int step, int of);
    void capabilitiesArrived();

private:
    struct Mailbox;

    void plan();
    void advance();
    void ask(const Need &need);
    void askCapabilities();
    void askRender(const Need &need);
    void askVector(const Need &need);
    void askImage(const Need &need);
    void arrived();
    QStringList tokensWaitingFor(const QString &key) const;

    DraftResources *m_resources;
    DraftMemory m_memory;
    QList<SubjectTask> m_tasks;
    QList<SubjectOutcome> m_outcomes;
    QString m_inFlight;  ///< the key of the need that was asked for; empty when idle
    std::stop_source m_stop;
    std::shared_ptr<Mailbox> m_mailbox;
    bool m_previews = false;
    bool m_stopped = false;
};

} // namespace Galley
