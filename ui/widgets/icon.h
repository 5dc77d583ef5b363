#pragma once

#include "ui/widgets/theme.h"

#include <QIcon>
#include <QString>
#include <QStringList>

namespace Galley {

/// The glyph \a name of resources/icons ("undo"), drawn from its outline at every size and scale and tinted by the look in force:
/// text colour, disabled when disabled, accent when checked, highlighted text when selected. Follows a live switch.
/// An unknown name gives an empty icon and one line in the log.
QIcon themedIcon(const QString &name);

/// The same glyph always in one theme colour, for states and warnings.
QIcon themedIcon(const QString &name, ThemeColor color);

/// Paints the glyph into \a rect (widget coordinates) in \a color.
void paintIcon(QPainter &painter, const QString &name, const QRect &rect, const QColor &color);

/// All names that are bundled (tests).
QStringList iconNames();

} // namespace Galley
