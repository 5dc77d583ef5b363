#include "core/net/networkthread.h"

#include "core/net/httpexchange.h"
#include "core/net/networkproxy.h"

#include <QHash>

#include <utility>

namespace Galley {

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
