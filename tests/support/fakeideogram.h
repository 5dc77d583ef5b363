#pragma once

#include "tests/support/fakehosted.h"

#include <QSet>

namespace Galley {

/// Ideogram as image-apis.md §2 describes it: /generate, v2, v3, v4 and v45 with their jobs, links and refusals.
class FakeIdeogram : public FakeHosted
{
public:
    explicit FakeIdeogram(ScriptedServer &server);

    void pendFor(int polls);                 ///< so many polls answer "pending" (2 unless told)
    void withhold(const QSet<int> &indexes); ///< these pictures of an order are not safe: no link
    void failJobs(const QString &reason);
    void deprecate();                        ///< headers and notice of a route that is out of date
    void changePrompts(const QString &to);
    /// Forgets nothing: a job that an earlier process ordered, finished.
    void addJob(const QByteArray &id, const QSize &size, int count = 1);

private:
    struct Job
    {
        QSize size;
        int count = 1;
        qint64 seed = 0;
        QString prompt;
        int asked = 0;
        bool isSecond = false;  ///< v2's
    };
    struct Shelf
    {
        int pending = 2;
        QSet<int> withheld;
        QString failure;
        bool deprecated = false;
        QString prompt;
        QMap<QByteArray, Job> jobs;
    };

    void order(const ReceivedRequest &request, const ScriptedConnection &connection);
    void generation(const ReceivedRequest &request, const ScriptedConnection &connection);
    void picture(const ReceivedRequest &request, const ScriptedConnection &connection);
    Json dataOf(const Job &job) const;
    void take(const Job &job, bool async, bool isLegacy, const ScriptedConnection &connection);

    ScriptedServer &m_server;
    mutable QMutex m_mutex;
    Shelf m_shelf;
};

} // namespace Galley
