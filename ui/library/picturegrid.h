#pragma once

#include "ui/library/cellpainter.h"
#include "ui/library/gridgeometry.h"
#include "ui/library/gridselection.h"

#include <QAbstractScrollArea>

namespace Galley {

class PictureShelf;

/// The grid of the Library: paints only what is on screen, moves what it has painted when it scrolls, and tells its shelf what to load. Does not own the
/// shelf. What the keys of judging do (stars, pick, bin) belongs to LibraryActions; this is where they work.
class PictureGrid : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit PictureGrid(PictureShelf *shelf, QWidget *parent = nullptr);
    ~PictureGrid() override;

    PictureShelf *shelf() const { return m_shelf; }
    const GridGeometry &geometryOfCells() const { return m_cells; }
    void setNames(const ModelNames &names);
    const ModelNames &names() const { return m_painter.names(); }

    int side() const { return m_cells.side; }
    void setSide(int side);  ///< of the pictures, in pixels; kept in its limits

    QList<qint64> selected() const;  ///< in the order of the grid
    int selectedCount() const { return m_selection.size(); }
    bool isSelected(int index) const;
    qint64 current() const { return m_selection.current(); }
    int currentIndex() const;        ///< -1: none
    void setCurrentIndex(int index, GridSelection::Extend how = GridSelection::Extend::Replace);
    void step(int by);               ///< another one alone; stays at the ends
    void selectAll();
    void clearSelection();
    void reveal(int index);          ///< scrolls as little as it takes
    QRect cellRect(int index) const; ///< in the viewport
    int contentTop() const { return top(); }  ///< how far it is scrolled

    QSize sizeHint() const override { return {900, 600}; }

Q_SIGNALS:
    void selectionChanged();
    void currentChanged(qint64 id);
    void opened();                   ///< Enter, or a double click
    void quickLookWanted();          ///< Space
    void dragWanted();               ///< what is selected is being dragged out
    void menuWanted(const QPoint &globalPosition);
    void sideChanged(int side);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int top() const;
    void updateScrollBar();
    void reportWindow();
    void keepAnchor();
    void backToAnchor(bool isNewQuery);
    void updateCell(int index);
    void hover(int index);
    void tell(qint64 currentBefore);
    bool move(int key, bool extend);
    bool command(int key, Qt::KeyboardModifiers modifiers);
    void showTip(const QPoint &position, const QPoint &global);

    PictureShelf *m_shelf;
    CellPainter m_painter;
    GridGeometry m_cells;
    GridSelection m_selection;
    int m_hovered = -1;
    int m_pressed = -1;         ///< a cell that may become a drag
    bool m_chooseOnRelease = false;
    bool m_selectsAll = false;       ///< as soon as all are known
    QPoint m_pressedAt;
    qint64 m_anchor = 0;        ///< what stands at the upper edge while the list is replaced
    int m_anchorShift = 0;
    int m_place = -1;           ///< of the current picture before the list is replaced
};

} // namespace Galley
