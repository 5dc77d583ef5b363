#include "core/template/names.h"

#include <algorithm>
#include <vector>

namespace Galley {

namespace {

constexpr qsizetype maxNameLength = 64;

bool isName(QStringView name, bool dashAllowed)
{
    if (name.isEmpty() || name.size() > maxNameLength || name[0] < u'a' || name[0] > u'z')
        return false;
    return std::all_of(name.begin(), name.end(), [dashAllowed](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' || (dashAllowed && c == u'-');
    });
}

/// Insertions, deletions, replacements and swaps of neighbours that turn \a a into \a b.
int editDistance(QStringView a, QStringView b)
{
    const auto width = std::size_t(b.size()) + 1;
    std::vector<int> before(width), above(width), row(width);
    for (std::size_t j = 0; j < width; ++j)
        above[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = std::size_t(j);
            const int replace = above[at - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[at] = std::min({above[at] + 1, row[at - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[width - 1];
}

} // namespace

bool isTokenId(QStringView name)
{
    return isName(name, true);
}

bool isSlotName(QStringView name)
{
    return isName(name, false);
}

QString nearestName(const QString &name, const QStringList &names)
{
    const QString wanted = name.left(maxNameLength).toLower();
    QString best;
    int bestDistance = std::max(2, int(wanted.size()) / 3) + 1;
    for (const QString &candidate : names) {
        if (candidate.size() > maxNameLength)
            continue;
        const int distance = editDistance(wanted, candidate.toLower());
        // A name that shares no letter with the wanted one is no help, however short both are.
        if (distance < bestDistance && distance < int(std::max(wanted.size(), candidate.size()))) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

} // namespace Galley
