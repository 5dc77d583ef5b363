#include "ui/design/wordsfield.h"

#include "ui/widgets/theme.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace Galley {

WordsField::WordsField(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(5);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        updateGeometry();
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
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next())
        lines += std::max(1, block.lineCount());
    const int height = std::clamp(lines, 1, 6) * fontMetrics().lineSpacing() + 2 * int(document()->documentMargin()) + 2;
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
    updateGeometry(); // another width breaks the lines elsewhere
}

} // namespace Galley
