#include "tests/core/settings/keyprobe.h"

#include "core/base/async.h"
#include "core/base/json.h"
#include "core/settings/keystore.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSettings>
#include <QTimer>

#include <iostream>

using namespace Galley;

namespace {

/// Waits for \a future in the event loop; returns the longest gap between two turns.
template<typename T>
qint64 wait(const QFuture<T> &future)
{
    QEventLoop loop;
    QElapsedTimer sinceTurn;
    QTimer tick;
    qint64 longest = 0;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] { longest = std::max(longest, sinceTurn.restart()); });
    QObject guard;
    onFinished(future, &guard, [&](const QFuture<T> &) { loop.quit(); });
    sinceTurn.start();
    tick.start(1);
    loop.exec();
    return std::max(longest, sinceTurn.elapsed());
}

Json describe(const Result<KeyStore::Found> &found)
{
    if (!found)
        return {{"ok", false}, {"error", found.error().message.toStdString()}, {"code", errorCodeName(found.error().code).toStdString()}};
    const QByteArray digest = QCryptographicHash::hash(found->secret.reveal(), QCryptographicHash::Sha256).toHex();
    return {{"ok", true},
            {"source", found->source == KeyStore::Source::None ? "none" : found->source == KeyStore::Source::Keychain ? "keychain" : "environment"},
            {"secret", found->secret.isEmpty() ? "" : digest.toStdString()},
            {"hint", found->hint.toStdString()}};
}

Json describe(const Result<void> &done)
{
    if (!done)
        return {{"ok", false}, {"error", done.error().message.toStdString()}, {"code", errorCodeName(done.error().code).toStdString()}};
    return {{"ok", true}};
}

template<typename T>
Json finished(const QFuture<Result<T>> &future)
{
    const qint64 turn = wait(future);
    Json json = describe(future.result());
    json["turn"] = turn;
    return json;
}

Json run(const QList<QByteArray> &words, KeyStore &store, std::unique_ptr<QSettings> &memory)
{
    const QByteArray command = words.value(0);
    const QString name = QString::fromUtf8(words.value(1));
    const Secret secret(words.mid(2).join(' '));
    if (command == "read")
        return finished(store.read(name));
    if (command == "write")
        return finished(store.write(name, secret));
    if (command == "remove")
        return finished(store.remove(name));
    if (command == "readmany") {
        QList<QFuture<Result<KeyStore::Found>>> futures;
        const int before = store.requests();
        for (int i = 0; i < words.value(2).toInt(); ++i)
            futures.append(store.read(name));
        Json json = finished(futures.first());
        json["requests"] = store.requests() - before;
        json["same"] = std::all_of(futures.begin(), futures.end(), [&](const auto &future) { return future.isFinished() && describe(future.result()) == describe(futures.first().result()); });
        return json;
    }
    if (command == "readwriteread") {
        const auto before = store.read(name);
        const auto written = store.write(name, secret);
        const auto after = store.read(name);
        Json json = finished(after);
        wait(written);
        json["before"] = describe(before.result());
        json["written"] = describe(written.result());
        return json;
    }
    if (command == "timeout")
        store.timeoutMs = words.value(1).toInt();
    if (command == "memory") {
        memory = std::make_unique<QSettings>(name, QSettings::IniFormat);
        store.memory = memory.get();
    }
    return {{"ok", true}};
}

} // namespace

int runKeyProbe(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    KeyStore store;
    std::unique_ptr<QSettings> memory;
    for (std::string line; std::getline(std::cin, line);) {
        const Json answer = run(QByteArray::fromStdString(line).split(' '), store, memory);
        if (memory)
            memory->sync();
        std::cout << dumpJson(answer).toStdString() << std::endl;
    }
    return 0;
}
