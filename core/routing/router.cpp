#include "core/routing/router.h"

#include "core/base/hostpolicy.h"
#include "core/template/names.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Router", text);
}

/// What renders when no rule says otherwise (product.md §4).
QString builtInDefault(Fidelity fidelity)
{
    switch (fidelity) {
    case Fidelity::Draft: return QStringLiteral("galley-draft");
    case Fidelity::Mid: return QStringLiteral("sd-medium");
    case Fidelity::Final: return QStringLiteral("ideogram-typography");
    }
    return {};
}

QString unknownModelSentence(const QString &name, const ModelCatalogue &catalogue)
{
    QStringList names = catalogue.aliases.keys();
    for (const ModelEntry &model : catalogue.models)
        names.append(model.id);
    const QString near = nearestName(name, names);
    const QString unknown = tr("There is no model \"%1\".").arg(name.left(64));
    return unknown + QLatin1Char(' ')
        + (near.isEmpty() ? tr("\"galley models\" lists those that there are; models.yaml can add one.") : tr("Did you mean \"%1\"?").arg(near));
}

/// Why \a model can no longer be asked for: its date has passed, or the service has said so. Empty when it can.
QString retiredSentence(const ModelEntry &model, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot)
{
    const QString byDate = catalogue.retiredSentence(model, snapshot.now.date());
    return byDate.isEmpty() ? snapshot.retired.value(model.id) : byDate;
}

/// What stands in the way now and may be gone when the job's turn comes.
QStringList obstacles(const ModelEntry &model, const BackendEntry *backend, const RouteSnapshot &snapshot)
{
    if (!backend || backend->kind == QLatin1String("local"))
        return {};
    QStringList sentences;
    if (snapshot.offline && !isOnThisMachine(*backend))
        sentences.append(tr("%1 waits until the network is switched on again.").arg(model.label));
    if (snapshot.backendsWithoutKey.contains(backend->id))
        sentences.append(tr("%1 waits until there is a key for %2. Enter it in the settings.").arg(model.label, backend->label));
    return sentences;
}

} // namespace

bool isOnThisMachine(const BackendEntry &backend)
{
    return backend.kind == QLatin1String("local") || isLoopbackHost(backend.url.host());
}

Result<RouteDecision> decideRoute(const RenderRequest &request, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot)
{
    RouteDecision decision;
    decision.requested = request.model;
    decision.cohort = cohortOf(request.source.project);
    const bool asked = !request.model.isEmpty();
    const QString name = asked ? request.model : builtInDefault(request.fidelity);
    const ModelEntry *model = catalogue.findModel(name);
    if (!model)
        return fail(ErrorCode::NotFound, unknownModelSentence(name, catalogue));

    if (asked) {
        decision.rule = QStringLiteral("asked for");
        decision.reasons.append(tr("%1 was asked for.").arg(name));
    } else {
        decision.rule = QStringLiteral("default");
        decision.reasons.append(tr("No rule names a model for this; the default for the tier \"%1\" is %2.").arg(fidelityName(request.fidelity), name));
    }
    if (name != model->id)
        decision.reasons.append(tr("%1 stands for %2.").arg(name, model->id));
    decision.model = model->id;

    const QString retired = retiredSentence(*model, catalogue, snapshot);
    if (!retired.isEmpty())
        return fail(Error{.code = ErrorCode::ServiceFailed, .message = retired, .failure = FailureClass::Retired});
    decision.skipped = obstacles(*model, catalogue.findBackend(model->backend), snapshot);
    const QString ending = catalogue.shutdownNotice(*model, snapshot.now.date());
    if (!ending.isEmpty())
        decision.reasons.append(ending);
    return decision;
}

} // namespace Galley
