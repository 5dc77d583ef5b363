#pragma once

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace Galley {

class DraftService;
class MainWindow;

/// The hidden measurements of tests/bench/ui. $GALLEY_BENCH_START=1: one JSON line with the monotonic times (ms) of first paint and
/// first draft, then the end. $GALLEY_BENCH_STALL=SECONDS: drafts render without a pause while a 60 Hz timer repaints the artboard
/// and notes how late it is called; one JSON line, then the end. Null when neither is set.
class BenchMode : public QObject
{
    Q_OBJECT

public:
    static std::unique_ptr<BenchMode> fromEnvironment(MainWindow *window, DraftService *draft);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    BenchMode(MainWindow *window, DraftService *draft, bool start, int stallSeconds);
    void painted();
    void beginStall();
    void tick();
    void nextDraft();
    void reportStart();
    void reportStall();

    MainWindow *m_window;
    DraftService *m_draft;
    bool m_start;
    int m_stallSeconds;
    double m_firstPaint = 0;
    double m_firstDraft = 0;
    bool m_paintSeen = false;
    QTimer m_frames;
    QTimer m_edits;
    double m_begin = 0;
    double m_lastTick = 0;
    int m_subject = 0;
    int m_drafts = 0;
    std::vector<double> m_gaps;
};

} // namespace Galley
