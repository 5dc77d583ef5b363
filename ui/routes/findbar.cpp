#include "ui/routes/findbar.h"

#include "ui/routes/ruleseditor.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace Galley {

FindBar::FindBar(RulesEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_words(new QLineEdit(this))
    , m_result(new QLabel(this))
{
    auto *before = new IconButton(QStringLiteral("expand_less"), tr("Find Previous (Shift+Enter)"), this);
    auto *next = new IconButton(QStringLiteral("expand_more"), tr("Find Next (Enter)"), this);
    auto *leave = new IconButton(QStringLiteral("close"), tr("Close Find (Escape)"), this);
    m_words->setPlaceholderText(tr("Find in the rules"));
    m_words->setAccessibleName(tr("Find in the rules"));
    m_words->setClearButtonEnabled(false);
    m_result->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space1);
    row->addWidget(m_words, 1);
    row->addWidget(m_result);
    for (IconButton *button : {before, next, leave})
        row->addWidget(button);
    connect(m_words, &QLineEdit::textEdited, this, [this] {
        // From where the last hit begins, so that a longer word stays at its place.
        QTextCursor cursor = m_editor->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_editor->setTextCursor(cursor);
        findNext(true);
    });
    connect(before, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(next, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(leave, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::open()
{
    show();
    const QString selected = m_editor->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_words->setText(selected);
    m_words->selectAll();
    m_words->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::findNext(bool forward)
{
    const bool found = m_editor->findWords(m_words->text(), forward);
    m_result->setText(found || m_words->text().isEmpty() ? QString() : tr("not found"));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        findNext(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

void FindBar::close()
{
    hide();
    m_result->clear();
    m_editor->setFocus(Qt::OtherFocusReason);
}

} // namespace Galley
