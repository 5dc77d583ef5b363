#include "ui/design/rulers.h"

#include "ui/design/artboardview.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace Galley {

namespace {

constexpr double labelSpacing = 64;

/// Draws along the top edge; the left ruler is the same, turned.
struct RulerPen
{
    QPainter &painter;
    double thickness;
    bool vertical;

    void line(double position, double length) const
    {
        // Half a unit in: a cosmetic pen then covers one device pixel instead of two.
        const double at = std::floor(position) + 0.5;
        if (vertical)
            painter.drawLine(QPointF(thickness - length, at), QPointF(thickness, at));
        else
            painter.drawLine(QPointF(at, thickness - length), QPointF(at, thickness));
    }

    void label(double position, const QString &text) const
    {
        const QFontMetricsF metrics(painter.font());
        painter.save();
        if (vertical) {
            painter.translate(0, position);
            painter.rotate(-90);
            painter.drawText(QPointF(3, metrics.ascent()), text);
        } else {
            painter.drawText(QPointF(position + 3, metrics.ascent()), text);
        }
        painter.restore();
    }
};

void paintRuler(const RulerPen &pen, double from, double to, double origin, double scale, const RulerColors &colors)
{
    const QList<RulerTick> ticks = rulerTicks((from - origin) / scale, (to - origin) / scale, scale);
    for (const RulerTick &tick : ticks) {
        const double position = origin + tick.value * scale;
        pen.painter.setPen(QPen(colors.line, 0));
        pen.line(position, tick.major ? pen.thickness : 4);
        if (!tick.major)
            continue;
        pen.painter.setPen(colors.text);
        pen.label(position, QString::number(qRound64(tick.value)));
    }
}

} // namespace

double rulerStep(double scale, double spacing)
{
    const double wanted = spacing / scale;
    double decade = std::pow(10, std::floor(std::log10(wanted)));
    for (double factor : {1.0, 2.0, 5.0}) {
        if (decade * factor >= wanted)
            return std::max(1.0, decade * factor);
    }
    return std::max(1.0, decade * 10);
}

QList<RulerTick> rulerTicks(double first, double last, double scale)
{
    QList<RulerTick> ticks;
    const double step = rulerStep(scale, labelSpacing);
    const double lead = step / std::pow(10, std::floor(std::log10(step)));
    const int parts = step <= 1 ? 1 : lead < 1.5 ? 10 : lead < 3 ? 4 : 5;
    const double part = step / parts;
    if (part * scale < 3 && parts > 1)
        return ticks;
    const auto begin = qint64(std::floor(first / part));
    const auto end = qint64(std::ceil(last / part));
    for (qint64 i = begin; i <= end; ++i)
        ticks << RulerTick{double(i) * part, i % parts == 0};
    return ticks;
}

void paintRulers(QPainter &painter, const QRectF &widget, double thickness, const ArtboardView &view, const RulerColors &colors,
                 const QRectF &selection, std::optional<QPointF> cursor)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF top(widget.left(), widget.top(), widget.width(), thickness);
    const QRectF left(widget.left(), widget.top(), thickness, widget.height());
    painter.fillRect(top, colors.panel);
    painter.fillRect(left, colors.panel);
    if (!selection.isNull()) {
        QColor shade = colors.accent;
        shade.setAlphaF(0.22F);
        const QRectF covered = view.toView(selection);
        painter.fillRect(QRectF(covered.left(), 0, covered.width(), thickness), shade);
        painter.fillRect(QRectF(0, covered.top(), thickness, covered.height()), shade);
    }
    paintRuler({painter, thickness, false}, thickness, widget.right(), view.origin().x(), view.scale(), colors);
    paintRuler({painter, thickness, true}, thickness, widget.bottom(), view.origin().y(), view.scale(), colors);
    if (cursor) {
        painter.setPen(QPen(colors.accent, 0));
        RulerPen{painter, thickness, false}.line(cursor->x(), thickness);
        RulerPen{painter, thickness, true}.line(cursor->y(), thickness);
    }
    painter.fillRect(QRectF(0, 0, thickness, thickness), colors.panel);
    painter.setPen(QPen(colors.line, 0));
    painter.drawLine(QPointF(thickness - 0.5, 0), QPointF(thickness - 0.5, widget.bottom()));
    painter.drawLine(QPointF(0, thickness - 0.5), QPointF(widget.right(), thickness - 0.5));
    painter.restore();
}

} // namespace Galley
