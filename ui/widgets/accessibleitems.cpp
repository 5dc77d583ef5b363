#include "ui/widgets/accessibleitems.h"

namespace Galley {

void *AccessibleItem::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QRect AccessibleItem::rect() const
{
    if (!isValid())
        return {};
    const QRect local = place();
    return {surface()->mapToGlobal(local.topLeft()), local.size()};
}

QAccessible::State AccessibleItem::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.selectable = true;
    state.focusable = true;
    describe(&state);
    return state;
}

void AccessibleItem::doAction(const QString &action)
{
    if (isValid())
        act(action);
}

void notifyAccessibleItems(QWidget *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void notifyAccessibleFocus(QWidget *view, int index)
{
    if (!QAccessible::isActive() || index < 0 || !view->hasFocus())
        return;
    QAccessibleEvent focus(view, QAccessible::Focus);
    focus.setChild(index);
    QAccessible::updateAccessibility(&focus);
}

} // namespace Galley
