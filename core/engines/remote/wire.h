#pragma once

#include "core/engines/remote/remotecall.h"

#include <optional>

// What the hosted formats share: reading answers without trust (a member of another type is as good as absent), options, ratios, waiting.
namespace Galley {

QString textOf(const Json &json, const char *name);
std::optional<qint64> wholeNumberOf(const Json &json, const char *name);
std::optional<double> numberOf(const Json &json, const char *name);
bool isTrue(const Json &json, const char *name);
/// The member \a name of an object; a null value when there is none.
const Json &memberOf(const Json &json, const char *name);

/// The small JSON body of a failure; null when it is none.
Json failureBody(const HttpReply &reply);
/// \a json without the members \a names at any depth: pictures and links, which are never kept.
Json withoutMembers(const Json &json, const QList<QByteArray> &names);

/// \a text from outside as one part of a path.
QString pathPart(const QString &text);
/// A request below the address of \a backend with the key in the header \a name, for testing a connection.
HttpRequest testRequestTo(const BackendEntry &backend, const QString &path, const QByteArray &name, const QByteArray &prefix, const Secret &key);

/// The service's own name of the model: the path and the messages need one even where models.yaml gives none.
QString upstreamOf(const EngineRequest &request);
/// The ratio to ask for, "4x5": the request's own, else the one of \a known that is nearest to its size. Empty without a size.
QString ratioOf(const EngineRequest &request, const QStringList &known);
/// "4x5" as a size; empty when it is none.
QSize sizeOfRatio(const QString &ratio);
QString nearestRatio(const QSize &size, const QStringList &known);
QString pixelsText(const QSize &size);  ///< "1024x768"
const ReferencePicture *startPicture(const EngineRequest &request);

/// Adds the model's options to \a body as they are, but for \a own, which are the format's, and for what is there already.
void addOptions(Json &body, const EngineRequest &request, const QStringList &own);
/// \a body as the parts of a form: text as it is, a list of scalars as one part for each, an object as a JSON part.
QList<HttpPart> formParts(const Json &body);

/// A sentence for each wish of \a request that is not among \a carried (words of ModelEntry::supports): it is not sent.
QStringList notSent(const EngineRequest &request, const QStringList &carried, const QString &service);

/// Milliseconds before the poll number \a round, counted from 0: quick at first, then slower. BackendEntry option "poll_ms" sets the first.
int pollDelayMs(const BackendEntry &backend, int round);

/// The sentence for a link to a picture that has run out.
Error expiredError(const HttpReply &reply, const QString &service);
/// The sentence for a model that the service has no address for any more.
Error retiredError(const HttpReply &reply, const QString &service, const QString &model);
/// A failure after the service has taken a request in: nobody knows whether it will be billed.
Error ambiguousError(const QString &message, const QString &detail = {});

} // namespace Galley
