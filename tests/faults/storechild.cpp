#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTextStream>

#include <atomic>

using namespace Galley;

namespace {

/// What the parent is told: before something that may or may not be there afterwards, and when it can be relied on.
void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// Stores, judges, throws away: until it is killed.
class Child
{
public:
    Child(const QString &folder, quint32 seed)
        : m_store(folder)
        , m_random(seed)
        , m_shade(int(seed % 1000) * 10'000)
    {}

    void work()
    {
        for (;;) {
            const int dice = m_random.bounded(10);
            if (dice < 5 || m_ids.size() < 3)
                put();
            else if (dice < 8)
                rate();
            else if (dice < 9)
                thumbnail();
            else
                drop();
        }
    }

private:
    qint64 any() const { return m_ids.at(m_random.bounded(int(m_ids.size()))); }

    /// Several at once, some with the bytes of others.
    void put()
    {
        QList<QFuture<Result<AssetRecord>>> puts;
        for (int i = 0; i < 3; ++i)
            puts.append(m_store.put(samplePicture(m_shade + m_random.bounded(50))));
        for (auto &future : puts) {
            if (const auto stored = wait(future)) {
                say(QStringLiteral("stored %1 %2").arg(stored->id).arg(stored->digest));
                m_ids.append(stored->id);
            }
        }
    }

    void rate()
    {
        const qint64 id = any();
        const int rating = m_random.bounded(1, 6);
        say(QStringLiteral("rating %1 %2").arg(id).arg(rating));
        if (wait(m_store.edit({id}, {.rating = rating, .addTags = {QStringLiteral("tag %1").arg(rating)}})))
            say(QStringLiteral("rated %1 %2").arg(id).arg(rating));
    }

    void thumbnail()
    {
        wait(m_store.setThumbnail(any(), {"jpeg", QByteArray(5000, 'x'), {}}));
    }

    void drop()
    {
        const qint64 id = m_ids.takeAt(m_random.bounded(int(m_ids.size())));
        say(QStringLiteral("dropping %1").arg(id));
        wait(m_store.edit({id}, {.deleted = true}));
        wait(m_store.emptyBin({id}));
    }

    Store m_store;
    mutable QRandomGenerator m_random;
    int m_shade;
    QList<qint64> m_ids;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Child(app.arguments().value(1), app.arguments().value(2).toUInt()).work();
    return 0;
}
