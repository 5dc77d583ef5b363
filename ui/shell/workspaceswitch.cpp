#include "ui/shell/workspaceswitch.h"

#include "ui/widgets/iconbutton.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>

namespace Galley {

namespace {

const auto workspaceKey = QStringLiteral("window/workspace");

} // namespace

WorkspaceSwitch::WorkspaceSwitch(QSettings *store, QWidget *parent)
    : QStackedWidget(parent)
    , m_store(store)
    , m_group(new QActionGroup(this))
    , m_words(new Segmented(tr("Workspace"), this))
{
    setObjectName(QStringLiteral("workspaces"));
    m_words->hide();
    connect(m_words, &Segmented::chosen, this, [this](int index) { switchTo(index); });
}

void WorkspaceSwitch::add(int number, const QString &name, const QString &text, const QString &help, QWidget *page, std::function<void()> focus)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)));
    action->setToolTip(help);
    m_group->addAction(action);
    connect(action, &QAction::triggered, this, [this, name] { choose(name); });
    addWidget(page);
    m_pages.append({name, action, std::move(focus), {}, {}, {}});
    m_words->addSegment(text, {}, withShortcut(help, action->shortcut()));
    if (m_pages.size() == 1)
        action->setChecked(true);
    m_words->setCurrentIndex(currentIndex());
}

void WorkspaceSwitch::setOwnActions(const QString &name, const QList<QAction *> &actions)
{
    QList<QPointer<QAction>> &own = m_pages[indexOf(name)].ownActions;
    for (QAction *action : actions)
        own.append(action);
    showOwn();
}

void WorkspaceSwitch::setOwnWidgets(const QString &name, const QList<QWidget *> &widgets)
{
    QList<QPointer<QWidget>> &own = m_pages[indexOf(name)].ownWidgets;
    for (QWidget *widget : widgets)
        own.append(widget);
    showOwn();
}

QList<QAction *> WorkspaceSwitch::switchActions() const
{
    return m_group->actions();
}

QToolBar *WorkspaceSwitch::makeToolBar(QWidget *window)
{
    auto *bar = new QToolBar(tr("Workspaces"), window);
    bar->setObjectName(QStringLiteral("workspaceToolBar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    auto *place = new QWidget(bar);
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(Theme::space1, 0, Theme::space3, 0);
    row->addWidget(m_words);
    m_words->show();
    bar->addWidget(place);
    bar->setVisible(m_pages.size() > 1);
    return bar;
}

QString WorkspaceSwitch::current() const
{
    return m_pages.at(currentIndex()).name;
}

void WorkspaceSwitch::choose(const QString &name)
{
    const int index = indexOf(name);
    if (index < 0)
        return;
    if (index == currentIndex())
        m_pages.at(index).focus();
    switchTo(index);
}

void WorkspaceSwitch::restore()
{
    const int index = indexOf(m_store->value(workspaceKey).toString());
    switchTo(qMax(0, index));
}

void WorkspaceSwitch::saveState() const
{
    m_store->setValue(workspaceKey, current());
}

int WorkspaceSwitch::indexOf(const QString &name) const
{
    for (int i = 0; i < m_pages.size(); ++i) {
        if (m_pages.at(i).name == name)
            return i;
    }
    return -1;
}

void WorkspaceSwitch::switchTo(int index)
{
    m_words->setCurrentIndex(index);
    m_pages.at(index).action->setChecked(true);
    if (index == currentIndex())
        return;
    QWidget *focus = QApplication::focusWidget();
    if (focus && currentWidget()->isAncestorOf(focus))
        m_pages[currentIndex()].lastFocus = focus;
    setCurrentIndex(index);
    showOwn();
    const QPointer<QWidget> &last = m_pages.at(index).lastFocus;
    if (last && last->isVisible())
        last->setFocus(Qt::OtherFocusReason);
    else
        m_pages.at(index).focus();
    Q_EMIT chosen(m_pages.at(index).name);
}

void WorkspaceSwitch::showOwn()
{
    for (int i = 0; i < m_pages.size(); ++i) {
        const bool shown = i == currentIndex();
        for (const QPointer<QAction> &action : std::as_const(m_pages.at(i).ownActions)) {
            if (action)
                action->setVisible(shown);
        }
        for (const QPointer<QWidget> &widget : std::as_const(m_pages.at(i).ownWidgets)) {
            if (widget)
                widget->setVisible(shown);
        }
    }
}

} // namespace Galley
