#include "core/engines/remote/wire.h"

#include "core/engines/remote/failure.h"
#include "core/engines/remote/resultlink.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Galley {

namespace {

constexpr qsizetype mostFailureBytes = 256 * 1024;
constexpr int mostDepth = 64;

struct WireTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::RemoteCall)
};

QByteArray scalarText(const Json &value)
{
    return value.is_string() ? toQString(value).toUtf8() : dumpJson(value);
}

} // namespace

const Json &memberOf(const Json &json, const char *name)
{
    static const Json nothing;
    if (!json.is_object())
        return nothing;
    const auto found = json.find(name);
    return found == json.end() ? nothing : *found;
}

QString textOf(const Json &json, const char *name)
{
    return toQString(memberOf(json, name));
}

std::optional<qint64> wholeNumberOf(const Json &json, const char *name)
{
    const Json &value = memberOf(json, name);
    constexpr auto most = std::uint64_t(std::numeric_limits<qint64>::max());
    if (!value.is_number_integer() || (value.is_number_unsigned() && value.get<std::uint64_t>() > most))
        return std::nullopt;
    return value.get<qint64>();
}

std::optional<double> numberOf(const Json &json, const char *name)
{
    const Json &value = memberOf(json, name);
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        return std::nullopt;
    return value.get<double>();
}

bool isTrue(const Json &json, const char *name)
{
    const Json &value = memberOf(json, name);
    return value.is_boolean() && value.get<bool>();
}

Json failureBody(const HttpReply &reply)
{
    const auto json = parseJson(reply.body, QStringLiteral("answer"), JsonLimits{.bytes = mostFailureBytes, .depth = mostDepth});
    return json ? *json : Json();
}

Json withoutMembers(const Json &json, const QList<QByteArray> &names)
{
    if (json.is_array()) {
        Json list = Json::array();
        for (const Json &item : json)
            list.push_back(withoutMembers(item, names));
        return list;
    }
    if (!json.is_object())
        return json;
    Json object = Json::object();
    for (const auto &[name, value] : json.items()) {
        if (!names.contains(QByteArray::fromStdString(name)))
            object[name] = withoutMembers(value, names);
    }
    return object;
}

QString pathPart(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

HttpRequest testRequestTo(const BackendEntry &backend, const QString &path, const QByteArray &name, const QByteArray &prefix, const Secret &key)
{
    HttpRequest http;
    http.url = serviceUrl(backend, path);
    if (!key.isEmpty())
        http.secrets.append({name, prefix, key});
    return http;
}

QString upstreamOf(const EngineRequest &request)
{
    return request.upstream.isEmpty() ? request.model : request.upstream;
}

QString ratioOf(const EngineRequest &request, const QStringList &known)
{
    if (!request.ratio.isEmpty())
        return request.ratio;
    return request.size.isEmpty() ? QString() : nearestRatio(request.size, known);
}

QSize sizeOfRatio(const QString &ratio)
{
    const QStringList sides = ratio.split(QLatin1Char('x'));
    return {sides.value(0).toInt(), sides.value(1).toInt()};
}

QString nearestRatio(const QSize &size, const QStringList &known)
{
    SizeRules rules;
    rules.ratios = known;
    return frameFor(size, rules).ratio;
}

QString pixelsText(const QSize &size)
{
    return QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
}

const ReferencePicture *startPicture(const EngineRequest &request)
{
    const auto found = std::find_if(request.references.cbegin(), request.references.cend(),
                                    [](const ReferencePicture &picture) { return picture.use == ReferencePicture::Use::Start; });
    return found == request.references.cend() ? nullptr : &*found;
}

void addOptions(Json &body, const EngineRequest &request, const QStringList &own)
{
    if (!request.options.is_object())
        return;
    for (const auto &[name, value] : request.options.items()) {
        if (!own.contains(QString::fromStdString(name)) && !body.contains(name))
            body[name] = value;
    }
}

QList<HttpPart> formParts(const Json &body)
{
    QList<HttpPart> parts;
    for (const auto &[name, value] : body.items()) {
        const QByteArray part = QByteArray::fromStdString(name);
        const bool isScalarList = value.is_array() && std::none_of(value.begin(), value.end(), [](const Json &item) { return item.is_structured(); });
        if (isScalarList) {
            for (const Json &item : value)
                parts.append({part, scalarText(item)});
        } else if (value.is_structured()) {
            parts.append({.name = part, .content = dumpJson(value), .mediaType = "application/json"});
        } else if (!value.is_null()) {
            parts.append({part, scalarText(value)});
        }
    }
    return parts;
}

QStringList notSent(const EngineRequest &request, const QStringList &carried, const QString &service)
{
    const bool hasMask = std::any_of(request.references.cbegin(), request.references.cend(),
                                     [](const ReferencePicture &picture) { return picture.use == ReferencePicture::Use::Mask; });
    const QString model = upstreamOf(request);
    QStringList notes;
    const auto say = [&](bool wished, const char *feature, const QString &sentence) {
        if (wished && !carried.contains(QLatin1String(feature)))
            notes.append(sentence.arg(service, model));
    };
    say(request.seedWanted, "seed", WireTr::tr("%1 takes no seed for %2; it was not sent."));
    say(!request.negativePrompt.isEmpty(), "negative", WireTr::tr("%1 takes no negative prompt for %2; it was not sent."));
    say(startPicture(request), "image", WireTr::tr("%1 takes no start picture for %2; it was not sent."));
    say(hasMask, "mask", WireTr::tr("%1 takes no mask for %2; it was not sent."));
    say(request.count > 1, "count", WireTr::tr("%1 draws one picture at a time with %2; only one was asked for."));
    return notes;
}

int pollDelayMs(const BackendEntry &backend, int round)
{
    const double first = double(std::clamp<qint64>(wholeNumberOf(backend.options, "poll_ms").value_or(700), 1, 60'000));
    constexpr double slower = 1.15;
    constexpr double atMost = 7;
    return int(first * std::min(std::pow(slower, round), atMost));
}

Error expiredError(const HttpReply &reply, const QString &service)
{
    return {.code = ErrorCode::ServiceFailed,
            .message = WireTr::tr("The link to the picture at %1 has run out (status %2).").arg(service, QString::number(reply.status)),
            .failure = FailureClass::Rejected,
            .httpStatus = reply.status};
}

Error retiredError(const HttpReply &reply, const QString &service, const QString &model)
{
    const QString words = errorWords(reply).message;
    return {.code = ErrorCode::ServiceFailed,
            .message = WireTr::tr("%1 does not know the model \"%2\" (any more). Choose another model, or mend its entry in models.yaml.").arg(service, model),
            .detail = words,
            .failure = FailureClass::Retired,
            .httpStatus = reply.status,
            .serviceCode = errorWords(reply).code};
}

Error ambiguousError(const QString &message, const QString &detail)
{
    return {.code = ErrorCode::ServiceFailed, .message = message, .detail = detail, .failure = FailureClass::Ambiguous};
}

} // namespace Galley
