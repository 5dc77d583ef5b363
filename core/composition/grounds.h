#pragma once

#include <QColor>
#include <QImage>
#include <QList>
#include <QSize>
#include <QString>

namespace Galley {

/// The procedural grounds.
enum class GroundFamily { Plain, Gradient, Glow, Stripes, Dots, Sunburst, Waves, Hills, Confetti, Grain, Paper, Bokeh };

/// The family whose name, or a word that stands for it ("sky", "party"), comes first in \a words; Plain when none does.
GroundFamily groundFamily(const QString &words);
QString groundFamilyName(GroundFamily family);

/// Draws a ground for a canvas at \a size pixels. \a base is its main colour; \a palette replaces it and gives the others
/// (missing ones are derived in OKLab). Lengths follow the size, so any scale shows the same picture. Pure and deterministic:
/// what looks random follows from the words.
QImage renderGround(const QString &words, const QColor &base, const QList<QColor> &palette, const QSize &size);

} // namespace Galley
