#pragma once

#include "ui/design/artboardstate.h"

#include <QAction>
#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

namespace Galley {

class Artboard;

/// The commands of one artboard as QActions: what they do, their shortcuts, and whether they can be used now, with the reason in
/// the tool tip when they cannot. Owned by the artboard. Letters and editing shortcuts work while the artboard has the keyboard
/// (text fields keep theirs), zooming in the whole window.
class ArtboardActions : public QObject
{
    Q_OBJECT

public:
    ArtboardActions(Artboard *artboard, ArtboardState &state);

    QList<QAction *> tools() const { return m_tools; }
    QList<QAction *> edits() const { return m_edits; }
    QList<QAction *> arrangements() const { return m_arrangements; }
    QList<QAction *> views() const { return m_views; }

    /// Enabled states, check marks and tool tips.
    void refresh();

Q_SIGNALS:
    void message(const QString &sentence);
    void zoomToSelection();
    void optionsChanged();  ///< rulers, guides, snapping

private:
    struct Entry
    {
        QString tip;
        std::function<QString()> obstacle;  ///< a sentence why not; empty: it can be used
    };

    QAction *add(QList<QAction *> &list, const char *name, const QString &text, const QString &icon, const QString &tip,
                 const QList<QKeySequence> &shortcuts, std::function<void()> run, std::function<QString()> obstacle = {});
    void addTools();
    void addEdits();
    void addArrangements();
    void addViews();
    QAction *addOption(const char *name, const QString &text, const QString &icon, const QString &tip,
                       const QKeySequence &shortcut, bool ArtboardState::*option);
    QString needsSelection(int count = 1) const;
    QString needsEditable(int count = 1) const;
    void copy();
    void paste();

    Artboard *m_artboard;
    ArtboardState &m_state;
    QList<QAction *> m_tools;
    QList<QAction *> m_edits;
    QList<QAction *> m_arrangements;
    QList<QAction *> m_views;
    QHash<QAction *, Entry> m_entries;
};

} // namespace Galley
