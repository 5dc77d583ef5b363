#include "core/net/networkthread.h"

#include "core/net/hostpolicy.h"
#include "core/net/httpexchange.h"

#include <QCoreApplication>
#include <QHash>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

#include <utility>

namespace Galley {

namespace {

/// The proxy for \a url: the one that was set, or the system's. Asking the system may block, which is why it happens on this thread.
Result<QNetworkProxy> proxyFor(const QUrl &url, const HttpProxy &setting)
{
    if (isLoopbackHost(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    if (setting.url.isEmpty()) {
        const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
        return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
    }
    const QUrl proxy(setting.url);
    const bool socks = proxy.scheme() == QLatin1String("socks5") || proxy.scheme() == QLatin1String("socks5h");
    if (proxy.host().isEmpty() || (!socks && proxy.scheme() != QLatin1String("http"))) {
        return fail({.code = ErrorCode::InvalidInput,
                     .message = QCoreApplication::translate("HttpClient", "The proxy setting %1 cannot be used, so nothing was sent. Write it as "
                                                                          "http://host:port or socks5://host:port.").arg(loggableUrl(proxy)),
                     .failure = FailureClass::Rejected});
    }
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, proxy.host(), quint16(proxy.port(socks ? 1080 : 8080)),
                         proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded));
}

} // namespace

/// What runs on the thread.
class NetworkThread::Jobs : public QObject
{
public:
    explicit Jobs(std::atomic<int> *sent)
        : m_sent(sent)
    {}

    void start(Job job)
    {
        auto proxy = proxyFor(job.request.url, job.proxy);
        if (!proxy) {
            job.onDone(fail(proxy.error()), false);
            return;
        }
        auto *exchange = new HttpExchange({.request = std::move(job.request), .proxy = *proxy, .sentCounter = m_sent}, this);
        m_running.insert(job.id, exchange);
        exchange->onEvents = std::move(job.onEvents);
        exchange->onDone = [this, exchange, id = job.id, done = std::move(job.onDone)](Result<HttpReply> outcome) {
            m_running.remove(id);
            exchange->deleteLater();
            done(std::move(outcome), exchange->hasInsidePeer());
        };
        exchange->start();
    }

    void cancel(quint64 id)
    {
        if (HttpExchange *exchange = m_running.value(id))
            exchange->cancel();
    }

private:
    QHash<quint64, HttpExchange *> m_running;
    std::atomic<int> *m_sent;
};

NetworkThread::NetworkThread()
    : m_jobs(new Jobs(&m_sent))
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_jobs->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_jobs, &QObject::deleteLater);
    m_thread.start();
}

NetworkThread::~NetworkThread()
{
    m_thread.quit();
    m_thread.wait();
}

void NetworkThread::start(Job job)
{
    QMetaObject::invokeMethod(m_jobs, [jobs = m_jobs, job = std::move(job)]() mutable { jobs->start(std::move(job)); }, Qt::QueuedConnection);
}

void NetworkThread::cancel(quint64 id)
{
    QMetaObject::invokeMethod(m_jobs, [jobs = m_jobs, id] { jobs->cancel(id); }, Qt::QueuedConnection);
}

} // namespace Galley
