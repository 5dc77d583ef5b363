#include "ui/compare/compareviewaccessible.h"

#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/widgets/accessibleitems.h"

#include <QAccessibleWidget>

namespace Galley {

namespace {

class PaneAccessible : public AccessibleItem
{
public:
    PaneAccessible(CompareView *view, int pane)
        : AccessibleItem(view)
        , m_compare(view)
        , m_pane(pane)
    {}

    QAccessible::Role role() const override { return QAccessible::Graphic; }

protected:
    bool exists() const override { return m_pane < m_compare->places().panes(); }
    QRect place() const override { return m_compare->paneRect(m_pane); }
    void describe(QAccessible::State *state) const override
    {
        state->selected = m_pane == m_compare->places().active();
        state->focused = state->selected && m_compare->hasFocus();
    }
    QString words(QAccessible::Text kind) const override { return kind == QAccessible::Name ? m_compare->paneSentence(m_pane) : QString(); }
    void act(const QString &) override
    {
        m_compare->setFocus();
        m_compare->setActive(m_pane);
    }

private:
    CompareView *m_compare;
    int m_pane;
};

class CompareAccessible : public QAccessibleWidget
{
public:
    explicit CompareAccessible(CompareView *view)
        : QAccessibleWidget(view, QAccessible::Grouping)
    {}

    int childCount() const override { return view()->set()->isEmpty() ? 0 : view()->places().panes(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return m_panes.item(index, [&] { return new PaneAccessible(view(), index); });
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

    mutable AccessibleItems<int> m_panes;
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
    notifyAccessibleItems(view);
    notifyAccessibleFocus(view, view->set()->isEmpty() ? -1 : view->places().active());
}

} // namespace Galley
