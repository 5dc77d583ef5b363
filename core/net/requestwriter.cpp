#include "core/net/requestwriter.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace Galley {

namespace {

/// A name inside quotes, as browsers write it (WHATWG HTML, multipart/form-data).
QByteArray quoted(QByteArray name)
{
    return '"' + name.replace('\n', "%0A").replace('\r', "%0D").replace('"', "%22") + '"';
}

QByteArray multipart(const QList<HttpPart> &parts, const QByteArray &boundary)
{
    qsizetype size = 0;
    for (const HttpPart &part : parts)
        size += part.content.size() + 512;
    QByteArray body;
    body.reserve(size);
    for (const HttpPart &part : parts) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(part.name);
        if (!part.fileName.isEmpty())
            body += "; filename=" + quoted(part.fileName);
        if (!part.mediaType.isEmpty())
            body += "\r\nContent-Type: " + part.mediaType;
        body += "\r\n\r\n";
        body += part.content;
        body += "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

bool isSafe(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isToken(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

tl::unexpected<Error> refused(const QByteArray &what)
{
    return fail({.code = ErrorCode::InvalidInput,
                 .message = QCoreApplication::translate("HttpClient", "The header %1 cannot be sent: it holds a line break or another forbidden "
                                                                      "character. Enter the key or the header again, without line breaks.")
                                .arg(QString::fromLatin1(what.left(64).toPercentEncoding("-_"))),
                 .failure = FailureClass::Rejected});
}

QByteArray hostField(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() > 0)
        host += ':' + QByteArray::number(url.port());
    return host;
}

QByteArray targetOf(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/'))
        target.prepend('/');
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return target;
}

} // namespace

Result<WireRequest> writeRequest(const HttpRequest &request)
{
    WireRequest wire;
    QByteArray type = request.contentType;
    wire.body = request.body;
    if (!request.parts.isEmpty()) {
        QList<quint32> random(4);
        QRandomGenerator::system()->fillRange(random.data(), random.size());
        const QByteArray boundary = "galley" + QByteArray(reinterpret_cast<const char *>(random.constData()), 16).toHex();
        wire.body = multipart(request.parts, boundary);
        type = "multipart/form-data; boundary=" + boundary;
    }
    QByteArray &head = wire.head;
    head = request.method + ' ' + targetOf(request.url) + " HTTP/1.1\r\nHost: " + hostField(request.url) + "\r\n";
    head += "User-Agent: Galley/" GALLEY_VERSION "\r\nAccept-Encoding: identity\r\nConnection: close\r\n";
    const bool safeParts = std::all_of(request.parts.begin(), request.parts.end(), [](const HttpPart &part) { return isSafe(part.mediaType); });
    if (!isToken(request.method) || !isSafe(type) || !safeParts)
        return refused("Content-Type");
    if (!type.isEmpty())
        head += "Content-Type: " + type + "\r\n";
    if (!wire.body.isEmpty() || (request.method != "GET" && request.method != "HEAD"))
        head += "Content-Length: " + QByteArray::number(wire.body.size()) + "\r\n";
    for (const HttpHeader &header : request.headers) {
        if (!isToken(header.name) || !isSafe(header.value))
            return refused(header.name);
        head += header.name + ": " + header.value + "\r\n";
    }
    for (const SecretHeader &header : request.secrets) {
        if (!isToken(header.name) || !isSafe(header.prefix) || !isSafe(header.secret.reveal()))
            return refused(header.name);
        head += header.name + ": " + header.prefix + header.secret.reveal() + "\r\n";
    }
    head += "\r\n";
    return wire;
}

} // namespace Galley
