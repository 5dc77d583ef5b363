#pragma once

#include <QFrame>

class QFutureWatcherBase;
class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace Galley {

/// Work that takes its time: what, how far, and cancel, in a line. Hidden while there is none. Whoever has the work follows it here.
class ProgressLine : public QFrame
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);

    /// Shows how far \a watcher is, until it has finished; not before \a patienceMs, so that what is quick moves nothing. \a title: "Verifying every picture".
    void follow(const QString &title, QFutureWatcherBase *watcher, int patienceMs = 0);
    bool isFollowing() const { return m_watcher; }
    QPushButton *cancelButton() const { return m_cancel; }

Q_SIGNALS:
    void cancelWanted();

private:
    void showProgress();

    QFutureWatcherBase *m_watcher = nullptr;
    QString m_title;
    QTimer *m_patience;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace Galley
