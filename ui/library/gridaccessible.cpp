#include "ui/library/gridaccessible.h"

#include "ui/library/librarytext.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/widgets/accessibleitems.h"

#include <QAccessibleWidget>

namespace Galley {

namespace {

/// One cell, by its place: another list puts another picture there.
class CellAccessible : public AccessibleItem
{
public:
    CellAccessible(PictureGrid *grid, int index)
        : AccessibleItem(grid)
        , m_grid(grid)
        , m_index(index)
    {}

    int index() const { return m_index; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

protected:
    bool exists() const override { return m_index < m_grid->shelf()->count(); }
    QRect place() const override { return m_grid->cellRect(m_index); }
    QWidget *surface() const override { return m_grid->viewport(); }

    void describe(QAccessible::State *state) const override
    {
        state->multiSelectable = true;
        state->selected = m_grid->isSelected(m_index);
        state->focused = m_grid->hasFocus() && m_grid->currentIndex() == m_index;
        state->offscreen = !m_grid->viewport()->rect().intersects(m_grid->cellRect(m_index));
    }

    QString words(QAccessible::Text kind) const override
    {
        const LibraryCard *card = m_grid->shelf()->card(m_grid->shelf()->ids().at(m_index));
        if (kind == QAccessible::Name)
            return card ? cardText(*card, m_grid->names()) : PictureGrid::tr("Picture %1 of %2").arg(m_index + 1).arg(m_grid->shelf()->count());
        return kind == QAccessible::Description && card ? wayText(*card, m_grid->names()) : QString();
    }

    void act(const QString &action) override
    {
        m_grid->setFocus();
        m_grid->setCurrentIndex(m_index);
        if (action == pressAction())
            Q_EMIT m_grid->opened();
    }

private:
    PictureGrid *m_grid;
    int m_index;
};

class GridAccessible : public QAccessibleWidget
{
public:
    explicit GridAccessible(PictureGrid *grid)
        : QAccessibleWidget(grid, QAccessible::List, grid->accessibleName())
    {}

    int childCount() const override { return grid()->shelf()->count(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return m_cells.item(index, [&] { return new CellAccessible(grid(), index); });
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *cell = dynamic_cast<const CellAccessible *>(child);
        return cell ? cell->index() : -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint local = grid()->viewport()->mapFromGlobal(QPoint(x, y));
        const GridGeometry &cells = grid()->geometryOfCells();
        return child(cells.indexAt(local + QPoint(0, grid()->contentTop())));
    }

    QAccessibleInterface *focusChild() const override { return grid()->hasFocus() ? child(grid()->currentIndex()) : nullptr; }

private:
    PictureGrid *grid() const { return static_cast<PictureGrid *>(widget()); }

    mutable AccessibleItems<int> m_cells;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *grid = qobject_cast<PictureGrid *>(object);
    return grid ? new GridAccessible(grid) : nullptr;
}

} // namespace

void installGridAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void notifyAccessibleCurrent(PictureGrid *grid)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent selection(grid, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&selection);
    notifyAccessibleFocus(grid, grid->currentIndex());
}

void notifyAccessibleList(PictureGrid *grid)
{
    notifyAccessibleItems(grid);
}

} // namespace Galley
