#pragma once

#include "core/template/template.h"
#include "ui/design/artboardview.h"

#include <QList>
#include <QStringList>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;

namespace Galley {

struct Draft;
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
    void zoomToSelection();
    bool isFitted() const;  ///< follows the window's size until somebody zooms or pans

    /// Tokens that can be seen, bottom first: the order in which Tab goes through them.
    QStringList tokenOrder() const;
    QRectF tokenRect(const QString &id) const;  ///< widget coordinates
    /// What its label and its tool tip say: where a subject came from, what does not fit.
    QString tokenLabel(const QString &id) const;
    QStringList tokenNotes(const QString &id) const;
    /// Opens the words of a token: in place when they are plain text, else by editRequested().
    void editToken(const QString &id);

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

public Q_SLOTS:
    /// Shows an earlier draft instead of the live one, to look at and not to edit, until showLive().
    void showDraft(const Galley::Draft &draft);
    void showLive();

Q_SIGNALS:
    void editRequested(const QString &tokenId);  ///< a double click or Enter: the words of this token are wanted
    void zoomChanged(double zoom);
    void toolChanged();
    void message(const QString &sentence);  ///< why something was not done; for the status bar

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
