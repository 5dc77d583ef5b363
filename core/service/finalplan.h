#pragma once

#include "core/imaging/readtext.h"
#include "core/render/renderengine.h"
#include "core/routing/router.h"
#include "core/service/finalservice.h"

#include <QMap>

namespace Galley {

/// Everything about the world that a quote depends on; taken by the caller, so that quoting is pure.
struct QuoteWorld
{
    RoutePolicy policy;               ///< the rules in force; empty: built-in defaults
    RouteSnapshot route;
    qint64 revision = 0;              ///< of the policy
    QMap<QString, QString> keyHints;  ///< backend id → what the keychain said (locked, denied); of backends without a usable key
    double spentUsd = 0;              ///< by the project today, reservations included
    double budgetUsd = 0;             ///< 0: no limit
};

/// Decides, compiles and prices \a request. Pure.
Result<Quote> makeQuote(const RenderRequest &request, const ModelCatalogue &catalogue, const QuoteWorld &world);

/// What \a model is sent for \a request: the template compiled in its dialect for the frame that it allows. What the model cannot honour is left
/// out here and announced by settingNotices(). \a references: as they were stored with the job. Pure; each send compiles anew.
Result<EngineRequest> makeEngineRequest(const RenderRequest &request, const ModelEntry &model, const BackendEntry &backend,
                                        const QList<ReferencePicture> &references);

/// Whether \a feature ("seed", "negative", "image" …) reaches the model: its entry says so and the wire format can carry it.
bool canHonour(const ModelEntry &model, const BackendEntry &backend, const char *feature);

/// Whether brackets in a prompt weigh words: a model of this machine that can, and the servers that always do.
bool readsBrackets(const ModelEntry &model, const BackendEntry &backend);

/// The picture that \a model makes of \a canvas: the size that was asked for where it is allowed, else the nearest that the model has.
Frame finalFrame(const RenderRequest &request, const QSize &canvas, const ModelEntry &model);

/// A sentence for each setting of \a request that the model cannot honour, and for what its service has announced.
QStringList settingNotices(const RenderRequest &request, const ModelEntry &model, const BackendEntry &backend, const Frame &frame,
                           const CompiledPrompt &prompt, const QDate &today);

/// Why nothing can be sent to \a backend now: no key, offline. Empty: it can.
QString sendObstacle(const ModelEntry &model, const BackendEntry &backend, const QuoteWorld &world);

/// The drawn texts of \a variant where they should be in a picture of \a size.
QList<TextToRead> textsToRead(const Variant &variant, const QSize &size);

} // namespace Galley
