#include "tests/bench/burst/burstreport.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

const QStringList groupNames{QStringLiteral("previews"), QStringLiteral("finals"), QStringLiteral("thumbnails"), QStringLiteral("posters"),
                             QStringLiteral("all")};

bool isOf(const QString &group, BurstKind kind)
{
    if (group == QLatin1String("previews"))
        return kind == BurstKind::Preview;
    if (group == QLatin1String("finals"))
        return kind != BurstKind::Preview;
    if (group == QLatin1String("thumbnails"))
        return kind == BurstKind::Thumbnail;
    return group == QLatin1String("all") || kind == BurstKind::Poster;
}

double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

Json intervalJson(const QuantileEstimate &estimate)
{
    return {{"ms", rounded(estimate.ms.value)}, {"low", rounded(estimate.ms.low)}, {"high", rounded(estimate.ms.high)}};
}

QString milliseconds(const QuantileEstimate &estimate)
{
    const auto text = [](double ms) -> QString { return QString::number(ms, 'f', ms < 100 ? 1 : 0); };
    return text(estimate.ms.value) + QStringLiteral(" (") + text(estimate.ms.low) + QStringLiteral("–") + text(estimate.ms.high) + QLatin1Char(')');
}

QString modelsText(const QMap<QString, int> &models, int n)
{
    QStringList parts;
    for (auto it = models.cbegin(); it != models.cend(); ++it)
        parts.append(QStringLiteral("%1 %2 %").arg(it.key()).arg(100.0 * it.value() / n, 0, 'f', 0));
    return parts.join(QStringLiteral(", "));
}

} // namespace

const BurstFigures &BurstSummary::group(const QString &name) const
{
    static const BurstFigures none;
    const auto found = std::find_if(groups.cbegin(), groups.cend(), [&name](const BurstFigures &figures) { return figures.group == name; });
    return found == groups.cend() ? none : *found;
}

BurstSummary summarize(const QString &run, const QList<BurstServed> &served)
{
    BurstSummary summary{run, {}};
    for (const QString &group : groupNames) {
        BurstFigures figures;
        figures.group = group;
        std::vector<double> times;
        for (const BurstServed &one : served) {
            if (!isOf(group, one.kind))
                continue;
            times.push_back(one.latencyMs);
            figures.usd += one.usd;
            figures.machineMs += one.gpuMs + one.localMs;
            ++figures.models[one.model];
        }
        figures.n = int(times.size());
        figures.median = quantileOf(times, 0.5);
        figures.p95 = quantileOf(times, 0.95);
        figures.usd /= std::max(figures.n, 1);
        figures.machineMs /= std::max(figures.n, 1);
        summary.groups.append(figures);
    }
    return summary;
}

QList<BurstGoal> goalsOf(const QList<BurstSummary> &summaries)
{
    const auto value = [&summaries](qsizetype run, const char *group) -> const BurstFigures & { return summaries.at(run).group(QString::fromLatin1(group)); };
    const auto faster = [&value](qsizetype before, qsizetype after, const char *group) {
        return value(before, group).p95.ms.value / std::max(value(after, group).p95.ms.value, 1e-9);
    };
    return {{QStringLiteral("p95 of previews: times lower, routed"), faster(0, 1, "previews"), 10},
            {QStringLiteral("p95 of finals: times lower, routed with the mid tier"), faster(0, 1, "finals"), 2},
            {QStringLiteral("p95 of finals: times lower, mid tier off (not higher)"), faster(0, 2, "finals"), 1},
            {QStringLiteral("machine time per preview: times lower, the designer's own machine charged like a GPU"),
             value(0, "previews").machineMs / std::max(value(1, "previews").machineMs, 1e-9), 5},
            {QStringLiteral("p95 of finals with the mid tier off: times higher than with it (worse)"),
             value(2, "finals").p95.ms.value / std::max(value(1, "finals").p95.ms.value, 1e-9), 1.001},
            {QStringLiteral("median of finals with the mid tier off: times higher than with it (worse)"),
             value(2, "finals").median.ms.value / std::max(value(1, "finals").median.ms.value, 1e-9), 1.001}};
}

Json setupJson(const BurstSetup &setup)
{
    return {{"designers", setup.designers}, {"minutes", setup.minutes}, {"requests_per_second", setup.requestsPerSecond},
            {"preview_share", setup.previewShare}, {"thumbnail_share_of_finals", setup.thumbnailShare}, {"rows_per_batch", setup.rowsPerBatch},
            {"gpus", setup.gpus}, {"mid_gpus", setup.midGpus}, {"slots_per_gpu", setup.slots}, {"contention", setup.contention},
            {"large_ms", setup.largeMs}, {"mid_ms", setup.midMs}, {"spread", setup.spread}, {"draft_median_ms", setup.draftMedianMs},
            {"draft_p95_ms", setup.draftP95Ms}, {"bursts", setup.bursts}};
}

Json summariesJson(const QList<BurstSummary> &summaries)
{
    Json runs = Json::object();
    for (const BurstSummary &summary : summaries) {
        Json groups = Json::object();
        for (const BurstFigures &figures : summary.groups) {
            Json models = Json::object();
            for (auto it = figures.models.cbegin(); it != figures.models.cend(); ++it)
                models[it.key().toStdString()] = it.value();
            groups[figures.group.toStdString()] = {{"n", figures.n}, {"median", intervalJson(figures.median)}, {"p95", intervalJson(figures.p95)},
                                                   {"usd", rounded(figures.usd)}, {"machine_ms", rounded(figures.machineMs)}, {"models", models}};
        }
        runs[summary.run.toStdString()] = groups;
    }
    return runs;
}

Json goalsJson(const QList<BurstGoal> &goals)
{
    Json result = Json::object();
    for (const BurstGoal &goal : goals)
        result[goal.what.toStdString()] = {{"value", rounded(goal.value)}, {"least", goal.least}, {"reached", goal.isReached()}};
    return result;
}

QString summariesMarkdown(const QList<BurstSummary> &summaries)
{
    QString text = QStringLiteral("| requests | run | n | median, ms | p95, ms | USD each | machine time each, ms | rendered by |\n"
                                  "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (const QString &group : groupNames) {
        for (const BurstSummary &summary : summaries) {
            const BurstFigures &figures = summary.group(group);
            if (figures.n == 0)
                continue;
            text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 | %6 | %7 | %8 |\n")
                        .arg(group, summary.run).arg(figures.n).arg(milliseconds(figures.median), milliseconds(figures.p95))
                        .arg(figures.usd, 0, 'f', 3).arg(figures.machineMs, 0, 'f', 0).arg(modelsText(figures.models, figures.n));
        }
    }
    return text;
}

QString goalsMarkdown(const QList<BurstGoal> &goals)
{
    QString text = QStringLiteral("| goal | reached | at least |\n| --- | --- | --- |\n");
    for (const BurstGoal &goal : goals)
        text += QStringLiteral("| %1 | %2%3 | %4 |\n").arg(goal.what).arg(goal.value, 0, 'f', 2).arg(goal.isReached() ? QString() : QStringLiteral(" (missed)"))
                    .arg(goal.least);
    return text;
}

} // namespace Galley
