#include "ui/design/slotform.h"

#include "core/template/resolve.h"
#include "ui/design/slotrow.h"
#include "ui/design/slottypes.h"
#include "ui/design/templateedits.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

namespace Galley {

SlotForm::SlotForm(TemplateDocument *document, DraftService *, QWidget *parent)
    : QScrollArea(parent)
    , m_document(document)
    , m_layout(nullptr)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(this);
    m_layout = new QVBoxLayout(body);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    auto *header = new SectionHeader(tr("Slots"), body);
    auto *add = new IconButton(QStringLiteral("add"), tr("Add a slot"), body);
    auto *menu = new QMenu(add);
    for (const SlotType type : allSlotTypes()) {
        QAction *action = menu->addAction(themedIcon(slotTypeIcon(type)), slotTypeLabel(type));
        connect(action, &QAction::triggered, this, [this, type] { addSlot(int(type)); });
    }
    add->setMenu(menu);
    add->setPopupMode(QToolButton::InstantPopup);
    header->addWidget(add);
    m_layout->addWidget(header);
    m_rowBar = rowBar();
    m_layout->addWidget(m_rowBar);
    m_empty = new EmptyState(QStringLiteral("text_fields"),
                             tr("A slot is a value that changes from picture to picture. Add one, and insert it as {name}."), body);
    m_layout->addWidget(m_empty);
    m_layout->addStretch(1);
    setWidget(body);
    connect(document, &TemplateDocument::changed, this, &SlotForm::refresh);
    connect(document, &TemplateDocument::replaced, this, &SlotForm::refresh);
    connect(document, &TemplateDocument::currentRowChanged, this, &SlotForm::refresh);
    connect(document, &TemplateDocument::rowsChanged, this, &SlotForm::refresh);
    connect(document, &TemplateDocument::readOnlyChanged, this, &SlotForm::refresh);
    refresh();
}

QWidget *SlotForm::rowBar()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space2);
    layout->setSpacing(Theme::space1);
    m_rowText = new QLabel(bar);
    layout->addWidget(m_rowText, 1);
    const auto make = [&](const char *name, const QString &icon, const QString &text, const QKeySequence &key) {
        auto *action = new QAction(themedIcon(icon), text, this);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        layout->addWidget(new IconButton(action, bar));
        m_actions.append(action);
        return action;
    };
    m_previous = make("rowPrevious", QStringLiteral("chevron_left"), tr("Previous row"), QKeySequence(QStringLiteral("Ctrl+PgUp")));
    m_next = make("rowNext", QStringLiteral("chevron_right"), tr("Next row"), QKeySequence(QStringLiteral("Ctrl+PgDown")));
    m_openRows = new QAction(themedIcon(QStringLiteral("table_chart")), tr("Open rows from a CSV file"), this);
    layout->addWidget(new IconButton(m_openRows, bar));
    connect(m_previous, &QAction::triggered, this, [this] { m_document->setCurrentRow(m_document->currentRow() - 1); });
    connect(m_next, &QAction::triggered, this, [this] { m_document->setCurrentRow(m_document->currentRow() + 1); });
    connect(m_openRows, &QAction::triggered, this, &SlotForm::openRowsRequested);
    return bar;
}

void SlotForm::showRow()
{
    const qsizetype count = m_document->rows().rows.size();
    const int current = m_document->currentRow();
    m_rowText->setText(current > 0 ? tr("Row %1 of %2").arg(current).arg(count)
                                   : (count > 0 ? tr("Defaults (%n rows)", nullptr, int(count)) : tr("Defaults")));
    m_previous->setEnabled(current > 0);
    m_next->setEnabled(current < count);
}

void SlotForm::refresh()
{
    QStringList shape;
    for (const Slot &slot : m_document->value().slotList)
        shape.append(slot.name + QLatin1Char(':') + slotTypeName(slot.type));
    if (shape != m_shape) {
        // A renamed slot is rebuilt too; which rows were unfolded is taken over by place.
        m_shape = shape;
        rebuild();
    }
    for (SlotRow *row : std::as_const(m_rows))
        row->refresh();
    m_empty->setVisible(m_rows.isEmpty());
    showRow();
}

void SlotForm::rebuild()
{
    for (SlotRow *row : std::as_const(m_rows)) {
        row->hide();
        row->deleteLater(); // its own field may be the one that just changed
    }
    m_rows.clear();
    int place = m_layout->indexOf(m_rowBar) + 1;
    for (const Slot &slot : m_document->value().slotList) {
        auto *row = new SlotRow(m_document, slot, widget());
        connect(row, &SlotRow::message, this, &SlotForm::message);
        m_layout->insertWidget(place++, row);
        m_rows.append(row);
    }
}

void SlotForm::addSlot(int type)
{
    if (m_document->isReadOnly()) {
        Q_EMIT message(tr("This template is open read-only. Save a copy to change it."));
        return;
    }
    QString name;
    const QString stem = slotTypeName(SlotType(type));
    m_document->apply(tr("Add slot"), [&](Template &value) { name = Galley::addSlot(value, stem, SlotType(type)); });
    for (SlotRow *row : std::as_const(m_rows)) {
        if (row->slotName() == name) {
            row->setExpanded(true);
            row->focusField();
            ensureWidgetVisible(row);
        }
    }
    Q_EMIT message(tr("Write {%1} where its value belongs.").arg(name));
}

void SlotForm::focusSlot(const QString &slot)
{
    for (SlotRow *row : std::as_const(m_rows)) {
        if (row->slotName() == slot) {
            ensureWidgetVisible(row);
            row->focusField();
        }
    }
}

void SlotForm::focusToken(const QString &tokenId)
{
    const Token *token = m_document->value().findToken(tokenId);
    if (!token)
        return;
    const QStringList names = slotsIn(token->text) + slotsIn(token->show) + slotsIn(token->image);
    if (!names.isEmpty())
        focusSlot(names.first());
}

} // namespace Galley
