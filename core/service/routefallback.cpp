#include "core/service/routefallback.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RouteFallback", text);
}

/// What failed without a class (a dead worker, a service that broke) may have been carried out.
QString wordOf(const Error &error)
{
    if (error.failure != FailureClass::None)
        return failureClassName(error.failure);
    const bool isTrouble = error.code == ErrorCode::ServiceFailed || error.code == ErrorCode::WorkerFailed || error.code == ErrorCode::OutOfMemory;
    return isTrouble ? failureClassName(FailureClass::Ambiguous) : QString();
}

/// Why \a model cannot take over now; empty: it can.
QString hindrance(const ModelEntry &model, const Result<Quote> &quote, const QuoteWorld &world)
{
    if (!quote)
        return quote.error().message;
    const QString out = world.route.conditions.value(model.id).outOfRouting;
    return out.isEmpty() ? quote->obstacle : out;
}

Result<Quote> quoteFor(const RenderRequest &request, const ModelEntry &model, const ModelCatalogue &catalogue, const QuoteWorld &world)
{
    RenderRequest asked = request;
    asked.model = model.id;
    return makeQuote(asked, catalogue, world);
}

} // namespace

std::optional<Detour> nextFallback(const JobRecord &job, const Error &error, const ModelCatalogue &catalogue, const QuoteWorld &world, FallbackCause cause)
{
    const bool isWaiting = cause == FallbackCause::Waiting;
    const QString word = wordOf(error);
    const RouteDecision &decision = job.decision;
    if (word.isEmpty() || job.shadowOf > 0 || decision.tried.size() + 1 >= longestChain)
        return std::nullopt;
    Detour detour;
    for (const RouteFallback &fallback : decision.fallbacks) {
        if (!fallback.on.contains(word))
            continue;
        if (fallback.model.isEmpty()) {
            if (!fallback.ask || isWaiting)
                continue;
            detour.ask = true;
            detour.reason = tr("%1 failed (%2), and the rule \"%3\" asks a person then: release the job to send it once more, or cancel it.")
                                .arg(decision.model, word, decision.rule);
            detour.estimateUsd = job.estimateUsd;
            detour.priceKnown = job.priceKnown;
            return detour;
        }
        const ModelEntry *model = catalogue.findModel(fallback.model);
        if (!model || model->id == decision.model || decision.tried.contains(model->id))
            continue;
        // Without a price and a prompt of its own: of many jobs that wait, each is asked about often.
        const BackendEntry *backend = catalogue.findBackend(model->backend);
        if (isWaiting && (!backend || !sendObstacle(*model, *backend, world).isEmpty()))
            continue;
        const auto quote = quoteFor(job.request, *model, catalogue, world);
        if (const QString why = hindrance(*model, quote, world); !why.isEmpty()) {
            detour.skipped.append(why);
            continue;
        }
        detour.model = model->id;
        detour.estimateUsd = quote->estimateUsd;
        detour.priceKnown = quote->priceKnown;
        detour.ask = fallback.ask;
        const QString first = isWaiting ? tr("%1 cannot be asked now (%2)").arg(decision.model, word) : tr("%1 failed (%2)").arg(decision.model, word);
        detour.reason = fallback.ask ? tr("%1, and the rule \"%2\" asks a person before %3 takes over: release the job to send it there, or cancel it.")
                                           .arg(first, decision.rule, model->id)
                                     : tr("%1, so that %2 takes over, as the rule \"%3\" says.").arg(first, model->id, decision.rule);
        return detour;
    }
    return std::nullopt;
}

} // namespace Galley
