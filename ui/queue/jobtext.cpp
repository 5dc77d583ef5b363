#include "ui/queue/jobtext.h"

#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::JobText", text);
}

QString arrow()
{
    return QStringLiteral(" → ");
}

QString clock(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
}

QString attemptLine(const JobAttempt &attempt)
{
    QStringList parts{clock(attempt.startedAt), attempt.backend.isEmpty() ? attempt.model : attempt.backend + QStringLiteral(" / ") + attempt.model,
                      attempt.outcome};
    if (attempt.httpStatus > 0)
        parts << QStringLiteral("HTTP %1").arg(attempt.httpStatus);
    if (attempt.milliseconds > 0)
        parts << durationText(qint64(attempt.milliseconds));
    if (!attempt.message.isEmpty())
        parts << attempt.message;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString laneWord(Lane lane)
{
    switch (lane) {
    case Lane::Interactive: return tr("Interactive");
    case Lane::Final: return tr("Final");
    case Lane::Batch: return tr("Batch");
    }
    return {};
}

QString stateWord(JobState state)
{
    switch (state) {
    case JobState::Queued: return tr("waiting");
    case JobState::Held: return tr("held");
    case JobState::Sending: return tr("sending");
    case JobState::Running: return tr("running");
    case JobState::Backoff: return tr("tries again");
    case JobState::Undecided: return tr("undecided");
    case JobState::Done: return tr("done");
    case JobState::Failed: return tr("failed");
    case JobState::Cancelled: return tr("cancelled");
    }
    return {};
}

QString stateIcon(JobState state)
{
    switch (state) {
    case JobState::Queued: return QStringLiteral("schedule");
    case JobState::Held: return QStringLiteral("pause");
    case JobState::Sending: return QStringLiteral("cloud_upload");
    case JobState::Running: return QStringLiteral("autorenew");
    case JobState::Backoff: return QStringLiteral("hourglass_empty");
    case JobState::Undecided: return QStringLiteral("help");
    case JobState::Done: return QStringLiteral("check_circle");
    case JobState::Failed: return QStringLiteral("error");
    case JobState::Cancelled: return QStringLiteral("block");
    }
    return {};
}

ThemeColor stateTone(JobState state)
{
    switch (state) {
    case JobState::Queued:
    case JobState::Held:
    case JobState::Cancelled: return ThemeColor::Secondary;
    case JobState::Sending:
    case JobState::Running: return ThemeColor::Rendering;
    case JobState::Backoff:
    case JobState::Undecided: return ThemeColor::Stale;
    case JobState::Done: return ThemeColor::Current;
    case JobState::Failed: return ThemeColor::Danger;
    }
    return ThemeColor::Secondary;
}

QString ruleText(const QString &rule)
{
    if (rule == QLatin1String("asked for"))
        return tr("asked for");
    return rule == QLatin1String("default") ? tr("default") : rule;
}

QString remoteStateText(const Job &job)
{
    const QString word = job.remoteState.toLower();
    if (word == QLatin1String("pending") || word == QLatin1String("queued"))
        return tr("queued there");
    if (word == QLatin1String("processing") || word == QLatin1String("running") || word == QLatin1String("in_progress"))
        return tr("being rendered");
    return job.remoteState;
}

QString modelsText(const QString &requested, const QString &routed, const QString &served)
{
    QStringList names;
    for (const QString &name : {requested, routed, served}) {
        if (!name.isEmpty() && (names.isEmpty() || names.last() != name))
            names << name;
    }
    return names.join(arrow());
}

QString servedModel(const Job &job)
{
    for (auto attempt = job.record.attempts.crbegin(); attempt != job.record.attempts.crend(); ++attempt) {
        if (!attempt->served.isEmpty())
            return attempt->served;
    }
    return {};
}

QString modelsText(const Job &job)
{
    return modelsText(job.record.decision.requested, job.record.decision.model, servedModel(job));
}

QString modelsSentence(const Job &job)
{
    const RouteDecision &decision = job.record.decision;
    QStringList parts;
    if (!decision.requested.isEmpty())
        parts << tr("Asked for: %1").arg(decision.requested);
    parts << tr("Routed to: %1 (rule: %2)").arg(decision.model, ruleText(decision.rule));
    if (const QString served = servedModel(job); !served.isEmpty())
        parts << tr("The service says it used: %1").arg(served);
    else if (job.record.state == JobState::Done)
        parts << tr("The service does not say which model it used.");
    return parts.join(u'\n');
}

QString quotePrice(const Quote &quote)
{
    return quote.priceKnown ? priceText(quote.estimateUsd) : unknownPriceText();
}

double progressShare(const Job &job)
{
    if (job.record.state == JobState::Done)
        return 1;
    if (job.of <= 0 && job.loadBytes > 0)
        return qBound(0.0, double(job.loadedBytes) / double(job.loadBytes), 1.0);
    return job.of > 0 ? qBound(0.0, double(job.step) / job.of, 1.0) : -1;
}

QString progressText(const Job &job)
{
    const QString dot = QStringLiteral(" · ");
    switch (job.record.state) {
    case JobState::Sending:
    case JobState::Running: {
        QStringList parts;
        if (job.of > 0)
            parts << tr("step %1 of %2").arg(QString::number(job.step), QString::number(job.of));
        else if (job.loadBytes > 0)
            parts << tr("loading the model, %1 of %2").arg(dataSizeText(job.loadedBytes), dataSizeText(job.loadBytes));
        else if (!job.remoteState.isEmpty())
            parts << remoteStateText(job);
        if (job.msLeft >= 0)
            parts << tr("%1 left").arg(durationText(job.msLeft));
        return parts.join(dot);
    }
    case JobState::Backoff: return tr("at %1").arg(clock(job.record.notBefore));
    case JobState::Done: return durationText(jobMilliseconds(job));
    default: return {};
    }
}

QString jobPrice(const Job &job)
{
    if (job.record.costUsd)
        return priceText(*job.record.costUsd);
    if (!job.record.priceKnown)
        return unknownPriceText();
    if (job.record.estimateUsd <= 0)
        return priceText(0);
    if (job.record.state == JobState::Cancelled || job.record.state == JobState::Failed)
        return {};
    return tr("about %1").arg(moneyText(job.record.estimateUsd));
}

AnewOffer anewOffer(const Result<Quote> &quote)
{
    if (!quote || quote->blocked)
        return {false, quote ? quote->obstacle : quote.error().message, {}};
    const QString model = modelsText(quote->decision.requested, quote->decision.model, {});
    AnewOffer offer{true, {}, quote->priceKnown ? priceText(quote->estimateUsd) : tr("price not known")};
    QStringList said{tr("The same request is sent to %1 again, past the cache (%2).").arg(model, offer.price)};
    if (!quote->obstacle.isEmpty())
        said << quote->obstacle;
    offer.sentence = said.join(u' ');
    return offer;
}

qint64 jobMilliseconds(const Job &job)
{
    return job.record.attempts.isEmpty() ? 0 : qint64(job.record.attempts.last().milliseconds);
}

QString jobSentence(const Job &job)
{
    const QString &message = job.record.error.message;
    switch (job.record.state) {
    case JobState::Undecided:
        if (!message.isEmpty())
            return message;
        return tr("The request was sent, but no answer came: it may have been carried out and billed.");
    case JobState::Backoff:
    case JobState::Failed: return message;
    case JobState::Held: return job.asks() ? message : tr("You hold this one. It starts when you let it go.");
    case JobState::Queued: return job.waitsFor.isEmpty() ? message : job.waitsFor;
    default: return {};
    }
}

bool waitsForServices(const Job &job)
{
    return job.record.state == JobState::Queued && !job.waitsFor.isEmpty();
}

QString jobDetails(const Job &job)
{
    QStringList lines;
    for (const JobAttempt &attempt : job.record.attempts)
        lines << attemptLine(attempt);
    if (!job.record.remoteId.isEmpty())
        lines << tr("The service calls it %1.").arg(job.record.remoteId);
    if (!job.record.error.serviceCode.isEmpty())
        lines << tr("The service's own word: %1.").arg(job.record.error.serviceCode);
    if (!job.record.error.detail.isEmpty())
        lines << job.record.error.detail;
    lines << job.record.decision.reasons << job.record.notes;
    lines.removeDuplicates();
    return lines.join(u'\n');
}

} // namespace Galley
