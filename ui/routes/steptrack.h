#pragma once

#include <QList>
#include <QWidget>

namespace Galley {

/// The steps of a canary as a row of percents; those behind are filled, the one it is at is ringed.
class StepTrack : public QWidget
{
    Q_OBJECT

public:
    explicit StepTrack(QWidget *parent = nullptr);

    /// \a current: index into \a steps; past the end: all are done.
    void setSteps(const QList<double> &steps, int current);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_steps;
    int m_current = 0;
};

} // namespace Galley
