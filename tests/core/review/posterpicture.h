#pragma once

#include "core/review/score.h"
#include "testpaths.h"

#include <QFontDatabase>
#include <QPainter>
#include <QRandomGenerator>

namespace Galley {

/// Pictures that are painted here, so that what is right is known.

inline bool addPosterFonts()
{
    bool added = true;
    for (const char *name : {"Inter-Bold.otf", "Inter-Regular.otf"})
        added = added && QFontDatabase::addApplicationFont(QStringLiteral(GALLEY_SOURCE_DIR "/resources/fonts/") + QLatin1String(name)) >= 0;
    return added;
}

inline QImage page(const QColor &color, const QSize &size = {800, 1000})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

inline void typeset(QImage &image, const Box &box, const QString &text, const QColor &color, int pixels)
{
    QPainter painter(&image);
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(box.toRect(image.size()), Qt::AlignCenter | Qt::TextWordWrap, text);
}

inline void disc(QImage &image, const Box &box, const QColor &color)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(box.toRect(image.size()));
}

/// Strokes of any direction, the same at every run; \a count for each tenth of a megapixel.
inline void scribble(QImage &image, const Box &box, const QColor &color, int count = 250)
{
    QRandomGenerator random(7);
    QPainter painter(&image);
    const QRectF part = box.toRect(image.size());
    painter.setClipRect(part);
    for (int i = 0; i < count; ++i) {
        painter.setPen(QPen(color, 3));
        const QPointF at(part.x() + random.bounded(part.width()), part.y() + random.bounded(part.height()));
        painter.drawLine(at, at + QPointF(random.bounded(80) - 40, random.bounded(80) - 40));
    }
}

inline ReviewText textOf(const QString &id, const Box &box, const QString &words, const QColor &color, int pixels, const QSize &canvas = {800, 1000})
{
    ReviewText text{id, box, words, true, color, double(pixels), true, {}};
    text.typeset = page(Qt::white, box.toRect(canvas).size().toSize());
    typeset(text.typeset, {0, 0, 1, 1}, words, Qt::black, pixels);
    return text;
}

} // namespace Galley
