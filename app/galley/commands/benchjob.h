#pragma once

#include "app/galley/commands/benchtargets.h"
#include "app/galley/commands/output.h"
#include "core/service/benchcompare.h"
#include "core/service/benchpairs.h"
#include "core/store/store.h"

#include <QObject>

#include <memory>

namespace Galley {

/// What `galley bench` measures, and against what.
struct BenchOrder
{
    BenchArguments arguments;
    BenchPlan plan;
    LiveTarget target;
    std::optional<LiveTarget> other;       ///< --against: asked in turns
    std::optional<BenchResult> baseline;

    bool isComparison() const { return other || baseline; }
    /// The target that costs money, where one does.
    const LiveTarget &payer() const { return other && target.priceUsd <= 0 ? *other : target; }
    /// The most that it may cost, with a second round.
    double mostUsd() const;
};

/// Carries a BenchOrder out: reserves the money, measures, compares, measures again what looks like a regression, writes the files. Lives on the main
/// thread; owns nothing that it is given by pointer. \a store: null when nothing is paid.
class BenchJob : public QObject
{
    Q_OBJECT

public:
    BenchJob(BenchOrder order, Store *store, double budgetPerDayUsd, const Output &output, QObject *parent = nullptr);

    void start();
    /// Ctrl-C: what was measured is reported.
    void interrupt();
    int status() const { return m_status; }

Q_SIGNALS:
    void finished();

private:
    void prepare(LiveTarget &target, std::function<void()> next);
    void reserve();
    void measure();
    void onMeasured();
    void takeRound(const BenchResult &before, const BenchResult &after);
    BenchResult reportOf(const LiveTarget &target, const BenchRun &run) const;
    void settle(std::function<void()> next);
    void conclude();
    Result<void> writeFiles(const Json &json) const;
    Json json() const;
    int statusOfResult() const;
    void fail(const Error &error);

    BenchOrder m_order;
    Store *m_store;
    double m_budgetPerDayUsd;
    const Output &m_output;
    Json m_machine;
    QDateTime m_startedAt;
    std::unique_ptr<AlternatingTarget> m_turns;
    std::unique_ptr<BenchRunner> m_runner;
    BenchResult m_report;
    std::optional<BenchResult> m_before;
    std::optional<BenchResult> m_repeat;
    std::optional<BenchComparison> m_comparison;
    qint64 m_reservation = 0;
    double m_spentUsd = 0;
    int m_round = 0;
    int m_tenths = 0;
    int m_status = 1;
    bool m_isTurns = false;
    bool m_isInterrupted = false;
};

/// Writes \a bytes to \a file in one step.
Result<void> writeWhole(const QString &file, const QByteArray &bytes);

} // namespace Galley
