#pragma once

#include <QImage>
#include <QList>

#include <memory>

namespace Galley {

/// A picture ready to be painted at any zoom: as it is, and halved again and again, in the format that the raster engine copies fastest (RGB32, or ARGB32
/// premultiplied where parts are transparent). Immutable: made on a pool, shared with the view.
class PicturePyramid
{
public:
    using Ptr = std::shared_ptr<const PicturePyramid>;

    /// How smaller levels come to be. Brightest: a single bright pixel stays to be seen however far away (differences).
    enum class Shrink { Average, Brightest };

    /// Tenths of a second for 4096²: not on the GUI thread. Null for a null picture.
    static Ptr make(const QImage &picture, Shrink shrink = Shrink::Average);

    QSize size() const { return m_levels.first().size(); }
    const QImage &picture() const { return m_levels.first(); }
    int levels() const { return int(m_levels.size()); }
    /// The smallest level that is at least as large as the picture is shown at \a zoom (shown pixels for each of its own).
    const QImage &levelFor(double zoom) const;
    qint64 bytes() const;

private:
    PicturePyramid() = default;

    QList<QImage> m_levels;
};

/// The part \a part of \a pyramid as it looks when the whole is \a full large (both in shown pixels). From double size on pixels are shown as they are.
/// \a isQuick: nearest pixels of the nearest level, for while something moves.
QImage shownPart(const PicturePyramid &pyramid, const QSizeF &full, const QRect &part, bool isQuick = false);

} // namespace Galley
