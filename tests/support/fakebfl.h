#pragma once

#include "tests/support/fakehosted.h"

namespace Galley {

/// Black Forest Labs as image-apis.md §8.3 describes it: order, polling address, link that runs out.
class FakeBfl : public FakeHosted
{
public:
    explicit FakeBfl(ScriptedServer &server);

    void pendFor(int polls);                   ///< so many polls answer "Pending" (2 unless told)
    void endWith(const QByteArray &status);    ///< instead of "Ready"
    void pollAt(const QByteArray &url);        ///< the polling address that is named, instead of its own; empty: none at all
    void changePrompts(const QString &to);
    void addJob(const QByteArray &id, const QSize &size);  ///< a job that an earlier process ordered, finished

private:
    struct Job
    {
        QSize size;
        qint64 seed = 0;
        QString prompt;
        int asked = 0;
        bool isJpeg = false;
    };
    struct Shelf
    {
        int pending = 2;
        QByteArray end = "Ready";
        std::optional<QByteArray> polling;
        QString prompt;
        QMap<QByteArray, Job> jobs;
    };

    void order(const ReceivedRequest &request, const ScriptedConnection &connection);
    void result(const ReceivedRequest &request, const ScriptedConnection &connection);
    void picture(const ReceivedRequest &request, const ScriptedConnection &connection);

    ScriptedServer &m_server;
    mutable QMutex m_mutex;
    Shelf m_shelf;
};

} // namespace Galley
