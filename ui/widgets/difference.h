#pragma once

#include <QList>
#include <QString>

namespace Galley {

struct DifferencePart
{
    enum class Kind { Same, Added, Removed } kind = Kind::Same;
    QString text;
    bool operator==(const DifferencePart &) const = default;
};

/// What turns \a before into \a after, by words (longest common subsequence; a common head and tail are cut off first).
/// Very long changed middles are given as one removal and one addition.
QList<DifferencePart> wordDifference(const QString &before, const QString &after);
/// The same by lines; each part holds whole lines with their breaks (the last one of a text may have none).
QList<DifferencePart> lineDifference(const QString &before, const QString &after);

} // namespace Galley
