#include "ui/shell/shortcutsdialog.h"

#include "ui/widgets/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Galley {

ShortcutsDialog::ShortcutsDialog(const QList<CommandPalette::Command> &commands, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    layout->setSpacing(Theme::space2);
    auto *search = new QLineEdit(this);
    search->setPlaceholderText(tr("Search"));
    search->setAccessibleName(tr("Search for a shortcut"));
    search->setClearButtonEnabled(true);
    auto *list = new QTreeWidget(this);
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({tr("Command"), tr("Menu"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setMinimumSize(560, 420);
    for (const CommandPalette::Command &command : commands) {
        if (!command.action || command.action->shortcut().isEmpty())
            continue;
        QStringList keys;
        for (const QKeySequence &key : command.action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        new QTreeWidgetItem(list, {QString(command.action->text()).remove(u'&'), command.place, keys.join(QStringLiteral(", "))});
    }
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    list->resizeColumnToContents(1);
    list->resizeColumnToContents(2);
    layout->addWidget(search);
    layout->addWidget(list, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(search, &QLineEdit::textChanged, list, [list](const QString &typed) {
        for (int i = 0; i < list->topLevelItemCount(); ++i) {
            QTreeWidgetItem *item = list->topLevelItem(i);
            const QString all = item->text(0) + u' ' + item->text(1) + u' ' + item->text(2);
            item->setHidden(!all.contains(typed, Qt::CaseInsensitive));
        }
    });
}

} // namespace Galley
