#pragma once

#include "core/base/json.h"

#include <QProcess>
#include <QProcessEnvironment>

namespace Galley {

/// tests/support/fakeservices as a process: all services that Galley knows, on loopback. Ends with the object.
class ServicesProcess
{
public:
    /// Writes \a home/config/models.yaml. \a arguments: as fakeservices has them.
    explicit ServicesProcess(const QString &home, const QStringList &arguments = {});
    ~ServicesProcess();

    bool isReady() const { return m_ready.is_object(); }
    bool has(const QString &backend) const;
    /// The keys that the services want, for the environment of galley.
    QProcessEnvironment withKeys(QProcessEnvironment environment) const;
    QList<QByteArray> keys() const;
    /// What \a backend was asked so far that may cost money; -1 when it cannot be told.
    int orders(const QString &backend) const;
    int allOrders() const;

private:
    Json counts() const;

    QProcess m_process;
    Json m_ready;
};

} // namespace Galley
