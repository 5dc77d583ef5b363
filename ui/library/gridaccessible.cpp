#include "ui/library/gridaccessible.h"

#include "ui/library/librarytext.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace Galley {

namespace {

/// One cell, by its place: another list puts another picture there.
class CellAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    CellAccessible(PictureGrid *grid, int index)
        : m_grid(grid)
        , m_index(index)
    {}

    int index() const { return m_index; }
    bool isValid() const override { return m_grid && m_index < m_grid->shelf()->count(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_grid ? m_grid->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_grid); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_grid->cellRect(m_index);
        return {m_grid->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        state.selected = m_grid->isSelected(m_index);
        state.focused = m_grid->hasFocus() && m_grid->currentIndex() == m_index;
        state.offscreen = !m_grid->viewport()->rect().intersects(m_grid->cellRect(m_index));
        return state;
    }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const LibraryCard *card = m_grid->shelf()->card(m_grid->shelf()->ids().at(m_index));
        if (kind == QAccessible::Name)
            return card ? cardText(*card, m_grid->names()) : PictureGrid::tr("Picture %1 of %2").arg(m_index + 1).arg(m_grid->shelf()->count());
        return kind == QAccessible::Description && card ? wayText(*card, m_grid->names()) : QString();
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) override
    {
        if (!isValid())
            return;
        m_grid->setFocus();
        m_grid->setCurrentIndex(m_index);
        if (action == pressAction())
            Q_EMIT m_grid->opened();
    }

private:
    QPointer<PictureGrid> m_grid;
    int m_index;
};

class GridAccessible : public QAccessibleWidget
{
public:
    explicit GridAccessible(PictureGrid *grid)
        : QAccessibleWidget(grid, QAccessible::List, grid->accessibleName())
    {}
    ~GridAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return grid()->shelf()->count(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (const auto known = m_children.constFind(index); known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *made = new CellAccessible(grid(), index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
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

    mutable QHash<int, QAccessible::Id> m_children;
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
    const int index = grid->currentIndex();
    if (!grid->hasFocus() || index < 0)
        return;
    QAccessibleEvent focus(grid, QAccessible::Focus);
    focus.setChild(index);
    QAccessible::updateAccessibility(&focus);
}

void notifyAccessibleList(PictureGrid *grid)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(grid, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

} // namespace Galley
