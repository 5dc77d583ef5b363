#include "core/engines/remote/custom/customcall.h"

#include "core/base/async.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/servicepictures.h"
#include "core/engines/remote/wire.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

constexpr JsonLimits errorLimits{.bytes = 256 * 1024, .depth = 64};

/// What \a pointer leads to in \a json; null when it leads nowhere. (Json::at() throws.)
Json *find(Json &json, const QString &pointer)
{
    if (pointer.isEmpty())
        return nullptr;
    Json *at = &json;
    for (const QString &raw : pointer.mid(1).split(QLatin1Char('/'))) {
        const QString step = QString(raw).replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
        if (at->is_object()) {
            const auto found = at->find(step.toStdString());
            if (found == at->end())
                return nullptr;
            at = &*found;
        } else if (bool isNumber = false; at->is_array()) {
            const uint index = step.toUInt(&isNumber);
            if (!isNumber || index >= at->size())
                return nullptr;
            at = &(*at)[index];
        } else {
            return nullptr;
        }
    }
    return at->is_null() ? nullptr : at;
}

/// Whether \a text begins as a picture in base64 does; "/9j/…" is one and "/out/1.png" is none.
bool isBase64Picture(const QByteArray &text)
{
    return text.startsWith("data:") || !pictureMediaType(QByteArray::fromBase64(text.left(24))).isEmpty();
}

} // namespace

void CustomCall::start()
{
    const auto spec = readCustomSpec(backend());
    if (!spec) {
        fail(spec.error());
        return;
    }
    m_spec = *spec;
    // Off the thread: a picture in the body becomes megabytes of base64.
    const auto fill = [spec = m_spec, asked = request()] {
        const CustomRequest filled = fillCustomSpec(spec, asked);
        return std::pair(filled.path, filled.body.is_null() ? QByteArray() : dumpJson(filled.body));
    };
    onFinished(runOn(QThreadPool::globalInstance(), fill), this, [this](const QFuture<std::pair<QString, QByteArray>> &future) {
        if (!hasEnded())
            order(future.result().first, future.result().second);
    });
}

void CustomCall::order(const QString &path, const QByteArray &body)
{
    HttpRequest http = body.isNull() ? get(path) : post(path, body);
    http.method = m_spec.method;
    http.headers = m_spec.headers;
    authorize(http, m_spec.keyHeader, m_spec.keyPrefix);
    result.seedKnown = m_spec.says("seed") && request().seedWanted;
    sendPaid(http, [this](const HttpReply &reply) {
        if (m_spec.picture == QLatin1String("body"))
            finishWithBytes({reply.body});
        else
            parse(reply, [this](Json answer) { readAnswer(std::move(answer)); });
    });
}

Error CustomCall::readFailure(const HttpReply &reply) const
{
    HttpReply read = reply;
    if (!m_spec.error.isEmpty()) {
        auto json = parseJson(reply.body, service(), errorLimits);
        const Json *said = json ? find(*json, m_spec.error) : nullptr;
        if (said && said->is_string())
            read.body = dumpJson(Json{{"message", *said}});
    }
    return RemoteCall::readFailure(read);
}

void CustomCall::readAnswer(Json answer)
{
    if (const Json *said = find(answer, m_spec.error); said && said->is_string() && !toQString(*said).isEmpty()) {
        HttpReply reply;
        reply.status = 400;
        reply.body = dumpJson(Json{{"message", *said}});
        Error error = RemoteCall::readFailure(reply);
        error.httpStatus = 200;
        fail(error);
        return;
    }
    if (const Json *seed = find(answer, m_spec.seed); seed && seed->is_number_integer())
        servedSeed = seed->get<qint64>();
    if (const Json *model = find(answer, m_spec.model); model && model->is_string())
        result.model = shortened(toQString(*model), 200);
    if (const Json *cost = find(answer, m_spec.costUsd); cost && cost->is_number() && cost->get<double>() >= 0)
        result.costUsd = cost->get<double>();
    Json picture;
    if (Json *found = find(answer, m_spec.picture))
        picture = std::exchange(*found, Json("(picture)"));
    result.answer = std::move(answer);
    finishWithValue(picture);
}

void CustomCall::finishWithValue(const Json &value)
{
    QList<QByteArray> base64;
    QList<QUrl> urls;
    const auto add = [&](const Json &item) {
        if (!item.is_string())
            return;
        const std::string &text = item.get_ref<const std::string &>();
        const QByteArray bytes(text.data(), qsizetype(text.size()));
        if (isBase64Picture(bytes))
            base64.append(bytes);
        else if (!bytes.isEmpty() && bytes.size() < 8192)
            urls.append(QUrl(QString::fromUtf8(bytes)));
        else
            base64.append(bytes);
    };
    if (value.is_array())
        std::for_each(value.begin(), value.end(), add);
    else
        add(value);
    if (base64.isEmpty() && urls.isEmpty())
        failUnusable(tr("there is no picture at %1").arg(m_spec.picture), shortened(QString::fromUtf8(dumpJson(result.answer).left(2000))));
    else if (!base64.isEmpty())
        finishWithBase64(base64);
    else
        finishWithUrls(urls, key().isEmpty() ? QList<SecretHeader>() : QList<SecretHeader>{{m_spec.keyHeader, m_spec.keyPrefix, key()}});
}

const ServiceKind &customKind()
{
    static const ServiceKind kind{
        .name = QStringLiteral("custom"),
        .title = QStringLiteral("Custom HTTP"),
        .defaultUrl = {},
        .needsKey = false,
        .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("mask"), QStringLiteral("count"),
                     QStringLiteral("json"), QStringLiteral("steps"), QStringLiteral("guidance"), QStringLiteral("strength")},
        .canLookUp = false,
        .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
            return new CustomCall(client, std::move(context), parent);
        },
        .testRequest =
            [](const BackendEntry &backend, const Secret &key) {
                HttpRequest http;
                const auto spec = readCustomSpec(backend);
                http.url = serviceUrl(backend, spec ? spec->test : QString());
                if (spec && !key.isEmpty())
                    http.secrets.append({spec->keyHeader, spec->keyPrefix, key});
                return http;
            },
        .readTest = [](const BackendEntry &backend, const HttpReply &) -> Result<QString> {
            const auto spec = readCustomSpec(backend);
            if (!spec)
                return Galley::fail(spec.error());
            return CustomCall::tr("%1 answers.").arg(backend.title());
        },
        .featuresOfBackend =
            [](const BackendEntry &backend) {
                const auto spec = readCustomSpec(backend);
                return spec ? spec->features() : QStringList();
            },
    };
    return kind;
}

} // namespace Galley
