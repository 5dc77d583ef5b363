#include "ui/widgets/keptbutton.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/popups.h"

#include <QMenu>

namespace Galley {

namespace {

/// As a menu shows it: what people call things may have ampersands.
QString menuText(const QString &name)
{
    return QString(name).replace(u'&', QStringLiteral("&&"));
}

} // namespace

KeptButton::KeptButton(const Words &words, QWidget *parent)
    : QToolButton(parent)
    , m_words(words)
    , m_menu(new QMenu(words.title, this))
    , m_rename(new QMenu(tr("Rename"), this))
    , m_remove(new QMenu(tr("Remove"), this))
    , m_save(new QAction(themedIcon(QStringLiteral("save")), words.save, this))
{
    m_menu->setToolTipsVisible(true);
    m_menu->menuAction()->setIcon(themedIcon(QStringLiteral("bookmark_border")));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(words.title);
    setMenu(m_menu);
    m_rename->setIcon(themedIcon(QStringLiteral("edit")));
    m_remove->setIcon(themedIcon(QStringLiteral("delete")));
    connect(m_save, &QAction::triggered, this, &KeptButton::askForName);
    connect(m_menu, &QMenu::aboutToShow, this, &KeptButton::fill);
    setNames({}, -1);
    fill();
}

void KeptButton::setNames(const QStringList &names, int current)
{
    m_names = names;
    m_current = current;
    setIcon(themedIcon(current >= 0 ? QStringLiteral("bookmark") : QStringLiteral("bookmark_border")));
    setToolTip(current >= 0 ? m_words.current.arg(currentName()) : m_words.title);
}

/// When it is opened, not when the list changes: that may be because an action of it was chosen.
void KeptButton::fill()
{
    m_menu->clear();
    for (int i = 0; i < m_names.size(); ++i) {
        QAction *action = m_menu->addAction(menuText(m_names.at(i)));
        action->setCheckable(true);
        action->setChecked(i == m_current);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT chosen(i); });
    }
    m_menu->addSeparator();
    m_menu->addAction(m_save);
    m_menu->addMenu(m_rename);
    m_menu->addMenu(m_remove);
    fillSubmenu(m_rename, &KeptButton::askToRename);
    fillSubmenu(m_remove, &KeptButton::removeWanted);
}

void KeptButton::fillSubmenu(QMenu *menu, void (KeptButton::*run)(int))
{
    menu->clear();
    menu->setEnabled(!m_names.isEmpty());
    for (int i = 0; i < m_names.size(); ++i)
        connect(menu->addAction(menuText(m_names.at(i))), &QAction::triggered, this, [this, run, i] { (this->*run)(i); });
}

void KeptButton::ask(const QString &title, const QString &name, const QString &button, std::function<void(const QString &)> then)
{
    auto *popup = new NamePopup(title, name, button, this);
    connect(popup, &NamePopup::chosen, this, std::move(then));
    popUpBelow(popup, this);
}

void KeptButton::askForName()
{
    const QString name = m_current >= 0 ? currentName() : m_suggested;
    ask(m_words.saveAs, name, tr("Save"), [this](const QString &chosen) { Q_EMIT saveWanted(chosen); });
}

/// The list may have changed before the answer comes: it is about the name.
void KeptButton::askToRename(int index)
{
    ask(m_words.rename.arg(m_names.at(index)), m_names.at(index), tr("Rename"), [this, old = m_names.at(index)](const QString &chosen) {
        if (const auto at = m_names.indexOf(old); at >= 0 && chosen != old)
            Q_EMIT renameWanted(int(at), chosen);
    });
}

} // namespace Galley
