#include "core/engines/remote/resultlink.h"

#include "core/base/hostpolicy.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ResultLink", text);
}

bool isLoopback(const QUrl &url)
{
    return isLoopbackHost(url.host());
}

} // namespace

QUrl serviceUrl(const BackendEntry &backend, const QString &path)
{
    QUrl url = backend.url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    QString base = url.path(QUrl::FullyEncoded);
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    const qsizetype mark = path.indexOf(QLatin1Char('?'));
    QString rest = mark < 0 ? path : path.left(mark);
    if (!rest.isEmpty() && !rest.startsWith(QLatin1Char('/')))
        rest.prepend(QLatin1Char('/'));
    url.setPath(base + rest, QUrl::StrictMode);
    if (url.path().isEmpty())
        url.setPath(base + rest);
    if (mark >= 0)
        url.setQuery(path.mid(mark + 1), QUrl::StrictMode);
    return url;
}

PlainHttp plainHttp(const BackendEntry &backend)
{
    return backend.userNamed ? PlainHttp::Allowed : PlainHttp::LoopbackOnly;
}

bool mayLinkInside(const BackendEntry &backend)
{
    return backend.userNamed || isLoopback(backend.url);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return originOf(a) == originOf(b);
}

Result<QUrl> resultLink(const BackendEntry &backend, const QUrl &link)
{
    if (link.scheme() == QLatin1String("data"))
        return link;
    QUrl base = backend.url;
    if (!base.path().endsWith(QLatin1Char('/')))
        base.setPath(base.path() + QLatin1Char('/'));
    const QUrl full = link.isRelative() ? base.resolved(link) : link;
    const bool isHttps = full.scheme() == QLatin1String("https");
    if (!full.isValid() || full.host().isEmpty() || (!isHttps && full.scheme() != QLatin1String("http")))
        return fail(ErrorCode::ServiceFailed, tr("its link to the picture cannot be followed"), loggableUrl(full));
    if (backend.userNamed || isSameOrigin(full, backend.url) || (isLoopback(full) && isLoopback(backend.url)))
        return full;
    if (!isHttps)
        return fail(ErrorCode::ServiceFailed, tr("its link to the picture is not https"), loggableUrl(full));
    if (isLoopback(full) || !QHostAddress(full.host()).isNull() || !full.host().contains(QLatin1Char('.')))
        return fail(ErrorCode::ServiceFailed, tr("its link to the picture points into a private network"), loggableUrl(full));
    return full;
}

} // namespace Galley
