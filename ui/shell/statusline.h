#pragma once

#include <QStatusBar>
#include <QTimer>

class QToolButton;

namespace Galley {

class DraftService;
class ElidedLabel;
class IssueCollector;

/// The line at the bottom: what was last said, issues, the draft's device, what the worker does, memory, zoom.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    StatusLine(DraftService *draft, IssueCollector *issues, QWidget *parent = nullptr);

    /// 0: it does not run.
    void setWorkerProcess(qint64 process);
    qint64 workerProcess() const { return m_process; }
    void setZoom(double zoom);
    void say(const QString &sentence);
    /// Is not said any longer, unless something else is said already.
    void takeBack(const QString &sentence);
    void addPermanent(QWidget *widget);
    /// Left of all other cells.
    void addFirst(QWidget *widget);

Q_SIGNALS:
    void issuesClicked();

private:
    void showIssues();
    void showWorker();
    void showMemory();

    DraftService *m_draft;
    IssueCollector *m_collector;
    qint64 m_process = 0;
    QToolButton *m_issues;
    ElidedLabel *m_device;
    ElidedLabel *m_worker;
    ElidedLabel *m_memory;
    ElidedLabel *m_zoom;
    QTimer m_memoryTimer;
};

} // namespace Galley
