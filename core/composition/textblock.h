#pragma once

#include "core/template/template.h"

#include <QColor>
#include <QFont>
#include <QImage>
#include <QPainterPath>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <vector>

class QPainter;
class QTextLayout;

namespace Galley {

/// A text laid out in a box, in canvas pixels, origin at the box's top left.
///
/// Each paragraph is shaped once (HarfBuzz through QTextLayout) at a reference size without hinting; every type size is a scale
/// of those outlines, so the lines are the same at every zoom, device pixel ratio and machine that has the fonts. Characters
/// that the family lacks come from the bundled families, never from a system font by chance.
/// Not thread-safe; cheap to keep: the last raster is kept with it.
class TextBlock
{
public:
    /// \a canvasHeight turns the fractions of \a style into pixels.
    TextBlock(const QString &text, const TextStyle &style, const QSizeF &box, double canvasHeight);
    ~TextBlock();

    /// The painter's origin is the box's top left. What overflows is cut off at the box, except when the box may grow.
    void paint(QPainter &painter, const QColor &color) const;

    double pixelSize() const { return m_pixelSize; }
    /// What the lines cover, relative to the box; larger than the box when overflows().
    QRectF bounds() const { return m_bounds; }
    /// The outlines of all glyphs.
    const QPainterPath &outline() const { return m_outline; }
    bool overflows() const { return m_overflows; }
    int lineCount() const { return m_lineCount; }

    /// The family of \a spec where it is installed, else Inter; the bundled families for other scripts behind it.
    static QFont fontFor(const FontSpec &spec);
    /// Characters of \a text that neither the family nor a bundled one can show.
    static QString missingGlyphs(const QString &text, const FontSpec &spec);

private:
    struct Line
    {
        std::size_t paragraph = 0;
        int index = 0;     ///< of the paragraph's lines
        double left = 0;   ///< in reference units
        double width = 0;
    };

    void shape();
    /// Breaks the lines for \a pixelSize; true when they fit the box.
    bool breakLines(double pixelSize, double width, bool anywhere = false);
    /// Lines, size and outlines; no larger than \a largest.
    void layOut(double largest);
    bool mayShrink(double pixelSize) const;
    double leastSize() const;
    void search(double largest);
    /// Lines of about the same length, for centred text.
    void balance();
    void place();
    /// Accents, tails and slants reach out of their lines where these are set close: moved into the box, else set smaller, else told as overflow.
    void keepInkInside();
    QRectF clip() const;

    TextStyle m_style;
    QSizeF m_box;
    double m_canvasHeight;
    QString m_text;
    std::vector<std::unique_ptr<QTextLayout>> m_paragraphs;
    std::vector<Line> m_lines;
    double m_ascent = 0;   ///< of the first family, in reference units
    double m_descent = 0;
    QPainterPath m_outline;
    QRectF m_bounds;
    double m_pixelSize = 0;
    int m_lineCount = 0;
    bool m_overflows = false;
    bool m_breaksWords = false;

    struct Raster
    {
        QImage image;
        QPoint offset;
        double scaleX = 0;
        double scaleY = 0;
        QPoint fraction;
        QColor color;
    };
    mutable Raster m_raster;
};

} // namespace Galley
