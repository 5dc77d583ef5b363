#pragma once

#include "ui/queue/modelnames.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace Galley {

class CanaryPanel;
class ChartPanel;
class Chip;
class DryRunPanel;
class ElidedLabel;
class FinalService;
class HealthPanel;
class HistoryPanel;
class MessageBar;
class RoutesActions;
class RoutingService;
class RulesDraft;
class RulesPanel;
class RuleTable;
class Segmented;
class TemplateDocument;

/// The Routes workspace: the rules as text and as a table, what they would do, canaries, health, charts and history. Owns everything about rules in the
/// window; MainWindow only places it. Whatever changes routing is asked in the line above, never in a box.
class RoutesWorkspace : public QWidget
{
    Q_OBJECT

public:
    struct Parts
    {
        RoutingService *routing = nullptr;
        FinalService *finals = nullptr;      ///< models, and the queue that renders again
        TemplateDocument *document = nullptr;
        QSettings *store = nullptr;
        ModelNames names = {};               ///< a copy of the window's, for the same hues
    };

    explicit RoutesWorkspace(const Parts &parts, QWidget *parent = nullptr);
    ~RoutesWorkspace() override;

    RulesDraft *draft() const { return m_draft; }
    RulesPanel *rules() const { return m_rules; }
    RuleTable *table() const { return m_table; }
    MessageBar *bar() const { return m_bar; }
    RoutesActions *actions() const { return m_actions; }
    CanaryPanel *canaries() const { return m_canaries; }
    HealthPanel *health() const { return m_health; }
    ChartPanel *charts() const { return m_charts; }
    DryRunPanel *dryRun() const { return m_dryRun; }
    HistoryPanel *history() const { return m_history; }
    void showDryRun();
    void showHistory();

    /// "Routes": every action of this workspace; choosing one asks for the workspace first.
    QMenu *menu() const { return m_menu; }
    /// Those that only make sense while it shows.
    QList<QAction *> ownActions() const;
    void takeFocus();
    void focusNextPanel(bool forward);
    /// Brings \a source ("routes.yaml") into view; false: it is none of these.
    bool jumpTo(const QString &source);
    /// Asks what becomes of text that is not in force, and calls \a then unless the window is to stay. False: there is nothing to ask.
    bool askBeforeClosing(std::function<void()> then);
    void saveState();
    /// Says trouble() of everything that is wrong now.
    void reportAll() { showPolicy(); }

Q_SIGNALS:
    void wanted();  ///< an action of the menu needs this workspace on screen
    void message(const QString &sentence);
    void trouble(const QString &source, const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeMenu();
    void layOut();
    QWidget *makeHeader();
    QWidget *makeSide();
    QAction *addAction(const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut, std::function<void()> run);
    void connectActions();
    void connectParts();
    void showPolicy();
    void showChecked();
    void showCanaries();
    void showSide(int index);
    void laterMetrics();
    void loadMetrics();
    void takeUnsaved();
    void keepUnsaved();

    Parts m_parts;
    ModelNames m_names;
    RulesDraft *m_draft;
    MessageBar *m_bar;
    RulesPanel *m_rules;
    RuleTable *m_table;
    RoutesActions *m_actions;
    DryRunPanel *m_dryRun;
    HistoryPanel *m_history;
    CanaryPanel *m_canaries;
    HealthPanel *m_health;
    ChartPanel *m_charts;
    Segmented *m_sides;
    QStackedWidget *m_side;
    Chip *m_revision;
    ElidedLabel *m_file;
    QMenu *m_menu;
    QTimer m_metricsTimer;
    QTimer m_keepTimer;
    bool m_isMeasuring = false;
    bool m_measureAgain = false;
    QList<QPointer<QWidget>> m_panels;  ///< in the order of F6
    bool m_forget = false;              ///< text that is not in force was given up
};

} // namespace Galley
