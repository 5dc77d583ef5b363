#pragma once

#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QMap>
#include <QRandomGenerator>
#include <QSet>

#include <functional>

namespace Galley {

/// Stores, judges and throws away, and says what it promises: for a process that is killed, or whose machine loses power, while it does.
class StoreWork
{
public:
    /// \a say: told before something that may or may not be there afterwards, and when it can be relied on.
    StoreWork(const QString &folder, quint32 seed, std::function<void(const QString &line)> say);

    void step();

private:
    qint64 any() const { return m_ids.at(m_random.bounded(int(m_ids.size()))); }
    void put();
    void rate();
    void drop();

    Store m_store;
    mutable QRandomGenerator m_random;
    int m_shade;
    std::function<void(const QString &line)> m_say;
    QList<qint64> m_ids;
};

/// What a StoreWork could be relied on for at one moment.
class StorePromises
{
public:
    /// Judgements survive the end of the process, pictures a power cut too.
    enum class After { Kill, PowerCut };

    explicit StorePromises(After after = After::Kill)
        : m_after(after)
    {}

    void take(const QByteArray &line);
    /// Empty when the library in \a folder is whole and everything that was promised is in it.
    QString problem(const QString &folder);
    qint64 pictures() const { return m_pictures; }  ///< that problem() has read back

private:
    QString pictureProblem(Store &store, const LibraryCard *card, qint64 id) const;

    After m_after;
    QMap<qint64, QString> m_stored;     ///< digests
    QMap<qint64, QSet<int>> m_ratings;  ///< that a picture may have; 0: none
    QSet<qint64> m_dropping;            ///< may be gone
    qint64 m_pictures = 0;
};

/// The first thing in \a store that is neither whole nor only an orphan; empty: nothing.
QString damageOf(Store &store);

} // namespace Galley
