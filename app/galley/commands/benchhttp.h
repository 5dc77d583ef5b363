#pragma once

#include "app/galley/commands/benchcommand.h"
#include "core/net/httpclient.h"
#include "core/service/benchrun.h"

#include <QObject>

namespace Galley {

/// Any HTTP endpoint with one request that is always the same. Each request has a connection of its own and is sent once, whatever comes of it; a
/// redirect is an answer like any other, and everything but 2xx a failure by its class. Lives on the client's thread; does not own it.
class HttpBenchTarget : public QObject, public BenchTarget
{
    Q_OBJECT

public:
    HttpBenchTarget(HttpClient *client, const HttpRequest &request, QObject *parent = nullptr);

    void addSecret(const SecretHeader &secret) { m_request.secrets.append(secret); }
    void send(int index, std::stop_token stop, Done done) override;

private:
    HttpClient *m_client;
    HttpRequest m_request;
};

/// The request that \a arguments describe for \a url, checked before anything is sent: a payload that calls itself .json has to be JSON, and keys do not
/// belong on a command line.
Result<HttpRequest> readBenchRequest(const QString &url, const BenchArguments &arguments);

} // namespace Galley
