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

std::optional<Detour> nextFallback(const JobRecord &job, const Error &error, const ModelCatalogue &catalogue, const QuoteWorld &world)
{
    const QString word = wordOf(error);
    const RouteDecision &decision = job.decision;
    if (word.isEmpty() || job.shadowOf > 0 || decision.tried.size() + 1 >= longestChain)
        return std::nullopt;
    Detour detour;
    for (const RouteFallback &fallback : decision.fallbacks) {
        if (!fallback.on.contains(word))
            continue;
        if (fallback.model.isEmpty()) {
            if (!fallback.ask)
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
        const auto quote = quoteFor(job.request, *model, catalogue, world);
        if (const QString why = hindrance(*model, quote, world); !why.isEmpty()) {
            detour.skipped.append(why);
            continue;
        }
        detour.model = model->id;
        detour.estimateUsd = quote->estimateUsd;
        detour.priceKnown = quote->priceKnown;
        detour.ask = fallback.ask;
        detour.reason = fallback.ask ? tr("%1 failed (%2), and the rule \"%3\" asks a person before %4 takes over: release the job to send it there, or cancel it.")
                                           .arg(decision.model, word, decision.rule, model->id)
                                     : tr("%1 failed (%2), so that %3 takes over, as the rule \"%4\" says.").arg(decision.model, word, model->id, decision.rule);
        return detour;
    }
    return std::nullopt;
}

} // namespace Galley
