#pragma once

#include <QStringList>
#include <QToolButton>

#include <functional>

class QMenu;

namespace Galley {

/// A button with a menu of what is kept by name: choose one, save what is on screen (under the name of one that exists: in its place), rename, remove.
/// Knows the names only.
class KeptButton : public QToolButton
{
    Q_OBJECT

public:
    struct Words
    {
        QString title;    ///< "Saved searches"
        QString current;  ///< "Saved searches; this one is “%1”"
        QString save;     ///< "Save This Search …"
        QString saveAs;   ///< "Save this search as"
        QString rename;   ///< "Rename the search “%1”"
    };
    explicit KeptButton(const Words &words, QWidget *parent = nullptr);

    QStringList names() const { return m_names; }
    QAction *saveAction() const { return m_save; }
    /// What the popup offers as a name when none was used yet.
    void suggest(const QString &name) { m_suggested = name; }
    void askForName();

Q_SIGNALS:
    void chosen(int index);
    void saveWanted(const QString &name);
    void renameWanted(int index, const QString &name);
    void removeWanted(int index);

protected:
    /// \a current: what is on screen; -1: none of them.
    void setNames(const QStringList &names, int current);
    QString currentName() const { return m_names.value(m_current); }

private:
    void fill();
    void askToRename(int index);
    void ask(const QString &title, const QString &name, const QString &button, std::function<void(const QString &)> then);
    void fillSubmenu(QMenu *menu, void (KeptButton::*run)(int));

    Words m_words;
    QMenu *m_menu;
    QMenu *m_rename;
    QMenu *m_remove;
    QAction *m_save;
    QStringList m_names;
    QString m_suggested;
    int m_current = -1;
};

} // namespace Galley
