#pragma once

#include "core/net/httpclient.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <stop_token>

namespace Galley {

/// Rules that come from an address: asked again and again with the ETag of the last answer, so that nothing is sent while nothing has changed. Only
/// fetches; what the text is worth is for others to say. https only, but for loopback. Lives on the client's thread.
class RouteAddress : public QObject
{
    Q_OBJECT

public:
    static constexpr int shortestPollMs = 10'000;

    /// \a client outlives it.
    explicit RouteAddress(HttpClient *client, QObject *parent = nullptr);
    ~RouteAddress() override;

    /// Asks \a url now and then every \a pollMs; an empty or invalid one ends that.
    void setUrl(const QUrl &url, int pollMs);
    const QUrl &url() const { return m_url; }
    void askNow();

Q_SIGNALS:
    void fetched(const QByteArray &text);
    void unchanged();
    void failed(const QString &sentence);

private:
    void answered(const QUrl &asked, const Result<HttpReply> &reply);

    HttpClient *m_client;
    QUrl m_url;
    QByteArray m_tag;
    QTimer m_poll;
    std::stop_source m_stop;
    bool m_isAsking = false;
};

} // namespace Galley
