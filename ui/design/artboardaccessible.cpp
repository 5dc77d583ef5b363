#include "ui/design/artboardaccessible.h"

#include "core/service/draftservice.h"
#include "ui/design/artboard.h"
#include "ui/design/tokeneditor.h"
#include "ui/document/templatedocument.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace Galley {

namespace {

/// One token. Lives as long as its artboard's interface; a token that is gone makes it invalid.
class TokenAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
    Q_DECLARE_TR_FUNCTIONS(Galley::Artboard)

public:
    TokenAccessible(Artboard *artboard, QString id)
        : m_artboard(artboard)
        , m_id(std::move(id))
    {}

    bool isValid() const override { return m_artboard && token(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_artboard ? m_artboard->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_artboard); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QAccessible::Role role() const override
    {
        return isValid() && token()->isTextRole() ? QAccessible::StaticText : QAccessible::Graphic;
    }

    QRect rect() const override
    {
        const QRect local = m_artboard->tokenRect(m_id).toAlignedRect();
        return QRect(m_artboard->mapToGlobal(local.topLeft()), local.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const QStringList selection = m_artboard->document()->selection();
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        state.selected = selection.contains(m_id);
        state.focused = m_artboard->hasFocus() && !selection.isEmpty() && selection.last() == m_id;
        state.readOnly = token()->locked || m_artboard->document()->isReadOnly();
        state.offscreen = !m_artboard->view().viewport().intersects(m_artboard->tokenRect(m_id));
        return state;
    }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return words().isEmpty() ? tr("%1, %2").arg(m_id, roleLabel(token()->role))
                                     : tr("%1, %2: %3").arg(m_id, roleLabel(token()->role), words());
        case QAccessible::Description:
            return (QStringList{m_artboard->tokenLabel(m_id)} + m_artboard->tokenNotes(m_id)).join(u'\n');
        case QAccessible::Value: {
            const QRectF box = token()->box.toRect(m_artboard->document()->value().canvas.size);
            return tr("x %1, y %2, %3 wide, %4 high")
                .arg(qRound(box.x()))
                .arg(qRound(box.y()))
                .arg(qRound(box.width()))
                .arg(qRound(box.height()));
        }
        default:
            return {};
        }
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) override
    {
        if (!isValid())
            return;
        if (action == setFocusAction()) {
            m_artboard->setFocus();
            m_artboard->document()->setSelection({m_id});
        } else if (action == pressAction()) {
            m_artboard->editToken(m_id);
        }
    }

private:
    const Token *token() const { return m_artboard->document()->value().findToken(m_id); }

    /// What the token says or shows in the row on screen.
    QString words() const
    {
        const ResolvedToken *resolved = m_artboard->draft()->draft().variant.findToken(m_id);
        if (!resolved)
            return {};
        return resolved->token.isTextRole() ? resolved->text.text : resolved->show.text;
    }

    QPointer<Artboard> m_artboard;
    QString m_id;
};

class ArtboardAccessible : public QAccessibleWidget
{
public:
    explicit ArtboardAccessible(Artboard *artboard)
        : QAccessibleWidget(artboard, QAccessible::Canvas, artboard->accessibleName())
    {}
    ~ArtboardAccessible() override
    {
        for (QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return int(artboard()->tokenOrder().size()); }

    QAccessibleInterface *child(int index) const override
    {
        const QStringList order = artboard()->tokenOrder();
        if (index < 0 || index >= order.size())
            return nullptr;
        const QString &token = order.at(index);
        if (const auto known = m_children.constFind(token); known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *made = new TokenAccessible(artboard(), token);
        m_children.insert(token, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const int count = childCount();
        for (int i = 0; i < count; ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = childCount() - 1; i >= 0; --i) {
            if (QAccessibleInterface *found = child(i); found->rect().contains(x, y))
                return found;
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        const QStringList selection = artboard()->document()->selection();
        if (!artboard()->hasFocus() || selection.isEmpty())
            return QAccessibleWidget::focusChild();
        return child(int(artboard()->tokenOrder().indexOf(selection.last())));
    }

private:
    Artboard *artboard() const { return static_cast<Artboard *>(widget()); }

    mutable QHash<QString, QAccessible::Id> m_children;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *artboard = qobject_cast<Artboard *>(object);
    return artboard ? new ArtboardAccessible(artboard) : nullptr;
}

} // namespace

void installArtboardAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void notifyAccessibleSelection(Artboard *artboard)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent selection(artboard, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&selection);
    const QStringList selected = artboard->document()->selection();
    const auto index = selected.isEmpty() ? -1 : artboard->tokenOrder().indexOf(selected.last());
    if (!artboard->hasFocus() || index < 0)
        return;
    QAccessibleEvent focus(artboard, QAccessible::Focus);
    focus.setChild(int(index));
    QAccessible::updateAccessibility(&focus);
}

void notifyAccessibleTokens(Artboard *artboard)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(artboard, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

} // namespace Galley
