#include "ui/widgets/iconbutton.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QAction>

namespace Galley {

namespace {

QString plain(QString text)
{
    return text.remove(u'&').remove(QStringLiteral("…"));
}

void prepare(QToolButton *button)
{
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize({Theme::iconSize, Theme::iconSize});
    button->setMinimumSize(Theme::controlHeight, Theme::controlHeight);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

} // namespace

IconButton::IconButton(const QString &icon, const QString &name, QWidget *parent)
    : QToolButton(parent)
{
    prepare(this);
    setThemedIcon(icon);
    setText(name);
    setAccessibleName(name);
    setToolTip(name);
}

IconButton::IconButton(QAction *action, QWidget *parent)
    : QToolButton(parent)
{
    prepare(this);
    setDefaultAction(action);
    const auto follow = [this, action] {
        setAccessibleName(plain(action->text()));
        setAccessibleDescription(action->statusTip());
        const bool ownTip = action->toolTip() != plain(action->text());
        setToolTip(ownTip ? action->toolTip() : withShortcut(plain(action->text()), action->shortcut()));
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void IconButton::setThemedIcon(const QString &icon)
{
    setIcon(themedIcon(icon));
}

void IconButton::setHelp(const QString &sentence)
{
    setToolTip(sentence.isEmpty() ? accessibleName() : sentence);
    setAccessibleDescription(sentence);
}

QString withShortcut(const QString &text, const QKeySequence &shortcut)
{
    if (shortcut.isEmpty())
        return text;
    return QStringLiteral("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText));
}

} // namespace Galley
