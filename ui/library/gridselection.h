#pragma once

#include <QList>
#include <QSet>

namespace Galley {

/// Which pictures of a list are chosen, which one is current, and where a range began. Knows pictures by their ids, so that another list keeps what is
/// still in it. A plain value.
class GridSelection
{
public:
    enum class Extend { Replace, Toggle, Range, Move };  ///< Move: current only, chosen or not

    bool contains(qint64 id) const { return m_ids.contains(id); }
    int size() const { return int(m_ids.size()); }
    bool isEmpty() const { return m_ids.isEmpty(); }
    qint64 current() const { return m_current; }  ///< 0: none
    /// In the order of \a list.
    QList<qint64> in(const QList<qint64> &list) const;

    /// \a index of \a list becomes current, and is chosen as \a how says: alone, together with the others or no more, with all from where the range began.
    void choose(const QList<qint64> &list, int index, Extend how);
    void chooseAll(const QList<qint64> &list);
    void clear() { m_ids.clear(); }
    /// What is no longer in \a list is no longer chosen. The picture that takes the place of the current one (\a place) becomes current when that is gone;
    /// \a follow: and chosen, when nothing else is.
    void keepTo(const QList<qint64> &list, int place, bool follow);

    bool operator==(const GridSelection &) const = default;

private:
    QSet<qint64> m_ids;
    qint64 m_current = 0;
    qint64 m_anchor = 0;
};

} // namespace Galley
