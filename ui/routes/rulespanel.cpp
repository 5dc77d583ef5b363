#include "ui/routes/rulespanel.h"

#include "core/service/routingservice.h"
#include "ui/routes/findbar.h"
#include "ui/routes/findinglist.h"
#include "ui/routes/routestext.h"
#include "ui/routes/rulesdraft.h"
#include "ui/routes/ruleseditor.h"
#include "ui/routes/yamlhighlighter.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

const auto conflict = QStringLiteral("conflict");

} // namespace

RulesPanel::RulesPanel(RulesDraft *draft, RoutingService *routing, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_routing(routing)
    , m_editor(new RulesEditor(this))
    , m_highlighter(new YamlHighlighter(m_editor->document()))
    , m_bar(new MessageBar(this))
    , m_findBar(new FindBar(m_editor, this))
    , m_findings(new FindingList(this))
    , m_state(new QLabel(this))
    , m_applyButton(new QPushButton(tr("Put in Force …"), this))
{
    makeActions();
    layOut();
    m_highlighter->setLook(this);
    m_editor->setPlainText(draft->text());
    m_editor->installEventFilter(this);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] { m_draft->setText(m_editor->toPlainText()); });
    connect(m_findings, &FindingList::lineWanted, this, &RulesPanel::goToLine);
    connect(draft, &RulesDraft::textReplaced, this, [this] {
        if (m_editor->toPlainText() != m_draft->text())
            m_editor->replaceText(m_draft->text());
    });
    connect(draft, &RulesDraft::checked, this, &RulesPanel::showChecked);
    connect(draft, &RulesDraft::stateChanged, this, &RulesPanel::showState);
    connect(draft, &RulesDraft::applied, this, [this](qint64 revision) {
        closeNote();
        m_note->clear();
        Q_EMIT message(tr("Revision %1 of the rules is in force.").arg(revision));
    });
    connect(draft, &RulesDraft::refused, this, [this](const Error &error) {
        if (m_draft->isOvertaken()) {
            showConflict();
            return;
        }
        m_bar->showMessage(MessageBar::Kind::Error, error.message);
    });
    connect(routing, &RoutingService::policyChanged, this, &RulesPanel::showNotices);
    showState();
    showNotices();
}

void RulesPanel::makeActions()
{
    m_apply = new QAction(themedIcon(QStringLiteral("publish")), tr("Put the Rules in Force …"), this);
    m_apply->setObjectName(QStringLiteral("applyRules"));
    connect(m_apply, &QAction::triggered, this, &RulesPanel::askToApply);
    m_find = new QAction(themedIcon(QStringLiteral("search")), tr("Find in the Rules"), this);
    m_find->setObjectName(QStringLiteral("findInRules"));
    m_find->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    connect(m_find, &QAction::triggered, m_findBar, &FindBar::open);
    m_problem = new QAction(themedIcon(QStringLiteral("error")), tr("Next Problem"), this);
    m_problem->setObjectName(QStringLiteral("nextProblem"));
    m_problem->setShortcut(QKeySequence(Qt::Key_F8));
    connect(m_problem, &QAction::triggered, this, &RulesPanel::nextProblem);
    m_discard = new QAction(themedIcon(QStringLiteral("restore")), tr("Discard the Changes to the Rules"), this);
    m_discard->setObjectName(QStringLiteral("discardRules"));
    m_discard->setToolTip(tr("Show the file as it is; Ctrl+Z brings your text back"));
    connect(m_discard, &QAction::triggered, this, [this] {
        closeNote();
        m_draft->discard();
        Q_EMIT message(tr("The changes to the rules are discarded. Ctrl+Z brings them back."));
    });
}

void RulesPanel::layOut()
{
    auto *header = new SectionHeader(tr("Rules"), this);
    for (QAction *action : {m_find, m_discard})
        header->addWidget(new IconButton(action, header));
    m_applyButton->setObjectName(QStringLiteral("applyButton"));
    m_applyButton->setAutoDefault(false);
    m_applyButton->setDefault(true);
    m_applyButton->setAccessibleName(m_apply->text());
    connect(m_applyButton, &QPushButton::clicked, m_apply, &QAction::trigger);
    header->addWidget(m_applyButton);
    m_state->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    m_state->setFont(Theme::secondaryFont());
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_bar);
    layout->addWidget(makeNoteLine());
    layout->addWidget(m_findBar);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_findings);
}

QWidget *RulesPanel::makeNoteLine()
{
    m_noteLine = new QWidget(this);
    m_note = new QLineEdit(m_noteLine);
    m_note->setObjectName(QStringLiteral("applyNote"));
    m_note->setPlaceholderText(tr("What has changed, and why?"));
    m_note->setAccessibleName(tr("Note for the history of the rules: what has changed, and why?"));
    m_note->setMaxLength(500);
    m_note->installEventFilter(this);
    auto *go = new QPushButton(tr("Put in Force"), m_noteLine);
    auto *leave = new QPushButton(tr("Cancel"), m_noteLine);
    auto *row = new QHBoxLayout(m_noteLine);
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space2);
    row->addWidget(m_note, 1);
    const auto apply = [this] { m_draft->apply(m_note->text().trimmed()); };
    for (QPushButton *button : {go, leave}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(go, &QPushButton::clicked, this, apply);
    connect(m_note, &QLineEdit::returnPressed, this, apply);
    connect(leave, &QPushButton::clicked, this, &RulesPanel::closeNote);
    m_noteLine->hide();
    return m_noteLine;
}

void RulesPanel::askToApply()
{
    Q_EMIT wanted();
    if (m_draft->isOvertaken()) {
        showConflict();
        return;
    }
    if (!m_draft->isModified()) {
        Q_EMIT message(tr("Nothing has changed: these rules are in force as revision %1.").arg(m_routing->revision()));
        return;
    }
    if (m_draft->isChecked() && m_draft->policy().hasErrors()) {
        nextProblem();
        Q_EMIT message(tr("The rules cannot be put in force with errors: correct the marked lines first."));
        return;
    }
    m_findBar->hide();
    m_noteLine->show();
    m_note->setFocus(Qt::OtherFocusReason);
    m_note->selectAll();
}

void RulesPanel::goToLine(int line)
{
    m_editor->goToLine(line);
}

void RulesPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setLook(this);
}

/// Ctrl+S is the template's in the window; while the text (or its note) has the focus it is this text's.
bool RulesPanel::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    auto *key = isKey ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && key->matches(QKeySequence::Save)) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            m_noteLine->isVisible() ? m_draft->apply(m_note->text().trimmed()) : askToApply();
        return true;
    }
    if (key && watched == m_note && key->key() == Qt::Key_Escape && event->type() == QEvent::KeyPress) {
        closeNote();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RulesPanel::closeNote()
{
    if (!m_noteLine->isVisible())
        return;
    m_noteLine->hide();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void RulesPanel::nextProblem()
{
    QList<int> lines;
    for (const Finding &finding : m_draft->policy().findings) {
        if (finding.line > 0)
            lines << finding.line;
    }
    if (lines.isEmpty())
        return;
    std::sort(lines.begin(), lines.end());
    const auto next = std::upper_bound(lines.cbegin(), lines.cend(), m_editor->currentLine());
    goToLine(next == lines.cend() ? lines.first() : *next);
}

void RulesPanel::showState()
{
    const bool changed = m_draft->isModified();
    const bool editable = m_routing->isEditable();
    m_editor->setReadOnly(!editable);
    m_apply->setEnabled(editable && changed && !m_draft->isApplying());
    m_applyButton->setEnabled(m_apply->isEnabled());
    m_applyButton->setToolTip(!editable ? tr("The rules come from %1: change them there.").arg(m_routing->file())
                              : changed ? tr("Check the text and make it the rules in force (Ctrl+S)")
                                      : tr("Nothing has changed: these rules are in force."));
    m_discard->setEnabled(changed && !m_draft->isApplying());
    const bool said = m_noticed == conflict;
    if (m_draft->isOvertaken() && !said) {
        showConflict();
    } else if (!m_draft->isOvertaken() && said) {
        m_noticed.clear();
        m_bar->dismiss();
        showNotices();
    }
    showChecked();
}

void RulesPanel::showChecked()
{
    const QList<Finding> &findings = m_draft->policy().findings;
    if (m_draft->isChecked()) {
        m_editor->setFindings(findings);
        m_findings->setFindings(findings);
    }
    m_problem->setEnabled(!findings.isEmpty());
    const auto errors = std::count_if(findings.cbegin(), findings.cend(), [](const Finding &each) { return each.severity == Severity::Error; });
    QStringList words;
    words << (m_draft->isModified()              ? tr("changed, not in force")
              : !m_routing->problem().isEmpty() ? tr("saved, not in force")
              : m_routing->revision() > 0 ? tr("in force") : tr("built-in defaults in force"));
    if (!m_draft->isChecked())
        words << tr("checking …");
    else if (errors > 0)
        words << tr("%n errors", nullptr, int(errors));
    else
        words << tr("no errors") << tr("%n rules", nullptr, int(m_draft->policy().rules.size()));
    m_state->setText(words.join(QStringLiteral(" · ")));
}

void RulesPanel::showNotices()
{
    showChecked();
    if (m_draft->isOvertaken())
        return;
    const QString problem = m_routing->problem();
    if (problem == m_noticed)
        return;
    m_noticed = problem;
    if (problem.isEmpty()) {
        m_bar->dismiss();
        return;
    }
    m_bar->showMessage(MessageBar::Kind::Warning, problem);
    m_bar->addButton(tr("Show the Problem"), [this] { nextProblem(); });
}

void RulesPanel::showConflict()
{
    m_noticed = conflict;
    closeNote();
    const qint64 revision = m_routing->revision();
    m_bar->showMessage(MessageBar::Kind::Warning,
                       revision != m_draft->basedOn()
                           ? tr("Revision %1 came in force while you edited revision %2. Yours is only put in force once you have chosen.")
                                 .arg(revision)
                                 .arg(m_draft->basedOn())
                           : tr("The file has changed on disk while you edited it. Yours is only put in force once you have chosen."));
    m_bar->addButton(tr("Show Theirs"), [this] {
        m_draft->takeTheirs();
        Q_EMIT message(tr("Shown as it is now. Ctrl+Z brings your text back."));
    });
    m_bar->addButton(tr("Keep Mine"), [this] { m_draft->keepMine(); });
}

} // namespace Galley
