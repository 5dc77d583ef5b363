#include "core/routing/canarymetrics.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Canary", text);
}

QString duration(qint64 milliseconds)
{
    const qint64 minutes = (milliseconds + 59'999) / 60'000;
    return minutes < 60 ? tr("%1 min").arg(minutes) : tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QStringList sentencesOf(const QList<CanaryFinding> &findings, CanaryVerdict verdict)
{
    QStringList sentences;
    for (const CanaryFinding &finding : findings) {
        if (finding.verdict == verdict)
            sentences.append(finding.sentence);
    }
    return sentences;
}

/// Oldest first, whatever the caller did.
QList<CanarySample> ordered(QList<CanarySample> samples)
{
    if (!std::is_sorted(samples.cbegin(), samples.cend(), isEarlier))
        std::stable_sort(samples.begin(), samples.end(), isEarlier);
    return samples;
}

bool isAny(const QList<CanaryFinding> &findings, CanaryVerdict verdict)
{
    return std::any_of(findings.cbegin(), findings.cend(), [verdict](const CanaryFinding &finding) { return finding.verdict == verdict; });
}

void decide(CanaryReport &report)
{
    if (isAny(report.findings, CanaryVerdict::RollBack)) {
        report.verdict = CanaryVerdict::RollBack;
    } else if (report.rendersWanted > 0) {
        report.verdict = CanaryVerdict::NotEnoughData;
        report.reasons.append(QCoreApplication::translate("Galley::CanaryJudge", "%n more renders are wanted at this step.", nullptr, report.rendersWanted));
    } else if (isAny(report.findings, CanaryVerdict::NotEnoughData)) {
        report.verdict = CanaryVerdict::NotEnoughData;
    } else if (isAny(report.findings, CanaryVerdict::Hold)) {
        report.verdict = CanaryVerdict::Hold;
    } else if (report.bakeLeftMs > 0) {
        report.verdict = CanaryVerdict::Hold;
        report.reasons.append(tr("Nothing speaks against it; this step lasts for another %1.").arg(duration(report.bakeLeftMs)));
    } else {
        report.verdict = CanaryVerdict::Promote;
        report.reasons.append(QCoreApplication::translate("Galley::CanaryJudge", "Nothing speaks against it after %n renders.", nullptr, report.renders));
    }
    if (report.verdict != CanaryVerdict::Promote)
        report.reasons += sentencesOf(report.findings, report.verdict);
    for (const CanaryFinding &finding : report.findings) {
        if (!report.reasons.contains(finding.sentence))
            report.reasons.append(finding.sentence);
    }
}

} // namespace

CanaryReport judgeCanary(const CanaryLook &look)
{
    const QList<CanarySample> candidate = ordered(look.candidate);
    const QList<CanarySample> control = ordered(look.control);
    CanaryReport report;
    report.renders = int(candidate.size());
    report.rendersWanted = std::max(0, look.canary.minRenders - std::max(0, report.renders - look.state.stepRenders));
    report.bakeLeftMs = std::max<qint64>(0, look.canary.bakeMs - look.state.stepMonotonicMs);
    for (const JudgedMetric &metric : {judgeFailures(candidate, control), judgeLatency(candidate, control), judgeQuality(candidate, control),
                                       judgeCost(candidate, control), judgePicks(candidate)}) {
        report.looks = std::max(report.looks, metric.look.number);
        report.spentAlpha += metric.look.spent;
        // What nobody measures keeps nobody waiting; people need not pick anything either, but what they picked counts.
        const bool isOptional = metric.finding.metric == QLatin1String("picks");
        const bool isWaitedFor = metric.finding.metric == QLatin1String("failures") || metric.finding.metric == QLatin1String("latency");
        if ((metric.isKnown || isWaitedFor) && !(isOptional && metric.finding.verdict == CanaryVerdict::NotEnoughData))
            report.findings.append(metric.finding);
    }
    decide(report);
    return report;
}

} // namespace Galley
