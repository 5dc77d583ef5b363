#pragma once

#include <QColor>
#include <QList>
#include <QString>

namespace Galley {

/// What people would call \a color in English: "golden yellow", "very dark green", "cream".
QString colorName(const QColor &color);

/// "#RRGGBB" in capitals; without the alpha, which no model understands.
QString colorHex(const QColor &color);

/// "golden yellow (#F5C542) and red (#C0392B)": the name for models that read words, the value for those that read more.
QString colorWords(const QList<QColor> &colors);

/// "a", "a and b", "a, b and c".
QString joinedWords(const QStringList &words);

/// \a prompt without the bracketed codes of colorWords(): those behind the name that colorWords() gives them, so that brackets that a person wrote stay.
QString withoutColorCodes(const QString &prompt);
/// \a prompt with those brackets escaped, for models that read brackets as weights: nobody meant these to weigh anything.
QString withEscapedColorCodes(const QString &prompt);

} // namespace Galley
