#pragma once

#include <QToolButton>

namespace Galley {

/// A square button with a glyph, a name for screen readers, and a tool tip that tells the shortcut.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    /// \a name is what it does, in words: accessible name and tool tip.
    IconButton(const QString &icon, const QString &name, QWidget *parent = nullptr);
    /// Follows \a action: icon, text, shortcut, enabled, checked.
    explicit IconButton(QAction *action, QWidget *parent = nullptr);

    void setThemedIcon(const QString &icon);
    /// Why it is disabled, or more about what it does; replaces the name in the tool tip.
    void setHelp(const QString &sentence);
};

/// "Undo (Ctrl+Z)" for tool tips.
QString withShortcut(const QString &text, const QKeySequence &shortcut);

} // namespace Galley
