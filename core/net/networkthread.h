#pragma once

#include "core/net/httpclient.h"

#include <QThread>

#include <atomic>
#include <functional>

namespace Galley {

/// The thread that sockets, TLS and parsing live on, so that a large or hostile answer costs the window nothing. Ends its requests and itself in the
/// destructor.
class NetworkThread
{
public:
    struct Job
    {
        quint64 id = 0;
        HttpRequest request;
        HttpProxy proxy;
        std::function<void(Result<HttpReply>, bool insidePeer)> onDone;  ///< on the network thread, once
        std::function<void(const QList<ServerEvent> &)> onEvents;        ///< on the network thread
    };

    NetworkThread();
    ~NetworkThread();

    void start(Job job);
    /// Closes the socket of job \a id and ends it as Cancelled; nothing when it has ended. From any thread.
    void cancel(quint64 id);
    int requestsSent() const { return m_sent; }

private:
    class Jobs;

    QThread m_thread;
    Jobs *m_jobs;
    std::atomic<int> m_sent{0};
};

} // namespace Galley
