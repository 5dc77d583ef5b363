#pragma once

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

namespace Galley {

/// Certificates of two authorities, one of which the test's process trusts as it trusts the system's; there is no other way to make the client trust
/// anything. Made with openssl. One server key serves all.
class TestCertificates
{
public:
    /// Makes both authorities and adds "trusted" to the process's list. False when openssl cannot do it.
    bool begin();
    /// <name>.pem for \a subjectNames ("IP:127.0.0.1,DNS:localhost"), signed by \a authority: "trusted", "stranger", or "" for itself.
    bool make(const QString &name, const QString &subjectNames, const QString &authority, int days);
    bool openssl(const QStringList &arguments) const;

    QByteArray certificate(const QString &name) const { return read(name + QStringLiteral(".pem")); }
    QByteArray key() const { return read(QStringLiteral("server.key")); }

private:
    QByteArray read(const QString &name) const;

    QTemporaryDir m_folder;
};

} // namespace Galley
