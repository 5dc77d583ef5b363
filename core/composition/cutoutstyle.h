#pragma once

#include <QColor>
#include <QImage>
#include <QStringList>

#include <memory>

namespace Galley {

/// A cut-out drawn in the manner of a style word: "flat", "outline", "silhouette", "sticker", "neon", "paper cut" or "halftone". It is looked at
/// once, at a size of its own, and then rendered at any size: lines, rims, dots and shadows are fractions of the whole, so that it looks
/// the same at every zoom. What a style adds outside (rim, glow, shadow) lies within size(). Copies are cheap; immutable and thread-safe.
class StyledCutout
{
public:
    static QStringList styles();

    /// Of \a picture what shows (visibleRect()) is drawn. \a ink is the colour that was wished for, if any: outline, silhouette, neon and halftone
    /// are drawn in it; flat, sticker and paper cut have the picture recoloured first. With another word the picture stays as it is,
    /// but for the colour.
    StyledCutout(const QImage &picture, const QString &style, const QColor &ink = {});

    /// The size to be fitted into a box: that of the picture and of what the style adds around it. Only its ratio matters.
    QSize size() const;
    QImage rendered(const QSize &size) const;  ///< premultiplied RGBA8888
    qsizetype bytes() const;  ///< of memory

    struct Data;

private:
    std::shared_ptr<const Data> d;
};

} // namespace Galley
