#include "ui/compare/compareviewaccessible.h"

#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace Galley {

namespace {

/// One pane. Lives as long as the view's interface.
class PaneAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    PaneAccessible(CompareView *view, int pane)
        : m_view(view)
        , m_pane(pane)
    {}

    bool isValid() const override { return m_view && m_pane < m_view->places().panes(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessible::Role role() const override { return QAccessible::Graphic; }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QRect rect() const override
    {
        const QRect local = isValid() ? m_view->paneRect(m_pane) : QRect();
        return isValid() ? QRect(m_view->mapToGlobal(local.topLeft()), local.size()) : local;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.focusable = true;
        state.selected = m_pane == m_view->places().active();
        state.focused = state.selected && m_view->hasFocus();
        return state;
    }

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_view->paneSentence(m_pane) : QString();
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &) override
    {
        if (!isValid())
            return;
        m_view->setFocus();
        m_view->setActive(m_pane);
    }

private:
    QPointer<CompareView> m_view;
    int m_pane;
};

class CompareAccessible : public QAccessibleWidget
{
public:
    explicit CompareAccessible(CompareView *view)
        : QAccessibleWidget(view, QAccessible::Grouping)
    {}

    ~CompareAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return view()->set()->isEmpty() ? 0 : view()->places().panes(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.constFind(index);
        if (known != m_children.cend())
            return QAccessible::accessibleInterface(*known);
        auto *made = new PaneAccessible(view(), index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return view()->hasFocus() ? child(view()->places().active()) : QAccessibleWidget::focusChild();
    }

private:
    CompareView *view() const { return static_cast<CompareView *>(widget()); }

    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<CompareView *>(object);
    return view ? new CompareAccessible(view) : nullptr;
}

} // namespace

void installCompareAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void notifyAccessiblePanes(CompareView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent reordered(view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&reordered);
    if (!view->hasFocus() || view->set()->isEmpty())
        return;
    QAccessibleEvent focus(view, QAccessible::Focus);
    focus.setChild(view->places().active());
    QAccessible::updateAccessibility(&focus);
}

} // namespace Galley
