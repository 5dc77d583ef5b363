#include "ui/routes/metricchart.h"

#include "core/service/routingservice.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <numeric>

namespace Galley {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Galley::MetricChart)
};

constexpr double gibibyte = 1024.0 * 1024 * 1024;

int failuresOf(const ModelMetrics &model)
{
    return std::accumulate(model.failures.cbegin(), model.failures.cend(), 0);
}

QString category(const QString &label, int n)
{
    return Words::tr("%1 (n = %2)").arg(label).arg(n);
}

/// Names those that are left out, so that nobody takes them for zero.
void leaveOut(MetricChart &chart, const QStringList &labels, const QString &why)
{
    if (!labels.isEmpty())
        chart.note = why.arg(labels.join(QStringLiteral(", ")));
}

void addLatency(MetricChart &chart, const QList<ModelMetrics> &metrics, const ModelNames &names)
{
    chart.title = Words::tr("Latency in seconds");
    chart.emptySentence = Words::tr("No model has rendered often enough for percentiles yet.");
    chart.series = {{QStringLiteral("p50"), {}, 0}, {QStringLiteral("p95"), {}, 4}, {QStringLiteral("p99"), {}, 3}};
    QStringList few;
    for (const ModelMetrics &model : metrics) {
        if (model.p50 < 0) {
            if (model.renders > 0)
                few << category(names.label(model.model), model.renders);
            continue;
        }
        chart.categories << category(names.label(model.model), model.renders);
        // A percentile that needs more renders than there are is left at zero length, and the table says so.
        chart.series[0].values << model.p50 / 1000;
        chart.series[1].values << (model.p95 < 0 ? -1 : model.p95 / 1000);
        chart.series[2].values << (model.p99 < 0 ? -1 : model.p99 / 1000);
    }
    leaveOut(chart, few, Words::tr("Too few renders for percentiles: %1."));
}

void addFailures(MetricChart &chart, const QList<ModelMetrics> &metrics, const ModelNames &names)
{
    chart.title = Words::tr("Failures by class");
    chart.emptySentence = Words::tr("Nothing has failed in this time.");
    chart.isStacked = true;
    QStringList classes;
    QStringList without;
    for (const ModelMetrics &model : metrics) {
        for (auto failure = model.failures.cbegin(); failure != model.failures.cend(); ++failure) {
            if (failure.value() > 0 && !classes.contains(failure.key()))
                classes << failure.key();
        }
    }
    for (qsizetype i = 0; i < classes.size(); ++i)
        chart.series.append({failureWord(classes.at(i)), {}, int(i)});
    for (const ModelMetrics &model : metrics) {
        const int all = model.renders + failuresOf(model);
        if (failuresOf(model) == 0) {
            if (all > 0)
                without << category(names.label(model.model), all);
            continue;
        }
        chart.categories << category(names.label(model.model), all);
        for (qsizetype i = 0; i < classes.size(); ++i)
            chart.series[i].values << model.failures.value(classes.at(i));
    }
    leaveOut(chart, without, Words::tr("Without a failure: %1."));
}

/// One value for each model that has one.
template<typename Has, typename Value>
void addSingle(MetricChart &chart, const QList<ModelMetrics> &metrics, const ModelNames &names, Has has, Value value, const QString &without)
{
    ChartSeries series{chart.title, {}, 0};
    QStringList none;
    for (const ModelMetrics &model : metrics) {
        if (!has(model)) {
            if (model.renders > 0)
                none << names.label(model.model);
            continue;
        }
        chart.categories << category(names.label(model.model), model.renders);
        series.values << value(model);
    }
    chart.series = {series};
    leaveOut(chart, none, without);
}

} // namespace

QString MetricChart::valueText(double value) const
{
    const QLocale locale;
    if (value < 0)
        return Words::tr("too few");
    switch (kind) {
    case MetricKind::Latency: return Words::tr("%1 s").arg(locale.toString(value, 'f', value < 10 ? 2 : 1));
    case MetricKind::Failures: return locale.toString(int(value));
    case MetricKind::Cost: return moneyText(value);
    case MetricKind::Memory: return Words::tr("%1 GiB").arg(locale.toString(value, 'f', 1));
    case MetricKind::Quality: return locale.toString(value, 'f', 2);
    }
    return {};
}

QString MetricChart::description() const
{
    if (isEmpty())
        return emptySentence;
    QStringList lines{title + u'.'};
    for (qsizetype i = 0; i < categories.size(); ++i) {
        QStringList values;
        for (const ChartSeries &each : series)
            values << (series.size() > 1 ? each.name + u' ' : QString()) + valueText(each.values.at(i));
        lines << categories.at(i) + QStringLiteral(": ") + values.join(QStringLiteral(", ")) + u'.';
    }
    if (!note.isEmpty())
        lines << note;
    return lines.join(u'\n');
}

MetricChart metricChart(MetricKind kind, const QList<ModelMetrics> &metrics, const ModelNames &names)
{
    MetricChart chart;
    chart.kind = kind;
    switch (kind) {
    case MetricKind::Latency: addLatency(chart, metrics, names); break;
    case MetricKind::Failures: addFailures(chart, metrics, names); break;
    case MetricKind::Cost:
        chart.title = Words::tr("Settled cost in US dollars");
        chart.emptySentence = Words::tr("Nothing has been paid for in this time.");
        addSingle(chart, metrics, names, [](const ModelMetrics &m) { return m.costUsd > 0; }, [](const ModelMetrics &m) { return m.costUsd; },
                  Words::tr("Free: %1."));
        break;
    case MetricKind::Memory:
        chart.title = Words::tr("Peak GPU memory in GiB");
        chart.emptySentence = Words::tr("GPU memory: not reported. Services never say how much they use, and no model here has said it.");
        addSingle(chart, metrics, names, [](const ModelMetrics &m) { return m.peakMemoryBytes > 0; },
                  [](const ModelMetrics &m) { return double(m.peakMemoryBytes) / gibibyte; }, Words::tr("Not reported: %1."));
        break;
    case MetricKind::Quality:
        chart.title = Words::tr("Mean automatic quality score, 0–1");
        chart.emptySentence = Words::tr("No picture has an automatic score yet.");
        addSingle(chart, metrics, names, [](const ModelMetrics &m) { return m.quality >= 0; }, [](const ModelMetrics &m) { return m.quality; },
                  Words::tr("Without a score: %1."));
        break;
    }
    return chart;
}

} // namespace Galley
