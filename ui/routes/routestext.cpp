#include "ui/routes/routestext.h"

#include "core/base/error.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>

namespace Galley {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Galley::RoutesText)
};

} // namespace

QString percentText(double share)
{
    const double percent = share * 100;
    const bool whole = qAbs(percent - qRound(percent)) < 0.05 || percent >= 10;
    return QLocale().toString(percent, 'f', whole ? 0 : 1) + QStringLiteral("\u00a0%");
}

QString timeText(const QDateTime &at)
{
    if (!at.isValid())
        return Words::tr("at an unknown time");
    const QDateTime local = at.toLocalTime();
    const QLocale locale;
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    if (local.date() == QDate::currentDate())
        return Words::tr("today %1").arg(time);
    if (local.date() == QDate::currentDate().addDays(-1))
        return Words::tr("yesterday %1").arg(time);
    return locale.toString(local.date(), QLocale::ShortFormat) + u' ' + time;
}

QString ruleLabel(const QString &rule)
{
    if (rule == QLatin1String("default"))
        return Words::tr("no rule (default)");
    if (rule == QLatin1String("asked for"))
        return Words::tr("asked for by hand");
    return rule;
}

QString verdictWord(CanaryVerdict verdict)
{
    switch (verdict) {
    case CanaryVerdict::NotEnoughData: return Words::tr("not enough data");
    case CanaryVerdict::Hold: return Words::tr("hold");
    case CanaryVerdict::Promote: return Words::tr("promote");
    case CanaryVerdict::RollBack: return Words::tr("roll back");
    }
    return {};
}

QString verdictIcon(CanaryVerdict verdict)
{
    switch (verdict) {
    case CanaryVerdict::NotEnoughData: return QStringLiteral("hourglass_empty");
    case CanaryVerdict::Hold: return QStringLiteral("pause");
    case CanaryVerdict::Promote: return QStringLiteral("trending_up");
    case CanaryVerdict::RollBack: return QStringLiteral("undo");
    }
    return {};
}

ThemeColor verdictTone(CanaryVerdict verdict)
{
    switch (verdict) {
    case CanaryVerdict::NotEnoughData: return ThemeColor::Secondary;
    case CanaryVerdict::Hold: return ThemeColor::Stale;
    case CanaryVerdict::Promote: return ThemeColor::Current;
    case CanaryVerdict::RollBack: return ThemeColor::Danger;
    }
    return ThemeColor::Secondary;
}

QString phaseWord(CanaryState::Phase phase)
{
    switch (phase) {
    case CanaryState::Phase::Waiting: return Words::tr("starting");
    case CanaryState::Phase::Running: return Words::tr("running");
    case CanaryState::Phase::Held: return Words::tr("held");
    case CanaryState::Phase::Done: return Words::tr("done");
    case CanaryState::Phase::RolledBack: return Words::tr("rolled back");
    }
    return {};
}

QString metricWord(const QString &metric)
{
    if (metric == QLatin1String("failures"))
        return Words::tr("Failures");
    if (metric == QLatin1String("latency"))
        return Words::tr("Latency");
    if (metric == QLatin1String("cost"))
        return Words::tr("Cost");
    if (metric == QLatin1String("quality"))
        return Words::tr("Quality");
    if (metric == QLatin1String("picks"))
        return Words::tr("Picks");
    return metric;
}

QString metricValue(const QString &metric, double value)
{
    if (metric == QLatin1String("latency"))
        return durationText(qint64(value));
    if (metric == QLatin1String("cost"))
        return moneyText(value);
    if (metric == QLatin1String("quality"))
        return QLocale().toString(value, 'f', 2);
    return percentText(value);
}

QString healthWord(ModelHealth::State state, bool isHeld)
{
    if (isHeld)
        return Words::tr("held");
    switch (state) {
    case ModelHealth::State::Closed: return Words::tr("in routing");
    case ModelHealth::State::Open: return Words::tr("out of routing");
    case ModelHealth::State::HalfOpen: return Words::tr("one on trial");
    }
    return {};
}

QString failureWord(const QString &failureClass)
{
    switch (failureClassFromName(failureClass).value_or(FailureClass::None)) {
    case FailureClass::NotSent: return Words::tr("not sent");
    case FailureClass::Busy: return Words::tr("busy");
    case FailureClass::Rejected: return Words::tr("rejected");
    case FailureClass::Refused: return Words::tr("refused");
    case FailureClass::Retired: return Words::tr("retired");
    case FailureClass::OverBudget: return Words::tr("over budget");
    case FailureClass::Offline: return Words::tr("offline");
    case FailureClass::Ambiguous: return Words::tr("ambiguous");
    case FailureClass::None: break;
    }
    return failureClass;
}

QString severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Error: return QStringLiteral("error");
    case Severity::Warning: return QStringLiteral("warning");
    case Severity::Info: return QStringLiteral("info");
    }
    return {};
}

ThemeColor severityTone(Severity severity)
{
    switch (severity) {
    case Severity::Error: return ThemeColor::Danger;
    case Severity::Warning: return ThemeColor::Stale;
    case Severity::Info: return ThemeColor::Accent;
    }
    return ThemeColor::Accent;
}

QString fallbackText(const RouteFallback &fallback, const ModelNames &names)
{
    QStringList words;
    for (const QString &each : fallback.on)
        words << failureWord(each);
    QString where = names.label(fallback.model);
    if (fallback.ask)
        where = fallback.model.isEmpty() ? Words::tr("asks you") : Words::tr("asks you, then %1").arg(where);
    return words.isEmpty() ? Words::tr("when it fails → %1").arg(where) : words.join(QStringLiteral(", ")) + QStringLiteral(" → ") + where;
}

QString burstText(const RouteBurst &burst, const ModelNames &names)
{
    QStringList when;
    if (burst.queue > 0)
        when << Words::tr("over %n waiting", nullptr, burst.queue);
    if (burst.p95Ms > 0)
        when << Words::tr("p95 over %1").arg(durationText(burst.p95Ms));
    return when.join(Words::tr(" or ")) + QStringLiteral(" → ") + names.label(burst.model);
}

QString findingText(const Finding &finding)
{
    QString text = finding.line > 0 ? Words::tr("Line %1: %2").arg(finding.line).arg(finding.message) : finding.message;
    if (!finding.fix.isEmpty())
        text += u' ' + finding.fix;
    return text;
}

} // namespace Galley
