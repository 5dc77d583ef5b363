#include "core/engines/remote/openai/openaicall.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/wire.h"

#include <QCoreApplication>

namespace Galley {

namespace {

constexpr JsonLimits listLimits{.bytes = 8LL << 20, .depth = 32, .members = 5000};

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::OpenAiKind", text);
}

bool isRayServe(const BackendEntry &backend)
{
    return backend.dialect == QLatin1String("ray-serve");
}

HttpRequest testRequest(const BackendEntry &backend, const Secret &key)
{
    HttpRequest http;
    // Ray's own proxy answers this on every deployment; it has no list of models.
    http.url = serviceUrl(backend, isRayServe(backend) ? QStringLiteral("-/healthz") : QStringLiteral("models"));
    http.headers.append(HttpHeader{"Accept", "application/json"});
    OpenAiCall::addAccount(http, backend);
    if (!key.isEmpty())
        http.secrets.append({"Authorization", "Bearer ", key});
    return http;
}

Result<QString> readTest(const BackendEntry &backend, const HttpReply &reply)
{
    const QString name = backend.title();
    if (isRayServe(backend))
        return tr("%1 answers.").arg(name);
    const auto json = parseJson(reply.body, name, listLimits);
    const Json *list = nullptr;
    if (json && json->is_array())
        list = &*json;
    else if (json && json->is_object() && json->contains("data") && (*json)["data"].is_array())
        list = &(*json)["data"];
    if (!list) {
        return fail(ErrorCode::ServiceFailed, tr("What answers at %1 is no server of the OpenAI format. Check the address of the backend in models.yaml; it "
                                                 "mostly ends with /v1.").arg(loggableUrl(backend.url)));
    }
    return list->size() == 1 ? tr("%1 answers and knows one model.").arg(name) : tr("%1 answers and knows %2 models.").arg(name).arg(list->size());
}

} // namespace

const ServiceKind &openaiKind()
{
    static const ServiceKind kind{
        .name = QStringLiteral("openai"),
        .title = QStringLiteral("OpenAI Images"),
        .defaultUrl = QUrl(QStringLiteral("https://api.openai.com/v1")),
        .needsKey = true,
        .features = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("image"), QStringLiteral("mask"), QStringLiteral("count"),
                     QStringLiteral("stream"), QStringLiteral("steps"), QStringLiteral("guidance"), QStringLiteral("strength")},
        .canLookUp = false,
        .makeCall = [](HttpClient *client, CallContext context, QObject *parent) -> RemoteCall * {
            return new OpenAiCall(client, std::move(context), parent);
        },
        .testRequest = testRequest,
        .readTest = readTest,
        .featuresOfBackend =
            [](const BackendEntry &backend) {
                const OpenAiDialect *dialect = findOpenAiDialect(backend.dialect);
                return dialect ? dialect->features() : QStringList();
            },
    };
    return kind;
}

} // namespace Galley
