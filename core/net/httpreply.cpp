#include "core/net/httpclient.h"

namespace Galley {

QByteArray HttpReply::header(const QByteArray &name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value.trimmed();
    }
    return {};
}

QByteArray HttpReply::mediaType() const
{
    return header("Content-Type").split(';').value(0).trimmed().toLower();
}

QString loggableUrl(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment).toString();
}

} // namespace Galley
