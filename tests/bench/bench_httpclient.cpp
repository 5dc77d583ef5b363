#include "core/net/httpclient.h"
#include "testpaths.h"
#include "tests/bench/bench.h"
#include "tests/support/scriptedserver.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Galley;

namespace {

/// As large as a 1024 × 1024 PNG of a photograph: noise hardly compresses.
QByteArray pictureBytes()
{
    QByteArray bytes(1'600'000, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    return bytes;
}

/// The least that any client has to do: connect, write, read until \a wanted bytes are there.
qsizetype overBareSocket(const QUrl &url, const QByteArray &body, qsizetype wanted)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(url.port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const QByteArray request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    qsizetype got = 0;
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0
        && ::send(fd, request.constData(), size_t(request.size()), 0) == request.size()) {
        QByteArray answer(wanted + 4096, Qt::Uninitialized);
        while (got < wanted) {
            const ssize_t now = ::recv(fd, answer.data() + got, size_t(answer.size() - got), 0);
            if (now <= 0)
                break;
            got += now;
        }
    }
    ::close(fd);
    return got;
}

bool overClient(HttpClient &client, const QUrl &url, const QByteArray &body, qsizetype expected)
{
    QEventLoop loop;
    bool right = false;
    client.send({.method = "POST", .url = url, .body = body, .contentType = "application/json"}, {}, &loop, [&](const Result<HttpReply> &reply) {
        right = reply && reply->body.size() == expected;
        loop.quit();
    });
    loop.exec();
    return right;
}

/// From the stop to the moment at which the server sees that the connection is closed.
double cancelOnce(HttpClient &client, ScriptedServer &server)
{
    QEventLoop loop;
    std::stop_source stop;
    const int before = server.headersSeen();
    client.send({.method = "POST", .url = server.url("/never"), .body = "{}"}, stop.get_token(), &loop, [](const Result<HttpReply> &) {});
    QTimer wait;
    QElapsedTimer clock;
    double closed = -1;
    wait.setTimerType(Qt::PreciseTimer);
    wait.start(0);
    QObject::connect(&wait, &QTimer::timeout, &loop, [&] {
        if (!clock.isValid() && server.headersSeen() > before) {
            clock.start();
            stop.request_stop();
        } else if (clock.isValid() && server.openConnections() == 0) {
            closed = double(clock.nsecsElapsed()) / 1e6;
            loop.quit();
        }
    });
    loop.exec();
    return closed;
}

} // namespace

/// The client's cost over a bare socket, and how fast a stop closes the connection. Goals: 15 ms and 50 ms at p95.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QByteArray picture = pictureBytes();
    const QByteArray body = "{\"prompt\":\"a basket of apples\"}";
    ScriptedServer server;
    server.on("POST", "/", [picture](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(200, {{"Content-Type", "image/png"}}, picture);
    });
    server.on("POST", "/never", [](const ReceivedRequest &, const ScriptedConnection &) {});

    HttpClient client;
    BenchReport report(QStringLiteral("httpclient"));
    BenchSeries bare;
    BenchSeries whole;
    BenchSeries overhead;
    // In pairs, so that whatever else the machine does hits both.
    for (int i = -5; i < 200; ++i) {
        QElapsedTimer clock;
        clock.start();
        const bool bareOk = overBareSocket(server.url(), body, picture.size()) >= picture.size();
        const double bareMs = double(clock.nsecsElapsed()) / 1e6;
        clock.restart();
        const bool wholeOk = overClient(client, server.url(), body, picture.size());
        const double wholeMs = double(clock.nsecsElapsed()) / 1e6;
        if (!bareOk || !wholeOk)
            return 1;
        if (i < 0)
            continue;
        bare.add(bareMs);
        whole.add(wholeMs);
        overhead.add(wholeMs - bareMs);
    }
    report.add(QStringLiteral("bare socket, 1.6 MB"), bare);
    report.add(QStringLiteral("client, 1.6 MB"), whole);
    report.add(QStringLiteral("client over bare socket, paired"), overhead);

    BenchSeries cancel;
    for (int i = -2; i < 200; ++i) {
        const double ms = cancelOnce(client, server);
        if (i >= 0)
            cancel.add(ms);
    }
    report.add(QStringLiteral("stop to closed socket"), cancel);
    return report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
