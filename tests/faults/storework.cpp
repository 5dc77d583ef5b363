#include "tests/faults/storework.h"

namespace Galley {

StoreWork::StoreWork(const QString &folder, quint32 seed, std::function<void(const QString &line)> say)
    : m_store(folder)
    , m_random(seed)
    , m_shade(int(seed % 1000) * 10'000)
    , m_say(std::move(say))
{}

void StoreWork::step()
{
    const int dice = m_random.bounded(10);
    if (dice < 5 || m_ids.size() < 3)
        put();
    else if (dice < 8)
        rate();
    else if (dice < 9)
        wait(m_store.setThumbnail(any(), {"jpeg", QByteArray(5000, 'x'), {}}));
    else
        drop();
}

/// Several at once, some with the bytes of others.
void StoreWork::put()
{
    QList<QFuture<Result<AssetRecord>>> puts;
    for (int i = 0; i < 3; ++i)
        puts.append(m_store.put(samplePicture(m_shade + m_random.bounded(50))));
    for (auto &future : puts) {
        if (const auto stored = wait(future)) {
            m_say(QStringLiteral("stored %1 %2").arg(stored->id).arg(stored->digest));
            m_ids.append(stored->id);
        }
    }
}

void StoreWork::rate()
{
    const qint64 id = any();
    const int rating = m_random.bounded(1, 6);
    m_say(QStringLiteral("rating %1 %2").arg(id).arg(rating));
    if (wait(m_store.edit({id}, {.rating = rating, .addTags = {QStringLiteral("tag %1").arg(rating)}})))
        m_say(QStringLiteral("rated %1 %2").arg(id).arg(rating));
}

void StoreWork::drop()
{
    const qint64 id = m_ids.takeAt(m_random.bounded(int(m_ids.size())));
    m_say(QStringLiteral("dropping %1").arg(id));
    wait(m_store.edit({id}, {.deleted = true}));
    wait(m_store.emptyBin({id}));
}

void StorePromises::take(const QByteArray &line)
{
    const QStringList words = QString::fromUtf8(line).split(QLatin1Char(' '));
    const qint64 id = words.value(1).toLongLong();
    if (words.first() == QLatin1String("stored")) {
        m_stored.insert(id, words.value(2));
        m_ratings[id] = {0};
    } else if (words.first() == QLatin1String("rating")) {
        m_ratings[id].insert(words.value(2).toInt());
    } else if (words.first() == QLatin1String("rated") && m_after == After::Kill) {
        m_ratings[id] = {words.value(2).toInt()};
    } else if (words.first() == QLatin1String("dropping")) {
        m_dropping.insert(id);
    }
}

QString StorePromises::pictureProblem(Store &store, const LibraryCard *card, qint64 id) const
{
    if (!card)
        return m_dropping.contains(id) ? QString() : QStringLiteral("picture %1 is lost").arg(id);
    if (card->digest != m_stored[id])
        return QStringLiteral("picture %1 is another one").arg(id);
    if (!m_ratings[id].contains(card->judgement.rating.value_or(0)))
        return QStringLiteral("picture %1 has a rating that nobody gave it").arg(id);
    const auto bytes = wait(store.original(id));
    return bytes ? QString() : bytes.error().message;
}

QString StorePromises::problem(const QString &folder)
{
    Store store(folder);
    if (const QString damage = damageOf(store); !damage.isEmpty())
        return damage;
    const auto cards = wait(store.cards(m_stored.keys()));
    if (!cards)
        return cards.error().message;
    QHash<qint64, const LibraryCard *> there;
    for (const LibraryCard &card : *cards)
        there.insert(card.id, &card);
    for (const qint64 id : m_stored.keys()) {
        if (const QString wrong = pictureProblem(store, there.value(id), id); !wrong.isEmpty())
            return wrong;
        m_pictures += m_dropping.contains(id) ? 0 : 1;
    }
    return {};
}

QString damageOf(Store &store)
{
    const auto opened = wait(store.open());
    if (!opened || !opened->notice.isEmpty())
        return opened ? opened->notice : opened.error().message;
    const auto findings = wait(store.verify(0));
    if (!findings)
        return findings.error().message;
    for (const StoreFinding &finding : *findings) {
        if (finding.kind != StoreFinding::Kind::Orphan)
            return finding.message;
    }
    return {};
}

} // namespace Galley
