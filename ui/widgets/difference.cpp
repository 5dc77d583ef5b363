#include "ui/widgets/difference.h"

#include <QStringList>

#include <vector>

namespace Galley {

namespace {

/// Words and what stands between them, so that joining gives the text back.
QStringList pieces(const QString &text)
{
    QStringList result;
    qsizetype start = 0;
    for (qsizetype i = 1; i <= text.size(); ++i) {
        const bool boundary = i == text.size() || text.at(i).isLetterOrNumber() != text.at(i - 1).isLetterOrNumber()
                              || !text.at(i).isLetterOrNumber();
        if (boundary) {
            result.append(text.mid(start, i - start));
            start = i;
        }
    }
    return result;
}

void append(QList<DifferencePart> &parts, DifferencePart::Kind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    if (!parts.isEmpty() && parts.last().kind == kind)
        parts.last().text += text;
    else
        parts.append({kind, text});
}

using Kind = DifferencePart::Kind;

void appendMiddle(QList<DifferencePart> &parts, const QStringList &a, const QStringList &b)
{
    const auto rows = std::size_t(a.size());
    const auto columns = std::size_t(b.size());
    if (rows * columns > 4'000'000) {
        append(parts, Kind::Removed, a.join(QString()));
        append(parts, Kind::Added, b.join(QString()));
        return;
    }
    std::vector<int> length((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> int & { return length[i * (columns + 1) + j]; };
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;) {
            at(i, j) = a.at(qsizetype(i)) == b.at(qsizetype(j)) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows && j < columns) {
        if (a.at(qsizetype(i)) == b.at(qsizetype(j))) {
            append(parts, Kind::Same, a.at(qsizetype(i)));
            ++i;
            ++j;
        } else if (at(i + 1, j) >= at(i, j + 1)) {
            append(parts, Kind::Removed, a.at(qsizetype(i++)));
        } else {
            append(parts, Kind::Added, b.at(qsizetype(j++)));
        }
    }
    append(parts, Kind::Removed, a.mid(qsizetype(i)).join(QString()));
    append(parts, Kind::Added, b.mid(qsizetype(j)).join(QString()));
}

/// The lines of \a text, each with its break.
QStringList lines(const QString &text)
{
    QStringList result;
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = text.indexOf(u'\n', start);
        const qsizetype next = end < 0 ? text.size() : end + 1;
        result.append(text.mid(start, next - start));
        start = next;
    }
    return result;
}

QList<DifferencePart> difference(const QStringList &a, const QStringList &b)
{
    qsizetype head = 0;
    while (head < a.size() && head < b.size() && a.at(head) == b.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a.at(a.size() - 1 - tail) == b.at(b.size() - 1 - tail))
        ++tail;
    QList<DifferencePart> parts;
    append(parts, Kind::Same, a.mid(0, head).join(QString()));
    appendMiddle(parts, a.mid(head, a.size() - head - tail), b.mid(head, b.size() - head - tail));
    append(parts, Kind::Same, a.mid(a.size() - tail).join(QString()));
    return parts;
}

} // namespace

QList<DifferencePart> wordDifference(const QString &before, const QString &after)
{
    return difference(pieces(before), pieces(after));
}

QList<DifferencePart> lineDifference(const QString &before, const QString &after)
{
    return difference(lines(before), lines(after));
}

} // namespace Galley
