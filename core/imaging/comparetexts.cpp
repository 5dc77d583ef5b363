#include "core/imaging/readtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ReadText", text);
}

QChar plainSign(QChar c)
{
    switch (c.unicode()) {
    case u'‘': case u'’': case u'‚': case u'‛': case u'`': case u'´': case u'′': return u'\'';
    case u'“': case u'”': case u'„': case u'‟': case u'«': case u'»': case u'″': return u'"';
    case u'‐': case u'‑': case u'‒': case u'–': case u'—': case u'―': case u'−': return u'-';
    default: return c;
    }
}

QString normalised(const QString &text)
{
    QString plain = text.normalized(QString::NormalizationForm_C);
    plain.remove(QChar(QChar::SoftHyphen));
    plain.replace(QChar(u'…'), QStringLiteral("..."));
    std::transform(plain.begin(), plain.end(), plain.begin(), plainSign);
    return plain.simplified();
}

qsizetype editDistance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(size_t(b.size()) + 1);
    for (size_t j = 0; j < row.size(); ++j)
        row[j] = qsizetype(j);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0]++;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[size_t(j) + 1];
            row[size_t(j) + 1] = std::min({replaced, diagonal + 1, row[size_t(j)] + 1});
        }
    }
    return row.back();
}

/// Takes the longest common run of words out of both lists: what stays differs.
void dropCommon(QStringList &a, QStringList &b)
{
    const size_t rows = size_t(a.size()) + 1;
    const size_t columns = size_t(b.size()) + 1;
    std::vector<int> length(rows * columns, 0);
    for (size_t i = rows - 1; i-- > 0;) {
        for (size_t j = columns - 1; j-- > 0;) {
            length[i * columns + j] = a[qsizetype(i)] == b[qsizetype(j)]
                                          ? length[(i + 1) * columns + j + 1] + 1
                                          : std::max(length[(i + 1) * columns + j], length[i * columns + j + 1]);
        }
    }
    QStringList onlyA;
    QStringList onlyB;
    size_t i = 0;
    size_t j = 0;
    while (i + 1 < rows && j + 1 < columns) {
        if (a[qsizetype(i)] == b[qsizetype(j)]) {
            ++i;
            ++j;
        } else if (length[(i + 1) * columns + j] >= length[i * columns + j + 1]) {
            onlyA.append(a[qsizetype(i++)]);
        } else {
            onlyB.append(b[qsizetype(j++)]);
        }
    }
    a = onlyA + a.mid(qsizetype(i));
    b = onlyB + b.mid(qsizetype(j));
}

} // namespace

TextDifference compareTexts(const QString &expected, const QString &found)
{
    // Drawn texts are short; whatever is longer was read out of a pattern.
    constexpr qsizetype longest = 4000;
    const QString wanted = normalised(expected).left(longest);
    const QString read = normalised(found).left(longest);
    TextDifference difference;
    const qsizetype length = std::max(wanted.size(), read.size());
    difference.score = length == 0 ? 1 : 1 - double(editDistance(wanted, read)) / double(length);
    difference.missing = wanted.split(u' ', Qt::SkipEmptyParts);
    difference.extra = read.split(u' ', Qt::SkipEmptyParts);
    dropCommon(difference.missing, difference.extra);
    return difference;
}

QString textFinding(const TextReading &reading)
{
    if (!reading.wasRead() || reading.isRight())
        return {};
    const QString expected = reading.expected.simplified();
    if (reading.found.isEmpty()) {
        return tr("\"%1\" should say \"%2\", but no text could be read there. Look at the picture; text that must be right is better set.")
            .arg(reading.id, expected);
    }
    return tr("\"%1\" should say \"%2\", but \"%3\" was read. Look at the picture; text that must be right is better set.")
        .arg(reading.id, expected, reading.found.simplified());
}

} // namespace Galley
