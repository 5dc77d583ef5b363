#pragma once

#include "tests/bench/burst/burst.h"

#include "core/base/json.h"

#include <functional>

namespace Galley {

/// What one kind of request came to in one run.
struct BurstFigures
{
    QString group;       ///< "previews", "finals", "thumbnails", "posters", "all"
    int n = 0;
    QuantileEstimate median;
    QuantileEstimate p95;
    double usd = 0;      ///< a render, by the price list
    double machineMs = 0;  ///< a render, on the pool and on the designer's machine together
    QMap<QString, int> models;  ///< who rendered them
};

struct BurstSummary
{
    QString run;
    QList<BurstFigures> groups;

    const BurstFigures &group(const QString &name) const;
};

BurstSummary summarize(const QString &run, const QList<BurstServed> &served);

/// One of issue 5's goals and whether it was reached.
struct BurstGoal
{
    QString what;
    double value = 0;
    double least = 0;
    bool isReached() const { return value >= least; }
};

/// \a summaries: one large model, routed, routed without the mid tier.
QList<BurstGoal> goalsOf(const QList<BurstSummary> &summaries);

Json setupJson(const BurstSetup &setup);
Json summariesJson(const QList<BurstSummary> &summaries);
Json goalsJson(const QList<BurstGoal> &goals);
/// Table of before and after, as Markdown.
QString summariesMarkdown(const QList<BurstSummary> &summaries);
QString goalsMarkdown(const QList<BurstGoal> &goals);
/// Bars from the median to p95 on a logarithmic axis, as lossless WebP; needs a QGuiApplication.
bool writeChart(const QList<BurstSummary> &summaries, const QString &title, const QString &file);

} // namespace Galley
