#include "ui/library/pictureshelf.h"

#include "core/base/async.h"

#include <algorithm>

namespace Galley {

namespace {

constexpr int mostCards = 4000;
constexpr int firstPictures = 500;   ///< more than a large screen shows
constexpr int thumbnailKib = 96 * 1024;
constexpr int mostInFlight = 24;     ///< few enough that what is scrolled to next need not wait for what is gone
constexpr int againMs = 150;         ///< several changes in a row ask once

/// \a list has everything of \a part, in the same order.
bool isPartOf(const QList<qint64> &part, const QList<qint64> &list)
{
    auto at = part.cbegin();
    for (auto each = list.cbegin(); each != list.cend() && at != part.cend(); ++each) {
        if (*each == *at)
            ++at;
    }
    return at == part.cend();
}

} // namespace

PictureShelf::PictureShelf(LibraryService *library, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_cards(mostCards)
    , m_thumbnails(thumbnailKib)
{
    m_pool.setMaxThreadCount(2);
    m_again.setSingleShot(true);
    m_again.setInterval(againMs);
    connect(&m_again, &QTimer::timeout, this, &PictureShelf::ask);
    connect(library, &LibraryService::changed, this, &PictureShelf::libraryChanged);
}

PictureShelf::~PictureShelf()
{
    for (QFuture<Result<QImage>> &future : m_inFlight)
        future.cancel();
    m_pool.clear();
    m_pool.waitForDone();
}

void PictureShelf::setQuery(const LibraryQuery &query)
{
    m_query = query;
    m_isNewQuery = true;
    m_waiting.clear();
    Q_EMIT waitingChanged(0);
    ask();
}

void PictureShelf::refresh(bool takeAll)
{
    m_takeAll = m_takeAll || takeAll;
    ask();
}

void PictureShelf::ask()
{
    m_again.stop();
    m_askingFirst.cancel();
    m_asking.cancel();
    ++m_serial;
    if (m_isNewQuery)
        askFirst();
    else
        askAll();
}

/// Of another query the first pictures are shown as soon as they are known: finding all of them takes several times as long.
void PictureShelf::askFirst()
{
    m_askingFirst = m_library->firstIds(m_query, firstPictures);
    onFinished(m_askingFirst, this, [this, serial = m_serial](const QFuture<Result<FirstPictures>> &future) {
        if (serial != m_serial)
            return;
        const auto first = future.resultCount() > 0 ? future.result() : Result<FirstPictures>(FirstPictures());
        if (first && first->areAll)
            return answered(first->ids, true);
        if (first && !first->ids.isEmpty()) {
            answered(first->ids, false);
            m_takeAll = true;
        }
        if (serial == m_serial)  // or whoever heard of it has asked for something else
            askAll();
    });
}

void PictureShelf::askAll()
{
    m_asking = m_library->ids(m_query);
    onFinished(m_asking, this, [this, serial = m_serial](const QFuture<Result<QList<qint64>>> &future) {
        if (serial == m_serial && future.resultCount() > 0)
            answered(future.result(), true);
    });
}

void PictureShelf::answered(const Result<QList<qint64>> &ids, bool areAll)
{
    const bool isNewQuery = std::exchange(m_isNewQuery, false);
    const bool takeAll = std::exchange(m_takeAll, false) || isNewQuery || !m_hasAnswer;
    m_hasAnswer = true;
    const bool wasWhole = std::exchange(m_isWhole, areAll);
    const QString problem = ids ? QString() : ids.error().message;
    const bool otherProblem = std::exchange(m_problem, problem) != problem;
    if (otherProblem)
        Q_EMIT problemChanged();
    if (!ids)
        return show({}, isNewQuery);
    if (*ids == m_ids && !isNewQuery && wasWhole == areAll) {
        m_waiting.clear();
        Q_EMIT waitingChanged(0);
        return;
    }
    if (m_held && !takeAll && ids->size() > m_ids.size() && isPartOf(m_ids, *ids)) {
        m_waiting = *ids;
        Q_EMIT waitingChanged(waiting());
        return;
    }
    show(*ids, isNewQuery);
}

void PictureShelf::show(const QList<qint64> &ids, bool isNewQuery)
{
    Q_EMIT aboutToReset();
    m_ids = ids;
    m_waiting.clear();
    m_first = std::min(m_first, count());
    m_end = std::min(m_end, count());
    Q_EMIT reset(isNewQuery);
    Q_EMIT waitingChanged(0);
    loadWindow();
}

void PictureShelf::take()
{
    if (!m_waiting.isEmpty())
        show(QList<qint64>(m_waiting), false);
}

QList<LibraryCard> PictureShelf::cards(const QList<qint64> &ids) const
{
    QList<LibraryCard> cards;
    for (const qint64 id : ids) {
        if (const LibraryCard *known = card(id))
            cards.append(*known);
    }
    return cards;
}

QPixmap PictureShelf::thumbnail(qint64 id) const
{
    const QPixmap *pixmap = m_thumbnails.object(id);
    return pixmap ? *pixmap : QPixmap();
}

void PictureShelf::setSide(int side)
{
    if (side == m_side)
        return;
    m_side = side;
    m_thumbnails.clear();
    want();
}

void PictureShelf::setWindow(int first, int end)
{
    if (first == m_first && end == m_end)
        return;
    m_first = first;
    m_end = end;
    loadWindow();
}

void PictureShelf::libraryChanged(const QList<qint64> &ids)
{
    if (ids.isEmpty())
        m_failed.clear();
    for (const qint64 id : ids)
        m_failed.remove(id);
    // Old cards stay on screen until the new ones are there.
    QList<qint64> shown;
    for (int i = m_first; i < m_end; ++i) {
        if (ids.isEmpty() || ids.contains(m_ids.at(i)))
            shown.append(m_ids.at(i));
    }
    if (ids.isEmpty()) {
        for (const qint64 id : m_cards.keys()) {
            if (!shown.contains(id))
                m_cards.remove(id);
        }
    }
    for (const qint64 id : ids) {
        if (!shown.contains(id))
            m_cards.remove(id);
    }
    loadCards(shown);
    loadWindow();
    if (!m_again.isActive())
        m_again.start();
}

void PictureShelf::loadCards(const QList<qint64> &ids)
{
    if (ids.isEmpty())
        return;
    for (const qint64 id : ids)
        m_asked.insert(id);
    onFinished(m_library->cards(ids), this, [this, ids](const QFuture<Result<QList<LibraryCard>>> &future) {
        for (const qint64 id : ids)
            m_asked.remove(id);
        if (future.resultCount() == 0)
            return;
        const Result<QList<LibraryCard>> cards = future.result();
        if (!cards)
            return;
        for (const LibraryCard &card : *cards)
            m_cards.insert(card.id, new LibraryCard(card));
        Q_EMIT cardsChanged();
    });
}

void PictureShelf::loadWindow()
{
    const int screen = std::max(1, m_end - m_first);
    QList<qint64> missing;
    for (int i = std::max(0, m_first - screen); i < std::min(count(), m_end + screen); ++i) {
        const qint64 id = m_ids.at(i);
        if (!m_cards.contains(id) && !m_asked.contains(id))
            missing.append(id);
    }
    // A few that come into the margin wait until it is worth a question; what is on screen does not.
    const bool isUrgent = std::any_of(m_ids.cbegin() + m_first, m_ids.cbegin() + m_end,
                                      [&](qint64 id) { return !m_cards.contains(id) && !m_asked.contains(id); });
    if (isUrgent || missing.size() >= screen / 2 || m_end + screen >= count())
        loadCards(missing);
    want();
}

void PictureShelf::want()
{
    const int screen = std::max(1, m_end - m_first);
    m_wanted.clear();
    m_queue.clear();
    const auto add = [this](int index) {
        const qint64 id = m_ids.value(index);
        if (id == 0)
            return;
        m_wanted.insert(id);
        if (!m_thumbnails.contains(id) && !m_failed.contains(id) && !m_inFlight.contains(id))
            m_queue.append(id);
    };
    for (int i = m_first; i < m_end; ++i)
        add(i);
    for (int i = 0; i < screen; ++i) {
        if (m_end + i < count())
            add(m_end + i);
        if (m_first - 1 - i >= 0)
            add(m_first - 1 - i);
    }
    for (auto each = m_inFlight.begin(); each != m_inFlight.end();) {
        if (isWanted(each.key())) {
            ++each;
            continue;
        }
        each.value().cancel();
        each = m_inFlight.erase(each);
    }
    pump();
}

void PictureShelf::pump()
{
    while (!m_queue.isEmpty() && m_inFlight.size() < mostInFlight)
        fetch(m_queue.takeFirst());
}

void PictureShelf::fetch(qint64 id)
{
    const QFuture<Result<QImage>> asked = m_library->thumbnail(id);
    m_inFlight.insert(id, asked);
    onFinished(asked, this, [this, id](const QFuture<Result<QImage>> &future) {
        if (future.isCanceled() || !m_inFlight.contains(id))
            return;
        const bool came = future.resultCount() > 0 && future.result() && !future.result()->isNull();
        if (came) {
            scale(id, *future.result());
            return;
        }
        m_inFlight.remove(id);
        m_failed.insert(id);
        Q_EMIT thumbnailChanged(id);
        pump();
    });
}

void PictureShelf::scale(qint64 id, const QImage &image)
{
    const auto scaled = runOn(&m_pool, [image, side = m_side] {
        const QImage small = image.width() <= side && image.height() <= side
                                 ? image : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        return small.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    });
    onFinished(scaled, this, [this, id, side = m_side](const QFuture<QImage> &future) {
        const bool stillWanted = m_inFlight.remove(id) && side == m_side;
        if (stillWanted) {
            const QImage picture = future.result();
            m_thumbnails.insert(id, new QPixmap(QPixmap::fromImage(picture)), std::max(1, int(picture.sizeInBytes() / 1024)));
            Q_EMIT thumbnailChanged(id);
        } else if (isWanted(id) && !m_thumbnails.contains(id)) {
            m_queue.append(id);
        }
        pump();
    });
}

} // namespace Galley
