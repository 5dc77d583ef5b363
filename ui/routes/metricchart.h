#pragma once

#include "ui/queue/modelnames.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Galley {

struct ModelMetrics;

enum class MetricKind { Latency, Failures, Cost, Memory, Quality };

/// One colour of bars, a value for each category.
struct ChartSeries
{
    QString name;
    QList<double> values;
    int hue = 0;
    bool operator==(const ChartSeries &) const = default;
};

/// What a chart shows, apart from how: the same values go into bars and into the table that stands for them. A value.
struct MetricChart
{
    MetricKind kind = MetricKind::Latency;
    QString title;               ///< with the unit
    QStringList categories;      ///< models, each with its n
    QList<ChartSeries> series;
    bool isStacked = false;
    QString note;                ///< what is not shown, and why; empty: nothing
    QString emptySentence;       ///< when there is nothing to show

    bool isEmpty() const { return categories.isEmpty(); }
    QString valueText(double value) const;
    /// All of it in words.
    QString description() const;

    bool operator==(const MetricChart &) const = default;
};

MetricChart metricChart(MetricKind kind, const QList<ModelMetrics> &metrics, const ModelNames &names);

} // namespace Galley
