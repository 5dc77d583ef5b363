#pragma once

#include <QString>
#include <QStringList>

#include <memory>

namespace Galley {

/// A proxy on loopback that leads every host to one port of this machine: HTTP CONNECT or SOCKS5 (RFC 1928, 1929). Whatever name it is asked for
/// stays unresolved, as behind an office's wall. Lives on the test's thread, which has to run its event loop.
class TunnelProxy
{
public:
    enum class Kind { Http, Socks5 };

    /// \a user and \a password: nobody gets through without them; empty: everybody does.
    TunnelProxy(Kind kind, quint16 target, const QByteArray &user = {}, const QByteArray &password = {});
    ~TunnelProxy();

    /// Makes it answer every request for a tunnel with a refusal.
    void refuse();

    /// "socks5://name:word@127.0.0.1:port"
    QString url(const QString &user = {}) const;
    QStringList asked() const;  ///< "comfy.example:443", in order
    int tunnels() const;        ///< that were opened

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
