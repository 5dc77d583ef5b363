#pragma once

#include "ui/shell/commandpalette.h"

#include <QDialog>

namespace Galley {

/// Every shortcut, by menu, in one list that can be searched.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const QList<CommandPalette::Command> &commands, QWidget *parent = nullptr);
};

} // namespace Galley
