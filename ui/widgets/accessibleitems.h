#pragma once

#include <QAccessible>
#include <QHash>
#include <QPointer>
#include <QWidget>

namespace Galley {

/// One thing that a view paints without a widget of its own, for screen readers: a pane, a cell, a token. Lives as long as the view's interface
/// (AccessibleItems); what it stands for may be gone sooner, then it is invalid. GUI thread.
class AccessibleItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    explicit AccessibleItem(QWidget *view)
        : m_view(view)
    {}

    bool isValid() const final { return m_view && exists(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    void *interface_cast(QAccessible::InterfaceType type) override;
    QRect rect() const final;
    QAccessible::State state() const final;
    QString text(QAccessible::Text kind) const final { return isValid() ? words(kind) : QString(); }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) final;

protected:
    // All but exists() are asked only while it does.
    virtual bool exists() const = 0;
    virtual QRect place() const = 0;               ///< in the coordinates of surface()
    virtual QWidget *surface() const { return m_view; }
    virtual void describe(QAccessible::State *state) const = 0;  ///< besides selectable and focusable
    virtual QString words(QAccessible::Text kind) const = 0;
    virtual void act(const QString &action) = 0;

private:
    QPointer<QWidget> m_view;
};

/// The items of one view, made when somebody asks for them. \a Key: what an item stands for.
template<typename Key>
class AccessibleItems
{
public:
    AccessibleItems() = default;
    AccessibleItems(const AccessibleItems &) = delete;
    AccessibleItems &operator=(const AccessibleItems &) = delete;
    ~AccessibleItems()
    {
        for (const QAccessible::Id id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
    }

    /// \a make returns a new AccessibleItem.
    template<typename Make>
    QAccessibleInterface *item(const Key &key, Make make)
    {
        if (const auto known = m_ids.constFind(key); known != m_ids.constEnd())
            return QAccessible::accessibleInterface(*known);
        QAccessibleInterface *made = make();
        m_ids.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

private:
    QHash<Key, QAccessible::Id> m_ids;
};

/// The items of \a view are others now, or in another order.
void notifyAccessibleItems(QWidget *view);
/// The item \a index of \a view is the current one; said only while the view has the focus. -1: none.
void notifyAccessibleFocus(QWidget *view, int index);

} // namespace Galley
