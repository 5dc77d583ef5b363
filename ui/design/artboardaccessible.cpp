#include "ui/design/artboardaccessible.h"

#include "core/service/draftservice.h"
#include "ui/design/artboard.h"
#include "ui/design/tokeneditor.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/accessibleitems.h"

#include <QAccessibleWidget>

namespace Galley {

namespace {

/// One token; one that is gone makes it invalid.
class TokenAccessible : public AccessibleItem
{
    Q_DECLARE_TR_FUNCTIONS(Galley::Artboard)

public:
    TokenAccessible(Artboard *artboard, QString id)
        : AccessibleItem(artboard)
        , m_artboard(artboard)
        , m_id(std::move(id))
    {}

    QAccessible::Role role() const override
    {
        return isValid() && token()->isTextRole() ? QAccessible::StaticText : QAccessible::Graphic;
    }

protected:
    bool exists() const override { return token() != nullptr; }
    QRect place() const override { return m_artboard->tokenRect(m_id).toAlignedRect(); }

    void describe(QAccessible::State *state) const override
    {
        const QStringList selection = m_artboard->document()->selection();
        state->multiSelectable = true;
        state->selected = selection.contains(m_id);
        state->focused = m_artboard->hasFocus() && !selection.isEmpty() && selection.last() == m_id;
        state->readOnly = token()->locked || m_artboard->document()->isReadOnly();
        state->offscreen = !m_artboard->view().viewport().intersects(m_artboard->tokenRect(m_id));
    }

    QString words(QAccessible::Text kind) const override
    {
        switch (kind) {
        case QAccessible::Name:
            return shown().isEmpty() ? tr("%1, %2").arg(m_id, roleLabel(token()->role))
                                     : tr("%1, %2: %3").arg(m_id, roleLabel(token()->role), shown());
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

    void act(const QString &action) override
    {
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
    QString shown() const
    {
        const ResolvedToken *resolved = m_artboard->draft()->draft().variant.findToken(m_id);
        if (!resolved)
            return {};
        return resolved->token.isTextRole() ? resolved->text.text : resolved->show.text;
    }

    Artboard *m_artboard;
    QString m_id;
};

class ArtboardAccessible : public QAccessibleWidget
{
public:
    explicit ArtboardAccessible(Artboard *artboard)
        : QAccessibleWidget(artboard, QAccessible::Canvas, artboard->accessibleName())
    {}

    int childCount() const override { return int(artboard()->tokenOrder().size()); }

    QAccessibleInterface *child(int index) const override
    {
        const QStringList order = artboard()->tokenOrder();
        if (index < 0 || index >= order.size())
            return nullptr;
        return m_tokens.item(order.at(index), [&] { return new TokenAccessible(artboard(), order.at(index)); });
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

    mutable AccessibleItems<QString> m_tokens;
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
    notifyAccessibleFocus(artboard, selected.isEmpty() ? -1 : int(artboard->tokenOrder().indexOf(selected.last())));
}

void notifyAccessibleTokens(Artboard *artboard)
{
    notifyAccessibleItems(artboard);
}

} // namespace Galley
