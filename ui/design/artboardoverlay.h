#pragma once

#include "ui/design/artboardstate.h"

#include <QStringList>

class QFont;
class QPainter;

namespace Galley {

class Theme;

/// Everything on the artboard that is not the picture: surround, frame, guides, outlines, handles, labels, read-outs, rulers. Paints
/// in widget coordinates with hairlines of one device pixel. Has no state of its own. GUI thread.
class ArtboardOverlay
{
    Q_DECLARE_TR_FUNCTIONS(Galley::ArtboardOverlay)

public:
    static constexpr double rulerThickness = 18;

    struct Look
    {
        bool focused = false;          ///< the artboard has the keyboard: the primary token is marked stronger
        bool handles = true;           ///< not while drawing a new token
        QStringList rendering;         ///< tokens that are marked as being rendered
    };

    ArtboardOverlay(const ArtboardState &state, const Theme &theme, const Look &look);

    void paintBehind(QPainter &painter, const QRectF &widget) const;
    void paintAbove(QPainter &painter) const;
    void paintRulersOn(QPainter &painter, const QRectF &widget) const;

private:
    void paintGuides(QPainter &painter) const;
    void paintOutlines(QPainter &painter) const;
    void paintHandles(QPainter &painter) const;
    void paintSnapLines(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;
    void paintReadout(QPainter &painter) const;
    void paintNotice(QPainter &painter) const;
    void paintChip(QPainter &painter, const QPointF &bottomLeft, const QString &text, const QColor &color) const;

    const ArtboardState &m_state;
    const Theme &m_theme;
    const Look &m_look;
};

} // namespace Galley
