#pragma once

#include "core/template/template.h"
#include "ui/design/artboardview.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;

namespace Galley {

class DraftService;
class TemplateDocument;

/// The canvas on screen: paints the scene of DraftService::draft() with live vector text, and is where tokens are drawn, moved,
/// resized, aligned and ordered by mouse, touchpad and keyboard. Every edit goes through TemplateDocument::apply(), a drag being
/// one undo step; nothing here asks the engine for anything.
///
/// Lives on the GUI thread. Owns neither the document nor the draft service; both outlive it. What cannot be done (read-only
/// document, empty clipboard) is said by message() and by the tool tip of the disabled action, never by a dialog.
class Artboard : public QWidget
{
    Q_OBJECT

public:
    Artboard(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);
    ~Artboard() override;

    TemplateDocument *document() const;
    DraftService *draft() const;

    const ArtboardView &view() const;
    double zoom() const;  ///< 1 = one canvas pixel is one device pixel
    void setZoom(double zoom);
    void setZoom(double zoom, const QPointF &anchor);
    void fitToView();
    bool isFitted() const;  ///< follows the window's size until somebody zooms or pans

    /// The role that the next drawn rectangle gets; absent: the select tool.
    std::optional<Role> drawRole() const;
    void setDrawRole(std::optional<Role> role);

    /// For menus and the command palette; owned by the artboard, enabled states and tool tips kept up to date.
    QList<QAction *> toolActions() const;
    QList<QAction *> editActions() const;
    QList<QAction *> arrangeActions() const;  ///< align, distribute, order
    QList<QAction *> viewActions() const;     ///< zoom, rulers, guides
    QList<QAction *> allActions() const;
    QAction *findAction(const QString &objectName) const;

Q_SIGNALS:
    void editRequested(const QString &tokenId);  ///< a double click or Enter: the words of this token are wanted
    void zoomChanged(double zoom);
    void toolChanged();
    void message(const QString &sentence);  ///< why something was not done; for the status bar

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
