#include "ui/design/promptview.h"

#include "core/prompt/promptcompiler.h"
#include "ui/widgets/difference.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Galley {

PromptView::PromptView(TemplateDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_dialect(new QComboBox(this))
    , m_difference(new IconButton(QStringLiteral("difference"), tr("Show what the last edit changed"), this))
    , m_view(new QPlainTextEdit(this))
    , m_warnings(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new SectionHeader(tr("Compiled prompt"), this);
    m_difference->setCheckable(true);
    auto *copy = new IconButton(QStringLiteral("content_copy"), tr("Copy the prompt"), this);
    header->addWidget(m_difference);
    header->addWidget(copy);
    layout->addWidget(header);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space2);
    m_dialect->setAccessibleName(tr("Dialect"));
    for (const Dialect dialect : allDialects())
        m_dialect->addItem(dialectName(dialect), int(dialect));
    m_dialect->setCurrentIndex(m_dialect->findData(int(Dialect::Prose)));
    row->addWidget(m_dialect, 1);
    layout->addLayout(row);
    m_view->setReadOnly(true);
    m_view->setAccessibleName(tr("Compiled prompt"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_view->document()->setDocumentMargin(Theme::space3);
    layout->addWidget(m_view, 1);
    m_warnings->setWordWrap(true);
    m_warnings->setFont(Theme::secondaryFont());
    m_warnings->setContentsMargins(Theme::space3, Theme::space1, Theme::space2, Theme::space2);
    layout->addWidget(m_warnings);
    connect(m_dialect, &QComboBox::activated, this, [this] {
        m_step = -1; // another dialect is no edit: there is nothing to compare with
        compile();
    });
    connect(m_difference, &QToolButton::toggled, this, &PromptView::show);
    connect(copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_text); });
    connect(document, &TemplateDocument::changed, this, &PromptView::compile);
    connect(document, &TemplateDocument::currentRowChanged, this, &PromptView::compile);
    connect(document, &TemplateDocument::replaced, this, [this] {
        m_step = -1;
        compile();
    });
    compile();
}

void PromptView::compile()
{
    const Result<Variant> variant = resolve(m_document->value(), m_document->row(), m_document->folder());
    QString text;
    QStringList warnings;
    m_spans.clear();
    if (variant) {
        const auto dialect = Dialect(m_dialect->currentData().toInt());
        const CompiledPrompt compiled = compilePrompt(*variant, dialect, frameFor(variant->canvas));
        text = compiled.text;
        warnings = compiled.warnings;
        for (const SlotSpan &span : compiled.parts)
            m_spans.append({span.start, span.end, span.slot});
    } else {
        text = m_text; // what is wrong is said; the last good prompt stays readable
        warnings = {variant.error().message};
    }
    const int step = m_document->undoStack()->index();
    if (m_step < 0)
        m_before = text;
    else if (step != m_step)
        m_before = m_text;
    m_step = step;
    m_text = text;
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!warnings.isEmpty());
    show();
}

void PromptView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) // the marks carry colours of the look in force
        show();
}

void PromptView::show()
{
    if (m_difference->isChecked())
        showDifference();
    else
        showPlain();
}

void PromptView::showPlain()
{
    if (m_view->toPlainText() != m_text)
        m_view->setPlainText(m_text);
    QList<QTextEdit::ExtraSelection> marks;
    for (const Span &span : std::as_const(m_spans)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_view->document());
        mark.cursor.setPosition(span.start);
        mark.cursor.setPosition(std::min(span.end, int(m_text.size())), QTextCursor::KeepAnchor);
        mark.format.setForeground(Theme::of(this).color(ThemeColor::Accent));
        mark.format.setToolTip(tr("From the slot \"%1\"").arg(span.slot));
        marks.append(mark);
    }
    m_view->setExtraSelections(marks);
}

void PromptView::showDifference()
{
    const Theme theme = Theme::of(this);
    m_view->clear();
    m_view->setExtraSelections({});
    QTextCursor cursor(m_view->document());
    const QList<DifferencePart> parts = wordDifference(m_before, m_text);
    if (parts.size() == 1 && parts.first().kind == DifferencePart::Kind::Same) {
        m_view->setPlainText(m_text);
        return;
    }
    for (const DifferencePart &part : parts) {
        QTextCharFormat format;
        if (part.kind == DifferencePart::Kind::Added) {
            format.setForeground(theme.color(ThemeColor::Current));
            format.setFontUnderline(true);
        } else if (part.kind == DifferencePart::Kind::Removed) {
            format.setForeground(theme.color(ThemeColor::Danger));
            format.setFontStrikeOut(true);
        }
        cursor.insertText(part.text, format);
    }
    m_view->moveCursor(QTextCursor::Start);
}

} // namespace Galley
