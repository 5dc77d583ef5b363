#pragma once

#include "core/service/routingservice.h"
#include "ui/routes/metricchart.h"

#include <QDateTime>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTableWidget;
QT_BEGIN_NAMESPACE
class QChartView;
QT_END_NAMESPACE

namespace Galley {

class EmptyState;
class Segmented;

/// What the models did, one chart at a time: latency, failures, cost, GPU memory, quality; or the same as a table. Every chart says its n.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ChartPanel(QWidget *parent = nullptr);

    void setMetrics(const QList<ModelMetrics> &metrics, const ModelNames &names);
    /// What went wrong when they were asked for; shown in place of a chart.
    void setProblem(const QString &sentence);
    int days() const;
    void setDays(int days);
    void choose(MetricKind kind);
    const MetricChart &chart() const { return m_chart; }
    QTableWidget *table() const { return m_table; }
    QAction *tableAction() const { return m_asTable; }

Q_SIGNALS:
    void daysChanged(int days);

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void showChart();
    void showBars();
    void showTable();
    QString period() const;

    QList<ModelMetrics> m_metrics;
    ModelNames m_names;
    QDateTime m_until;  ///< when the numbers were taken
    QString m_problem;
    MetricChart m_chart;
    Segmented *m_kinds;
    QComboBox *m_days;
    QAction *m_asTable;
    QStackedWidget *m_stack;
    QChartView *m_view;
    QTableWidget *m_table;
    EmptyState *m_empty;
    QLabel *m_note;
};

} // namespace Galley
