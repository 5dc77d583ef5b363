#pragma once

#include "core/review/drift.h"
#include "ui/compare/compareset.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QPlainTextEdit;
class QSettings;
class QSlider;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace Galley {

class CompareActions;
class CompareView;
class ElidedLabel;
class EmptyState;
class FinalService;
class MessageBar;
class ParameterView;
class PreferenceList;
class ProgressLine;
class SavedComparisons;
class SectionHeader;
class Segmented;
class SheetExport;

/// The Compare workspace: pictures side by side or over one another, what differs between them, what people decided, and which models they preferred. Owns
/// everything about comparing in the window; MainWindow only places it. Loads no picture before it is shown for the first time. GUI thread; the library outlives it.
class CompareWorkspace : public QWidget
{
    Q_OBJECT

public:
    struct Parts
    {
        LibraryService *library = nullptr;
        QSettings *store = nullptr;
        FinalService *finals = nullptr;  ///< may be null: then models are called by their ids
        ModelNames names = {};           ///< a copy of the window's, for the same hues
    };

    explicit CompareWorkspace(const Parts &parts, QWidget *parent = nullptr);
    ~CompareWorkspace() override;

    /// Shows the pictures \a ids of the library, and asks for the workspace (wanted()).
    void open(const QList<qint64> &ids);
    /// The draft beside pictures of the library; drafts come first.
    void open(const QList<CompareGuest> &drafts, const QList<qint64> &ids);
    /// One that was kept, looked at as then; says what is missing in it.
    void open(const ComparisonSet &comparison);

    /// How far the picture \a final is from the draft beside it: said, and drawn over it until other pictures are opened. Nobody sees it while blind.
    void showDrift(qint64 final, const Drift &drift);

    CompareSet *set() const { return m_set; }
    CompareView *view() const { return m_view; }
    CompareActions *actions() const { return m_actions; }
    ParameterView *parameters() const { return m_parameters; }
    PreferenceList *preferences() const { return m_preferences; }
    SavedComparisons *saved() const { return m_saved; }
    SheetExport *sheets() const { return m_export; }
    QPlainTextEdit *note() const { return m_note; }
    MessageBar *bar() const { return m_bar; }

    QMenu *menu() const;
    QList<QAction *> ownActions() const;
    /// What the empty workspace offers: choosing in the Library, comparing the draft with its final.
    void addEmptyAction(QAction *action);
    void takeFocus();
    void focusNextPanel(bool forward);
    void saveState();

Q_SIGNALS:
    void wanted();
    void message(const QString &sentence);
    /// What message() said is true no longer.
    void messageOver(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void layOut();
    QWidget *makeHeader();
    QWidget *makeTools();
    QWidget *makeSide();
    void connectParts();
    void showNames();
    void showSet();
    void showMode();
    void showFacts();
    void showNote();
    void showAmount();
    void takeNote();
    void showMeasured();
    void takeAmount(int value);
    void say(const QString &sentence, int place = -1);
    void unsay();
    void setBlind(bool blind);
    void loadPreferences();
    bool hasPicks() const;
    void reportReveal(const QList<QPair<qint64, qint64>> &picks, bool isPicked);
    void drawDrift();
    void restoreLast();
    void begin(const QList<CompareGuest> &drafts, const QList<qint64> &ids, const std::optional<ComparisonSet> &kept);
    void makeKeeping();
    Json keptView() const;
    void showKept(const ComparisonSet &comparison);

    Parts m_parts;
    CompareSet *m_set;
    CompareView *m_view;
    CompareActions *m_actions;
    MessageBar *m_bar;
    ProgressLine *m_progress;
    SheetExport *m_export;
    SavedComparisons *m_saved;
    QAction *m_openSaved;       ///< of the empty workspace
    ParameterView *m_parameters;
    PreferenceList *m_preferences;
    SectionHeader *m_noteTitle;
    QPlainTextEdit *m_note;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Segmented *m_layouts;
    Segmented *m_modes;
    QWidget *m_tools = nullptr;
    QLabel *m_amountName = nullptr;
    QSlider *m_amount = nullptr;
    QLabel *m_amountValue = nullptr;
    QToolButton *m_turn = nullptr;
    QToolButton *m_auto = nullptr;
    ElidedLabel *m_measured = nullptr;
    QToolButton *m_limits = nullptr;  ///< what m_measured can tell
    QToolButton *m_zoom = nullptr;
    ElidedLabel *m_facts;
    QSplitter *m_body;
    QTimer m_noteTimer;
    qint64 m_noteOf = 0;
    qint64 m_drifted = 0;  ///< the picture that m_drift is of; 0: none
    Drift m_drift;
    bool m_isDriftSaid = false;
    QString m_said;        ///< by message(), as long as it is of how things are
    int m_saidOf = -1;     ///< the place that it is true of; -1: of all of them
    std::optional<ComparisonSet> m_kept;  ///< that is being opened
    bool m_hasBegun = false;  ///< something was opened, or what was compared last
    QList<QPointer<QWidget>> m_panels;
};

} // namespace Galley
