#include "ui/compare/comparison.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

namespace Galley {

void ComparePlaces::reset(int count, int panes)
{
    *this = {};
    m_count = std::max(0, count);
    m_panes = std::max(1, panes);
}

void ComparePlaces::setPanes(int panes)
{
    const int shown = activePicture();
    const int pinned = m_pinnedPicture;
    m_panes = std::max(1, panes);
    m_pinned = -1;
    m_pinnedPicture = -1;
    if (pinned >= 0 && m_panes > 1) {
        m_pinned = 0;
        m_pinnedPicture = pinned;
    }
    m_active = 0;
    if (shown >= 0 && shown != m_pinnedPicture) {
        const int place = shown - (m_pinnedPicture >= 0 && shown > m_pinnedPicture ? 1 : 0);
        m_from = std::min(m_from, place);
        m_from = std::max(m_from, place - freePanes() + 1);
        keepInRange();
        m_active = std::max(0, paneOf(shown));
    }
    keepInRange();
}

void ComparePlaces::setActive(int pane)
{
    if (pane >= 0 && pane < m_panes && pictureAt(pane) >= 0)
        m_active = pane;
}

void ComparePlaces::setPinned(int pane)
{
    const int shown = activePicture();
    // The picture keeps its pane, and the others theirs as far as they can.
    const int picture = pane >= 0 ? pictureAt(pane) : -1;
    const int first = m_pinned == 0 ? 1 : 0;
    const int before = pictureAt(first);
    m_pinned = picture >= 0 ? pane : -1;
    m_pinnedPicture = picture;
    if (before >= 0)
        m_from = before - (m_pinnedPicture >= 0 && before > m_pinnedPicture ? 1 : 0);
    keepInRange();
    const int now = paneOf(shown);
    m_active = now >= 0 ? now : 0;
}

int ComparePlaces::pictureAt(int pane) const
{
    if (pane < 0 || pane >= m_panes)
        return -1;
    if (pane == m_pinned)
        return m_pinnedPicture;
    int place = m_from + pane - (m_pinned >= 0 && pane > m_pinned ? 1 : 0);
    if (place >= others())
        return -1;
    if (m_pinnedPicture >= 0 && place >= m_pinnedPicture)
        ++place;
    return place;
}

int ComparePlaces::paneOf(int picture) const
{
    for (int pane = 0; pane < m_panes; ++pane) {
        if (picture >= 0 && pictureAt(pane) == picture)
            return pane;
    }
    return -1;
}

bool ComparePlaces::moveActive(int by)
{
    const int next = m_active + (by > 0 ? 1 : -1);
    if (pictureAt(next) < 0)
        return false;
    m_active = next;
    return true;
}

bool ComparePlaces::step(int by)
{
    if (holdsAll())
        return moveActive(by);
    const int before = m_from;
    m_from += by;
    keepInRange();
    return m_from != before;
}

int ComparePlaces::first() const
{
    if (m_pinned >= 0)
        return m_pinnedPicture;
    return pictureAt(0);
}

int ComparePlaces::second() const
{
    const int one = first();
    if (activePicture() >= 0 && activePicture() != one)
        return activePicture();
    for (int pane = 0; pane < m_panes; ++pane) {
        if (pictureAt(pane) >= 0 && pictureAt(pane) != one)
            return pictureAt(pane);
    }
    // A single pane with more pictures than it shows: the next of them.
    if (one < 0 || m_count < 2)
        return -1;
    return one + 1 < m_count ? one + 1 : one - 1;
}

void ComparePlaces::swapPair()
{
    const int pane = paneOf(second());
    const int one = paneOf(first());
    if (pane < 0 || one < 0)
        return;
    setPinned(pane);
    setActive(one);
}

void ComparePlaces::keepInRange()
{
    m_from = std::clamp(m_from, 0, std::max(0, others() - freePanes()));
}

QList<int> blindOrder(const QList<QByteArray> &keys, int round, const QList<int> &rows)
{
    // Sorted by a digest of each key with the round: no generator whose sequence might change, and no trace of the order in which they came.
    QList<QByteArray> sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    QCryptographicHash set(QCryptographicHash::Sha256);
    for (const QByteArray &key : std::as_const(sorted))
        set.addData(QByteArray(key + '\n'));
    const QByteArray salt = set.result() + QByteArray::number(round);
    QList<std::pair<QByteArray, int>> places;
    for (int i = 0; i < keys.size(); ++i)
        places.append(std::pair(QCryptographicHash::hash(QByteArray(salt + '/' + keys.at(i)), QCryptographicHash::Sha256), i));
    std::sort(places.begin(), places.end());
    const auto rowOf = [&rows](int i) { return i < rows.size() ? rows.at(i) : 0; };
    std::stable_sort(places.begin(), places.end(), [&](const auto &a, const auto &b) { return rowOf(a.second) < rowOf(b.second); });
    QList<int> order;
    for (const auto &place : std::as_const(places))
        order << place.second;
    return order;
}

QString blindLabel(int place)
{
    QString label;
    for (int rest = place + 1; rest > 0; rest = (rest - 1) / 26)
        label.prepend(QChar(u'A' + (rest - 1) % 26));
    return label;
}

} // namespace Galley
