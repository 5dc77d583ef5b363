#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QAction;
class QSettings;
class QSplitter;

namespace Galley {

class Artboard;
class DraftFeed;
class DraftService;
class PreviewRing;
class SlotForm;
class StateChip;
class TemplateDocument;
struct Issue;

/// The Design workspace: tokens and slots on the left, the artboard with its state and the last previews in the middle, inspector
/// and compiled prompt on the right. Remembers its splitters. Owns the panels, which outlive nothing it was given.
class DesignWorkspace : public QWidget
{
    Q_OBJECT

public:
    DesignWorkspace(TemplateDocument *document, DraftService *draft, DraftFeed *feed, QSettings *store, QWidget *parent = nullptr);
    ~DesignWorkspace() override;

    Artboard *artboard() const { return m_artboard; }
    PreviewRing *ring() const { return m_ring; }
    QList<QAction *> panelActions() const;  ///< show and hide: left, right, previews
    QList<QAction *> extraActions() const;  ///< what panels offer besides the artboard's

    /// The next or previous panel gets the focus (F6).
    void focusNextPanel(bool forward);
    /// Selects the cause of \a issue and brings it into view.
    void jumpTo(const Issue &issue);
    /// Shows \a panel at the right of the artboard, with a handle between them.
    void addBesideArtboard(QWidget *panel, const QString &name);
    void saveState();

Q_SIGNALS:
    void message(const QString &sentence);
    void openRowsRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QAction *addToggle(const char *name, const QString &text, const QKeySequence &shortcut, QWidget *panel);
    void connectPanel(QWidget *panel, const QString &name);
    void restoreState();
    void placeChip();

    TemplateDocument *m_document;
    DraftService *m_draft;
    DraftFeed *m_feed;
    QSettings *m_store;
    Artboard *m_artboard;
    StateChip *m_chip;
    PreviewRing *m_ring;
    QSplitter *m_columns;
    QSplitter *m_stage;  ///< the artboard, and what is shown beside it
    QSplitter *m_leftSplitter = nullptr;
    QSplitter *m_rightSplitter = nullptr;
    QList<QAction *> m_toggles;
    QList<QAction *> m_extra;
    QList<QPointer<QWidget>> m_panels;  ///< in the order of F6
    SlotForm *m_slotForm = nullptr;
};

} // namespace Galley
