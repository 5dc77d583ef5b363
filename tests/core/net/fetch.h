#pragma once

#include "core/net/httpclient.h"
#include "tests/support/looptimer.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace Galley {

/// What came of one send(), and how long the loop was away meanwhile.
struct Fetched
{
    std::optional<Result<HttpReply>> outcome;  ///< empty: no callback within 30 s
    int callbacks = 0;
    double longestTurnMs = 0;     ///< CPU time of this thread
    double longestWallMs = 0;

    bool isReply() const { return outcome && outcome->has_value(); }
    bool isError() const { return outcome && !outcome->has_value(); }
    const HttpReply &reply() const { return outcome->value(); }
    const Error &error() const { return outcome->error(); }
};

inline Fetched fetch(HttpClient &client, const HttpRequest &request, std::stop_token stop = {}, HttpClient::OnEvent onEvent = {})
{
    Fetched fetched;
    QEventLoop loop;
    QObject guard;
    LoopTimer turns;
    client.send(
        request, stop, &guard,
        [&](Result<HttpReply> reply) {
            ++fetched.callbacks;
            fetched.outcome = std::move(reply);
            // A little longer, so that a second callback or a second request would be seen.
            QTimer::singleShot(5, &loop, &QEventLoop::quit);
        },
        std::move(onEvent));
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    loop.exec();
    fetched.longestTurnMs = turns.longestCpuMs();
    fetched.longestWallMs = turns.longestMs();
    return fetched;
}

} // namespace Galley
