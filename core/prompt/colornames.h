#pragma once

#include <QColor>
#include <QList>
#include <QString>
#include <QStringList>

namespace Galley {

/// "#C0392B", upper case, without alpha.
QString hexName(const QColor &color);
QStringList hexNames(const QList<QColor> &colors, qsizetype most);

/// A plain English word for \a color, such as "dark green"; models follow words and hex together better than either alone.
QString colorWord(const QColor &color);
/// "warm yellow (#F5C542), green (#2E8B57) and red (#C0392B)".
QString colorList(const QList<QColor> &colors);

} // namespace Galley
