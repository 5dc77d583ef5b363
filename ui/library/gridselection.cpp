#include "ui/library/gridselection.h"

#include <algorithm>

namespace Galley {

QList<qint64> GridSelection::in(const QList<qint64> &list) const
{
    QList<qint64> chosen;
    chosen.reserve(m_ids.size());
    for (const qint64 id : list) {
        if (chosen.size() == m_ids.size())
            break;
        if (m_ids.contains(id))
            chosen.append(id);
    }
    return chosen;
}

void GridSelection::choose(const QList<qint64> &list, int index, Extend how)
{
    const qint64 id = list.value(index);
    if (id == 0)
        return;
    m_current = id;
    if (how == Extend::Range) {
        const qsizetype found = list.indexOf(m_anchor);
        const qsizetype from = found < 0 ? index : found;
        m_ids.clear();
        for (qsizetype i = std::min<qsizetype>(from, index); i <= std::max<qsizetype>(from, index); ++i)
            m_ids.insert(list.at(i));
        return;
    }
    m_anchor = id;
    if (how == Extend::Replace)
        m_ids = {id};
    else if (how == Extend::Toggle && !m_ids.remove(id))
        m_ids.insert(id);
}

void GridSelection::chooseAll(const QList<qint64> &list)
{
    m_ids = QSet<qint64>(list.cbegin(), list.cend());
    if (!m_ids.contains(m_current))
        m_current = list.value(0);
    m_anchor = m_current;
}

void GridSelection::keepTo(const QList<qint64> &list, int place, bool follow)
{
    if (!m_ids.isEmpty()) {
        QSet<qint64> kept;
        for (const qint64 id : list) {
            if (m_ids.contains(id))
                kept.insert(id);
        }
        m_ids = kept;
    }
    if (m_current == 0 || list.contains(m_current))
        return;
    m_current = list.isEmpty() ? 0 : list.at(std::clamp<qsizetype>(place, 0, list.size() - 1));
    m_anchor = m_current;
    if (follow && m_ids.isEmpty() && m_current != 0)
        m_ids.insert(m_current);
}

} // namespace Galley
