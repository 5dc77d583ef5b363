#pragma once

#include "core/template/template.h"

#include <QColor>
#include <QFont>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

class QPainter;
class QTextLayout;

namespace Galley {

/// A text laid out in a box, in canvas pixels, origin at the box's top left. Shaping is HarfBuzz through QTextLayout; type sizes
/// are whole canvas pixels and unhinted, so every scale shows the same lines. Not thread-safe; cheap to keep.
class TextBlock
{
public:
    /// \a canvasHeight turns the fractions of \a style into pixels.
    TextBlock(const QString &text, const TextStyle &style, const QSizeF &box, double canvasHeight);
    ~TextBlock();

    void paint(QPainter &painter, const QColor &color) const;

    int pixelSize() const { return m_pixelSize; }
    /// What the lines cover, relative to the box; larger than the box when overflows().
    QRectF bounds() const { return m_bounds; }
    bool overflows() const { return m_overflows; }
    int lineCount() const { return m_lineCount; }

    /// The family of \a style where it is installed, else Inter; with the bundled families for other scripts behind it.
    static QFont fontFor(const FontSpec &spec);
    /// Characters of \a text that neither the family nor a bundled one can show.
    static QString missingGlyphs(const QString &text, const FontSpec &spec);

private:

    /// Breaks the text at \a pixelSize; true when it fits the box without breaking a word.
    bool layOut(int pixelSize);
    void place();

    QString m_text;
    TextStyle m_style;
    QSizeF m_box;
    double m_canvasHeight;
    std::unique_ptr<QTextLayout> m_layout;
    QRectF m_bounds;
    int m_pixelSize = 0;
    int m_lineCount = 0;
    bool m_overflows = false;
};

} // namespace Galley
