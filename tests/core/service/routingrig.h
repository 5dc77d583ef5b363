#pragma once

#include "core/service/routing.h"
#include "testpaths.h"
#include "tests/core/store/samplejob.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Galley {

template<typename T>
Result<T> waitFor(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000) || future.resultCount() == 0)
        return fail(ErrorCode::Internal, QStringLiteral("no answer"));
    return future.result();
}

/// Routing as one window has it: a real library, a real routes.yaml and history, which other windows of the same folder share; clocks of its own.
struct RoutingWindow
{
    explicit RoutingWindow(const QString &home)
        : folder(home)
        , store(home + QStringLiteral("/data"))
        , models(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/models/quotes.yaml"), home + QStringLiteral("/config/models.yaml"))
    {}

    void open(bool isStarted = true)
    {
        RoutingParts parts;
        parts.store = &store;
        parts.models = &models;
        parts.rulesFile = rulesFile();
        parts.historyFolder = folder + QStringLiteral("/data/routes-history");
        parts.client = client;
        parts.rulesUrl = [this] { return url; };
        parts.pollMs = [this] { return pollMs; };
        if (time.isValid())
            parts.now = [this] { return time; };
        if (boot.ms > 0)
            parts.bootTime = [this] { return boot; };
        parts.author = QStringLiteral("ada");
        routing = std::make_unique<Routing>(parts);
        if (isStarted)
            start();
    }
    void start()
    {
        bool ready = false;
        routing->start([&] { ready = true; });
        if (!QTest::qWaitFor([&] { return ready; }, 60'000))
            qFatal("routing does not start");
    }

    QString rulesFile() const { return folder + QStringLiteral("/config/routes.yaml"); }
    /// In place, as a simple editor does.
    void write(const QByteArray &text) const
    {
        QDir().mkpath(folder + QStringLiteral("/config"));
        QFile file(rulesFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write");
    }
    QByteArray onDisk() const
    {
        QFile file(rulesFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool comesInForce(const QByteArray &text) const
    {
        return QTest::qWaitFor([&] { return routing->rules()->textInForce() == text; }, 60'000);
    }
    bool isNumbered(qint64 number) const
    {
        return QTest::qWaitFor([&] { return routing->revision() == number; }, 60'000);
    }
    QString modelFor(const QString &project = QStringLiteral("spring")) const
    {
        RenderRequest request;
        request.source = sampleTemplate();
        request.source.project = project;
        request.intent = QStringLiteral("poster");
        const auto decision = routing->decide(request);
        return decision ? decision->model : decision.error().message;
    }

    QString folder;
    Store store;
    CatalogueFile models;
    HttpClient *client = nullptr;
    QString url;
    int pollMs = 60'000;
    QDateTime time;
    BootTime boot;
    std::unique_ptr<Routing> routing;
};

/// Rules that send everything to \a model, with a comment that must survive.
inline QByteArray rulesFor(const char *model)
{
    return QByteArray("# kept as it is\nroutes:\n  - {name: all, match: \"intent:.\", model: ").append(model).append("}   # all of it\n");
}

} // namespace Galley
