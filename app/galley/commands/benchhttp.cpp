#include "app/galley/commands/benchhttp.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/modelfiles.h"
#include "core/base/json.h"
#include "core/engines/remote/failure.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace Galley {

namespace {

constexpr qint64 mostPayloadBytes = 64LL << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

tl::unexpected<Error> usage(const QString &sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

Result<QList<HttpHeader>> readHeaders(const std::vector<std::string> &arguments)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"));
    static const QRegularExpression secret(QStringLiteral("authorization|api-?key|token|cookie|secret"), QRegularExpression::CaseInsensitiveOption);
    QList<HttpHeader> headers;
    for (const std::string &argument : arguments) {
        const QString text = fromArgument(argument);
        const qsizetype colon = text.indexOf(QLatin1Char(':'));
        const QString before = text.left(colon).trimmed();
        const QString value = text.mid(colon + 1).trimmed();
        if (colon < 1 || !name.match(before).hasMatch() || value.contains(QRegularExpression(QStringLiteral("[\\x00-\\x1F\\x7F]"))))
            return usage(tr("--header %1: write it as \"Name: value\".").arg(text.left(colon < 1 ? 0 : colon)));
        if (secret.match(before).hasMatch()) {
            return usage(tr("--header %1: a key does not belong on a command line, where others can read it. Put it in the keychain or in "
                            "GALLEY_KEY_<NAME> and take --key NAME.").arg(before));
        }
        headers.append({before.toLatin1(), value.toUtf8()});
    }
    return headers;
}

Result<void> readPayload(const BenchArguments &arguments, HttpRequest &request)
{
    const QString file = fromArgument(arguments.payload);
    request.contentType = QByteArray::fromStdString(arguments.contentType);
    if (file.isEmpty())
        return {};
    const auto bytes = readSmallFile(file, mostPayloadBytes);
    if (!bytes)
        return fail(bytes.error().code, QStringLiteral("--payload %1: %2").arg(file, bytes.error().message));
    request.body = *bytes;
    if (!request.contentType.isEmpty())
        return {};
    request.contentType = "application/octet-stream";
    if (file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) {
        const auto json = parseJson(*bytes, file, {.bytes = mostPayloadBytes, .depth = 200, .members = 1'000'000});
        if (!json)
            return usage(json.error().message + u' ' + tr("To send it as it is, say what it is with --content-type."));
        request.contentType = "application/json";
    }
    return {};
}

} // namespace

Result<HttpRequest> readBenchRequest(const QString &address, const BenchArguments &arguments)
{
    HttpRequest request;
    request.url = QUrl(address, QUrl::StrictMode);
    const QString scheme = request.url.scheme();
    if (!request.url.isValid() || request.url.host().isEmpty() || (scheme != QLatin1String("http") && scheme != QLatin1String("https")))
        return usage(tr("--url: an address begins with http:// or https:// and names a host."));
    if (!request.url.userInfo().isEmpty())
        return usage(tr("--url: a password does not belong on a command line. Put the key in the keychain or in GALLEY_KEY_<NAME> and take --key NAME."));
    request.plain = PlainHttp::Allowed;  // a person named it
    if (const auto payload = readPayload(arguments, request); !payload)
        return fail(payload.error());
    request.method = QByteArray::fromStdString(arguments.method).toUpper();
    if (request.method.isEmpty())
        request.method = request.body.isEmpty() ? "GET" : "POST";
    static const QList<QByteArray> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (!methods.contains(request.method))
        return usage(tr("--method %1: take GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.").arg(fromArgument(arguments.method)));
    const auto headers = readHeaders(arguments.headers);
    if (!headers)
        return fail(headers.error());
    request.headers = *headers;
    if (!(arguments.timeoutSeconds > 0) || arguments.timeoutSeconds > 3600)
        return usage(tr("--timeout: take up to 3600 seconds."));
    request.limits.totalMs = int(arguments.timeoutSeconds * 1000);
    request.limits.idleMs = request.limits.totalMs;
    request.limits.connectMs = std::min(request.limits.connectMs, request.limits.totalMs);
    return request;
}

HttpBenchTarget::HttpBenchTarget(HttpClient *client, const HttpRequest &request, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_request(request)
{
    m_request.maxRedirects = 0;  // one request asked for is one request sent
}

void HttpBenchTarget::send(int, std::stop_token stop, Done done)
{
    m_client->send(m_request, stop, this, [done, host = m_request.url.host()](const Result<HttpReply> &reply) {
        BenchOutcome outcome;
        if (!reply) {
            outcome.error = reply.error();
        } else {
            outcome.timingsMs = {{QStringLiteral("connect"), reply->timings.connectMs}, {QStringLiteral("first_byte"), reply->timings.firstByteMs}};
            if (reply->status < 200 || reply->status > 299)
                outcome.error = failureOf(*reply, host, QDateTime::currentMSecsSinceEpoch());
        }
        done(outcome);
    });
}

} // namespace Galley
