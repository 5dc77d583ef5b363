#include "ui/design/wordsfield.h"

#include "ui/widgets/theme.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace Galley {

namespace {

constexpr int mostLines = 6;

int shownLines(const QTextDocument *document)
{
    int lines = 0;
    for (QTextBlock block = document->firstBlock(); block.isValid(); block = block.next())
        lines += std::max(1, block.lineCount());
    return lines;
}

/// A bar only beyond what the field grows to: next to one line it would be noise.
void showBarWhenNeeded(QPlainTextEdit *edit)
{
    edit->setVerticalScrollBarPolicy(shownLines(edit->document()) > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

} // namespace

WordsField::WordsField(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(5);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        updateGeometry();
        showBarWhenNeeded(this);
        if (!m_silent)
            Q_EMIT edited(toPlainText());
    });
}

void WordsField::showText(const QString &text)
{
    if (text == toPlainText())
        return;
    m_silent = true;
    setPlainText(text);
    m_silent = false;
}

void WordsField::setMixed(bool mixed)
{
    setPlaceholderText(mixed ? tr("Several values") : QString());
}

QSize WordsField::sizeHint() const
{
    const int height = std::clamp(shownLines(document()), 1, mostLines) * fontMetrics().lineSpacing() + 2 * int(document()->documentMargin()) + 2;
    return {120, std::max(height, Theme::controlHeight)};
}

void WordsField::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT editFinished();
}

void WordsField::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    showBarWhenNeeded(this);
    updateGeometry(); // another width breaks the lines elsewhere
}

} // namespace Galley
