#pragma once

#include <QColor>
#include <QList>
#include <QRectF>
#include <QString>

#include <optional>

class QFont;
class QPainter;

namespace Galley {

class ArtboardView;

/// One mark of a ruler, at \a value canvas pixels.
struct RulerTick
{
    double value = 0;
    bool major = false;

    bool operator==(const RulerTick &) const = default;
};

/// The colours of a ruler, from the theme.
struct RulerColors
{
    QColor panel;
    QColor line;
    QColor text;
    QColor accent;
};

/// The step between labelled marks, one of 1, 2, 5 × 10^n canvas pixels, at least \a spacing widget units wide at \a scale.
double rulerStep(double scale, double spacing);

/// The marks between \a first and \a last canvas pixels.
QList<RulerTick> rulerTicks(double first, double last, double scale);

/// Paints both rulers along the top and left edges of \a widget, \a thickness wide, with the part that \a selection covers shaded
/// and the cursor marked.
void paintRulers(QPainter &painter, const QRectF &widget, double thickness, const ArtboardView &view, const RulerColors &colors,
                 const QRectF &selection, std::optional<QPointF> cursor);

} // namespace Galley
