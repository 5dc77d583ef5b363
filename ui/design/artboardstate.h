#pragma once

#include "ui/design/artboardview.h"
#include "ui/design/snapping.h"
#include "ui/design/tokeneditor.h"

#include <QPointF>
#include <QStringList>

#include <optional>

namespace Galley {

class DraftService;
class TemplateDocument;

/// What the tools, the overlay, the actions and the accessible tree of one artboard share. Owned by the artboard; belongs to the
/// GUI thread; owns neither document nor draft service.
struct ArtboardState
{
    TemplateDocument *document;
    DraftService *draft;
    TokenEditor editor;
    ArtboardView view;

    bool snapping = true;
    bool showRulers = true;
    bool showGuides = false;

    QString hovered;                 ///< token under the pointer
    std::optional<QPointF> pointer;  ///< widget coordinates, while it is over the artboard
    QStringList carried;             ///< what a drag moves, when it is not the selection (Alt-drag moves copies)
    QList<SnapLine> touched;         ///< the lines that the drag has snapped to
    QString readout;                 ///< numbers shown beside the pointer while dragging

    /// The selection, or what a drag carries instead.
    QStringList active() const;
    /// Tokens that can be seen, bottom first.
    QStringList visible() const;
    /// Tokens under \a canvasPoint that can be picked there (not hidden, not locked), topmost first.
    QStringList hit(const QPointF &canvasPoint) const;
    /// Whether \a id covers the whole canvas: dragging on it draws a selection rectangle instead of moving it.
    bool isGround(const QString &id) const;
    /// Targets for everything but \a moved.
    SnapTargets snapTargets(const QStringList &moved) const;
    /// How near is near, in canvas pixels.
    double tolerance() const;
    /// Whether the picture of subject \a id belongs to an older input and a newer one is on its way.
    bool isRendering(const QString &id) const;
    /// "hero · Clip art: red apple …"
    QString labelOf(const QString &id) const;
    /// Sentences about \a id: why this source was taken, what does not fit.
    QStringList notesOf(const QString &id) const;
};

} // namespace Galley
