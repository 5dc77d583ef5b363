#include "ui/routes/ruleseditor.h"

#include "ui/routes/routestext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

namespace Galley {

namespace {

constexpr int tabWidth = 2;
constexpr int markSide = 14;
constexpr int tintAlpha = 28;

class Gutter : public QWidget
{
public:
    explicit Gutter(RulesEditor *editor)
        : QWidget(editor)
        , m_editor(editor)
    {}

    QSize sizeHint() const override { return {m_editor->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintGutter(event); }
    void mousePressEvent(QMouseEvent *event) override
    {
        const QTextCursor cursor = m_editor->cursorForPosition(QPoint(0, int(event->position().y())));
        m_editor->goToLine(cursor.blockNumber() + 1);
    }

private:
    RulesEditor *m_editor;
};

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(13);
    return font;
}

} // namespace

RulesEditor::RulesEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this))
{
    setObjectName(QStringLiteral("rulesEditor"));
    setAccessibleName(tr("Rules"));
    setAccessibleDescription(tr("Tab and Shift+Tab indent; F6 leaves the text."));
    setFont(codeFont());
    m_gutter->setFont(codeFont());
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(Theme::space1);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &area, int moved) {
        if (moved)
            m_gutter->scroll(0, moved);
        else
            m_gutter->update(0, area.y(), m_gutter->width(), area.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &RulesEditor::showMarks);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    setColors();
}

void RulesEditor::setFindings(const QList<Finding> &findings)
{
    QMap<int, Finding> marks;
    for (const Finding &finding : findings) {
        if (finding.line > 0 && (!marks.contains(finding.line) || finding.severity < marks.value(finding.line).severity))
            marks.insert(finding.line, finding);
    }
    if (marks == m_findings)
        return;
    m_findings = marks;
    showMarks();
    m_gutter->update();
}

void RulesEditor::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(qBound(1, line, blockCount()) - 1);
    QTextCursor cursor(block);
    // To where its text begins, not its indentation.
    const QString text = block.text();
    qsizetype column = 0;
    while (column < text.size() && text.at(column).isSpace())
        ++column;
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, int(column));
    setTextCursor(cursor);
    centerCursor();
    setFocus(Qt::OtherFocusReason);
}

int RulesEditor::currentLine() const
{
    return textCursor().blockNumber() + 1;
}

void RulesEditor::replaceText(const QString &text)
{
    const int line = currentLine();
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    QTextCursor place(document()->findBlockByNumber(qMin(line, blockCount()) - 1));
    setTextCursor(place);
}

bool RulesEditor::findWords(const QString &words, bool forward)
{
    if (words.isEmpty())
        return false;
    const QTextDocument::FindFlags flags = forward ? QTextDocument::FindFlags() : QTextDocument::FindBackward;
    if (find(words, flags))
        return true;
    const QTextCursor before = textCursor();
    moveCursor(forward ? QTextCursor::Start : QTextCursor::End);
    if (find(words, flags))
        return true;
    setTextCursor(before);
    return false;
}

int RulesEditor::gutterWidth() const
{
    const int digits = qMax(2, int(QString::number(blockCount()).size()));
    return Theme::space1 + markSide + Theme::space1 + digits * fontMetrics().horizontalAdvance(u'9') + Theme::space2;
}

void RulesEditor::paintGutter(QPaintEvent *event)
{
    const Theme theme = Theme::of(this);
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme.color(ThemeColor::Panel));
    const int current = currentLine();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        if (block.isVisible() && area.bottom() >= event->rect().top())
            paintNumber(painter, block.blockNumber() + 1, area.toAlignedRect(), block.blockNumber() + 1 == current);
    }
}

void RulesEditor::paintNumber(QPainter &painter, int line, const QRect &row, bool current) const
{
    const Theme theme = Theme::of(this);
    painter.setFont(font());
    painter.setPen(theme.color(current ? ThemeColor::Text : ThemeColor::Secondary));
    const QRect place(0, row.top(), m_gutter->width() - Theme::space2, fontMetrics().height());
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    const auto mark = m_findings.constFind(line);
    if (mark == m_findings.cend())
        return;
    const QRect glyph(Theme::space1, place.top() + (place.height() - markSide) / 2, markSide, markSide);
    paintIcon(painter, severityIcon(mark->severity), glyph, theme.color(severityTone(mark->severity)));
}

bool RulesEditor::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Finding *finding = findingAt(help->pos());
    if (finding)
        QToolTip::showText(help->globalPos(), findingText(*finding), this);
    else
        QToolTip::hideText();
    return true;
}

const Finding *RulesEditor::findingAt(const QPoint &position) const
{
    const QPoint inText = viewport()->mapFrom(this, position);
    const auto found = m_findings.constFind(cursorForPosition(inText).blockNumber() + 1);
    return found == m_findings.cend() ? nullptr : &*found;
}

void RulesEditor::keyPressEvent(QKeyEvent *event)
{
    if (isReadOnly()) {
        QPlainTextEdit::keyPressEvent(event);
    } else if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        indent(true);
    } else if (event->key() == Qt::Key_Backtab) {
        indent(false);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        breakLine();
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void RulesEditor::insertFromMimeData(const QMimeData *source)
{
    QString text = source->text();
    insertPlainText(text.replace(u'\t', QString(tabWidth, u' ')));
}

void RulesEditor::indent(bool in)
{
    QTextCursor cursor = textCursor();
    if (in && !cursor.hasSelection()) {
        cursor.insertText(QString(tabWidth - cursor.positionInBlock() % tabWidth, u' '));
        return;
    }
    const int last = document()->findBlock(cursor.selectionEnd()).blockNumber();
    QTextBlock block = document()->findBlock(cursor.selectionStart());
    cursor.beginEditBlock();
    for (; block.isValid() && block.blockNumber() <= last; block = block.next()) {
        QTextCursor edit(block);
        if (in) {
            edit.insertText(QString(tabWidth, u' '));
            continue;
        }
        for (int i = 0; i < tabWidth && block.text().startsWith(u' '); ++i)
            edit.deleteChar();
    }
    cursor.endEditBlock();
}

void RulesEditor::breakLine()
{
    QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    qsizetype spaces = 0;
    while (spaces < before.size() && before.at(spaces) == u' ')
        ++spaces;
    if (before.trimmed().endsWith(u':'))
        spaces += tabWidth;
    cursor.beginEditBlock();
    cursor.insertText(u'\n' + QString(spaces, u' '));
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

void RulesEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), gutterWidth(), area.height());
}

void RulesEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setColors();
}

void RulesEditor::setColors()
{
    showMarks();
    m_gutter->update();
}

void RulesEditor::showMarks()
{
    const Theme theme = Theme::of(this);
    QList<QTextEdit::ExtraSelection> marks;
    QTextEdit::ExtraSelection current;
    current.format.setBackground(theme.color(ThemeColor::Panel));
    current.format.setProperty(QTextFormat::FullWidthSelection, true);
    current.cursor = textCursor();
    current.cursor.clearSelection();
    marks << current;
    for (auto finding = m_findings.cbegin(); finding != m_findings.cend(); ++finding) {
        const QTextBlock block = document()->findBlockByNumber(finding.key() - 1);
        if (!block.isValid())
            continue;
        QColor tint = theme.color(severityTone(finding->severity));
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(block);
        line.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        line.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        line.format.setUnderlineColor(tint);
        marks << line;
        tint.setAlpha(tintAlpha);
        QTextEdit::ExtraSelection ground;
        ground.cursor = QTextCursor(block);
        ground.format.setBackground(tint);
        ground.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << ground;
    }
    setExtraSelections(marks);
}

} // namespace Galley
