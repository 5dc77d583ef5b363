#pragma once

#include "core/service/routingservice.h"
#include "ui/queue/modelnames.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QPushButton;

namespace Galley {

class Chip;
class StepTrack;

/// One canary: where it stands, what was measured of it and of its control, the verdict with its reason, and what a person may do. Asks nothing itself:
/// the workspace does, in its line.
class CanaryCard : public QFrame
{
    Q_OBJECT

public:
    explicit CanaryCard(QWidget *parent = nullptr);

    void setStatus(const CanaryStatus &status, const ModelNames &names);
    const CanaryStatus &status() const { return m_status; }
    /// Everything that the card says, for screen readers and tests.
    QString words() const;

Q_SIGNALS:
    void promoteWanted(const Galley::CanaryStatus &status);
    void holdWanted(const QString &rule, bool held);
    void rollBackWanted(const Galley::CanaryStatus &status);
    void restartWanted(const QString &rule);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeButtons();
    void showNumbers();
    void addCell(int row, int column, const QString &text, Qt::Alignment alignment, bool quiet);
    void addVerdict(int row, const CanaryFinding &finding);
    void showButtons();

    CanaryStatus m_status;
    QLabel *m_title;
    Chip *m_phase;
    StepTrack *m_track;
    QLabel *m_progress;
    Chip *m_verdict;
    QLabel *m_reason;
    QList<CanaryFinding> m_numbers;  ///< that the table shows
    QWidget *m_table;
    QGridLayout *m_grid;
    QPushButton *m_promote;
    QPushButton *m_hold;
    QPushButton *m_rollBack;
    QPushButton *m_restart;
};

/// "34 of 60 renders · 6 h 12 min of bake time left".
QString canaryProgress(const CanaryStatus &status);

} // namespace Galley
