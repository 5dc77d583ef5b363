#pragma once

#include <QColor>
#include <QImage>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

namespace Galley {

/// The procedural grounds.
enum class GroundFamily { Plain, Gradient, Glow, Stripes, Dots, Sunburst, Waves, Hills, Confetti, Grain, Paper, Bokeh };

/// The family whose name, or a word that stands for it ("sky", "party"), comes first in \a text; Plain for no words and for words
/// like "plain", Glow for scenes that no family hints at.
GroundFamily groundFamily(const QString &text);
QString groundFamilyName(GroundFamily family);
/// The words of \a text in lower case.
QStringList groundWords(const QString &text);

/// Draws a ground for a canvas at \a size pixels. With two colours or more the \a palette says everything, its first is the main
/// colour; one colour is a pattern on \a base (or the colour itself where there is no pattern); missing ones are derived in OKLab.
/// Lengths follow the size, so any scale shows the same picture. Pure and deterministic: what looks random follows from the
/// words, and no floating-point gradient of the paint engine takes part.
QImage renderGround(const QString &words, const QColor &base, const QList<QColor> &palette, const QSize &size);

} // namespace Galley
