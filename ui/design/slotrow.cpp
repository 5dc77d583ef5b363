#include "ui/design/slotrow.h"

#include "core/template/resolve.h"
#include "ui/design/sloteditor.h"
#include "ui/design/slottypes.h"
#include "ui/design/wordsfield.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/colorfield.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace Galley {

SlotRow::SlotRow(TemplateDocument *document, const Slot &slot, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_name(slot.name)
    , m_label(new QLabel(slot.name, this))
    , m_problem(new QLabel(this))
    , m_more(new IconButton(QStringLiteral("tune"), tr("Name, type and limits of %1").arg(slot.name), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space2);
    layout->setSpacing(Theme::space1);
    auto *head = new QHBoxLayout;
    head->setSpacing(Theme::space1);
    m_label->setFont(Theme::secondaryFont());
    head->addWidget(m_label, 1);
    m_more->setCheckable(true);
    head->addWidget(m_more);
    layout->addLayout(head);
    m_field = makeField(slot);
    m_label->setBuddy(m_field);
    layout->addWidget(m_field);
    m_problem->setWordWrap(true);
    m_problem->setFont(Theme::secondaryFont());
    m_problem->hide();
    layout->addWidget(m_problem);
    connect(m_more, &QToolButton::toggled, this, &SlotRow::setExpanded);
    refresh();
}

QWidget *SlotRow::makeField(const Slot &slot)
{
    switch (slot.type) {
    case SlotType::Text:
    case SlotType::Subject: {
        auto *field = new WordsField(slot.name, this);
        connect(field, &WordsField::edited, this, &SlotRow::setValue);
        connect(field, &WordsField::editFinished, this, &SlotRow::endEdit);
        m_show = [field](const QString &value) { field->showText(value); };
        return field;
    }
    case SlotType::Color: {
        auto *field = new ColorField(slot.name, this);
        field->setSwatches(m_document->value().style.palette);
        connect(field, &ColorField::valueEdited, this, &SlotRow::setValue);
        connect(field, &ColorField::editFinished, this, &SlotRow::endEdit);
        m_show = [field](const QString &value) { field->setValue(value); };
        return field;
    }
    case SlotType::Number: {
        auto *field = new NumberField(QString(), slot.name, this);
        field->setDecimals(3);
        connect(field, &NumberField::valueEdited, this, [this](double value) { setValue(QString::number(value, 'g', 12)); });
        connect(field, &NumberField::editFinished, this, &SlotRow::endEdit);
        m_show = [this, field](const QString &value) {
            const Slot *now = m_document->value().findSlot(m_name);
            field->setRange(now ? now->minimum.value_or(-1e12) : -1e12, now ? now->maximum.value_or(1e12) : 1e12);
            field->showValue(value.toDouble());
        };
        return field;
    }
    case SlotType::Choice: {
        auto *field = new QComboBox(this);
        field->setAccessibleName(slot.name);
        connect(field, &QComboBox::textActivated, this, [this](const QString &value) {
            setValue(value);
            endEdit();
        });
        m_show = [this, field](const QString &value) {
            const Slot *now = m_document->value().findSlot(m_name);
            field->clear();
            if (now)
                field->addItems(now->choices);
            field->setCurrentText(value);
        };
        return field;
    }
    case SlotType::Image: return makeImageField();
    }
    return new QWidget(this);
}

QWidget *SlotRow::makeImageField()
{
    auto *field = new QWidget(this);
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space1);
    auto *path = new QLineEdit(field);
    path->setAccessibleName(m_name);
    path->setPlaceholderText(tr("No image"));
    auto *browse = new IconButton(QStringLiteral("folder_open"), tr("Choose an image for %1").arg(m_name), field);
    auto *clear = new IconButton(QStringLiteral("close"), tr("Remove the image of %1").arg(m_name), field);
    layout->addWidget(path, 1);
    layout->addWidget(browse);
    layout->addWidget(clear);
    field->setFocusProxy(path);
    connect(path, &QLineEdit::textEdited, this, &SlotRow::setValue);
    connect(path, &QLineEdit::editingFinished, this, &SlotRow::endEdit);
    connect(clear, &QToolButton::clicked, this, [this] {
        setValue({});
        endEdit();
    });
    connect(browse, &QToolButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(window(), tr("Choose an image"), m_document->folder(),
                                       tr("Images (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
            const QString folder = m_document->row().number > 0 && !m_document->row().folder.isEmpty() ? m_document->row().folder
                                                                                                       : m_document->folder();
            setValue(folder.isEmpty() ? file : QDir(folder).relativeFilePath(file));
            endEdit();
        });
        dialog->open();
    });
    m_show = [path, clear](const QString &value) {
        if (path->text() != value)
            path->setText(value);
        clear->setEnabled(!value.isEmpty());
    };
    return field;
}

void SlotRow::setValue(const QString &value)
{
    m_document->setSlotValue(m_name, value, QStringLiteral("slot:") + m_name);
}

void SlotRow::endEdit()
{
    m_document->endMerge();
}

void SlotRow::refresh()
{
    const Slot *slot = m_document->value().findSlot(m_name);
    if (!slot)
        return;
    const Row row = m_document->row();
    const bool own = row.values.contains(m_name) && (slot->optional || !row.values.value(m_name).isEmpty());
    const QString value = own ? row.values.value(m_name) : slot->defaultValue;
    m_show(value);
    m_field->setEnabled(!m_document->isReadOnly());
    m_field->setToolTip(slot->help);
    m_label->setText(row.number > 0 && !own ? tr("%1 (default)").arg(m_name) : m_name);
    const QString problem = checkSlotValue(*slot, value);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, Theme::of(this).color(ThemeColor::Danger));
    m_problem->setPalette(colors);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (m_editor)
        m_editor->refresh();
}

void SlotRow::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

void SlotRow::setExpanded(bool expanded)
{
    if (expanded && !m_editor) {
        m_editor = new SlotEditor(m_document, m_name, this);
        connect(m_editor, &SlotEditor::message, this, &SlotRow::message);
        layout()->addWidget(m_editor);
    }
    if (m_editor)
        m_editor->setVisible(expanded);
    m_more->setChecked(expanded);
}

} // namespace Galley
