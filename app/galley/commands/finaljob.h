#pragma once

#include "app/galley/commands/renderreport.h"
#include "core/service/finals.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>

#include <stop_token>

namespace Galley {

/// Sends the rows of a RenderPlan through the queue and writes what comes back, each as soon as it is there. Runs its own jobs only: what waits in the
/// stored queue stays there. A paid request that may have been carried out is never repeated here; it stays in the library's queue, where the window
/// lets a person decide. Lives on the main thread; owns nothing that it is given.
class FinalJob : public QObject
{
    Q_OBJECT

public:
    /// \a drafts: for requests that send the draft along; may be null for others.
    FinalJob(const RenderPlan &plan, Finals *finals, DraftService *drafts, const Output &output, std::stop_token stop, QObject *parent = nullptr);

    void start();
    /// Ctrl-C: what waits is cancelled, what has been sent stays undecided in the library.
    void interrupt();
    int status() const { return m_report.status(); }
    Json report() const { return m_report.json(); }

Q_SIGNALS:
    void finished();

private:
    /// A row that the queue has.
    struct Sent
    {
        qsizetype target = 0;
        QStringList notices;
        QElapsedTimer clock;
        JobState told = JobState::Queued;
    };

    RenderRequest requestOf(const RenderTarget &target) const;
    void prepare();
    void submitNext();
    void submit(qsizetype index, const Quote &quote, const QImage &draft);
    void draw(qsizetype index, const Quote &quote);
    void onSubmitted(qsizetype target, const Quote &quote, const Result<qint64> &id);
    void onChanged(qint64 id);
    void onFinished(qint64 id);
    void onUndecided(qint64 id);
    void askForPicture(qint64 id, int index);
    void onPicture(qint64 id, const Result<FinalPicture> &picture);
    Result<Json> write(const Sent &sent, const Job &job, const FinalPicture &picture) const;
    Result<void> save(const QString &file, const FinalPicture &picture) const;
    Json describe(const Sent &sent, const Job &job, const FinalPicture &picture, const Json &timings) const;
    void endRow(qint64 id);
    void finishWhenDone();
    void sayNotices(const QStringList &notices);

    RenderPlan m_plan;
    Finals *m_finals;
    DraftService *m_drafts;
    const Output &m_output;
    std::stop_token m_stop;
    RenderReport m_report;
    QHash<qint64, Sent> m_sent;
    QSet<QString> m_told;  ///< a notice of hundred rows is told once
    qsizetype m_next = 0;
    int m_submitting = 0;
    bool m_done = false;
};

} // namespace Galley
