#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Galley {

class FindBar;
class FindingList;
class MessageBar;
class RulesDraft;
class RulesEditor;
class RoutingService;
class YamlHighlighter;

/// The text of the rules with everything about it: what is wrong, what has changed elsewhere, and the line that asks for a note before it is put in
/// force.
class RulesPanel : public QWidget
{
    Q_OBJECT

public:
    RulesPanel(RulesDraft *draft, RoutingService *routing, QWidget *parent = nullptr);

    RulesEditor *editor() const { return m_editor; }
    QAction *applyAction() const { return m_apply; }
    QAction *findAction() const { return m_find; }
    QAction *problemAction() const { return m_problem; }
    QAction *discardAction() const { return m_discard; }

    /// Asks for the note; problems come first.
    void askToApply();
    void goToLine(int line);

Q_SIGNALS:
    void wanted();  ///< something is asked here: the panel has to be on screen
    void message(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    QWidget *makeNoteLine();
    void layOut();
    void showState();
    void showChecked();
    void showNotices();
    void showConflict();
    void nextProblem();
    void closeNote();

    RulesDraft *m_draft;
    RoutingService *m_routing;
    RulesEditor *m_editor;
    YamlHighlighter *m_highlighter;
    MessageBar *m_bar;
    FindBar *m_findBar;
    FindingList *m_findings;
    QLabel *m_state;
    QPushButton *m_applyButton;
    QWidget *m_noteLine = nullptr;
    QLineEdit *m_note = nullptr;
    QAction *m_apply = nullptr;
    QAction *m_find = nullptr;
    QAction *m_problem = nullptr;
    QAction *m_discard = nullptr;
    QString m_noticed;  ///< what the bar was last shown for: closed is closed until something else comes
};

} // namespace Galley
