#pragma once

#include "core/store/libraryquery.h"
#include "ui/library/gridgeometry.h"
#include "ui/queue/modelnames.h"
#include "ui/widgets/theme.h"

#include <QHash>
#include <QPixmap>

class QPainter;

namespace Galley {

/// What one cell shows.
struct Cell
{
    const LibraryCard *card = nullptr;  ///< null: on its way
    QPixmap thumbnail;                  ///< in device pixels; null: on its way
    bool hasNoThumbnail = false;
    bool isSelected = false;
    bool isCurrent = false;             ///< and the grid has the focus
    bool isHovered = false;
};

/// Paints cells of the grid: the picture, its model with a hue beside the name, stars, pick, and what is wrong with it, each as a word or a shape. Keeps
/// small pictures of its glyphs, since an outline takes longer than everything else.
class CellPainter
{
public:
    void setNames(const ModelNames &names) { m_names = names; }
    const ModelNames &names() const { return m_names; }

    void paint(QPainter &painter, const GridGeometry &geometry, const QRect &rect, const Cell &cell, const Theme &theme);

private:
    QPixmap glyph(const QString &name, int side, ThemeColor color, const Theme &theme, double ratio);
    void paintPicture(QPainter &painter, const QRect &square, const Cell &cell, const Theme &theme);
    void paintBadge(QPainter &painter, const QRect &square, PickState pick, const Theme &theme);
    void paintTrouble(QPainter &painter, const QRect &square, const LibraryCard &card, const Theme &theme);
    void paintCaption(QPainter &painter, const QRect &rect, const LibraryCard &card, const Theme &theme);

    ModelNames m_names;
    QHash<QString, QPixmap> m_glyphs;
    QFont m_body = Theme::bodyFont();
    QFont m_small = Theme::secondaryFont();
};

} // namespace Galley
