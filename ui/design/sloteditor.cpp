#include "ui/design/sloteditor.h"

#include "ui/design/slottypes.h"
#include "ui/design/templateedits.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace Galley {

namespace {

constexpr double noLimit = -1e12;

NumberField *limitField(const QString &name, QWidget *parent, double least)
{
    auto *field = new NumberField(QString(), name, parent);
    field->setRange(least, 1e12);
    field->setSpecialValueText(SlotEditor::tr("none"));
    field->setDecimals(least < 0 ? 3 : 0);
    return field;
}

} // namespace

SlotEditor::SlotEditor(TemplateDocument *document, const QString &slot, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_slot(slot)
    , m_name(new QLineEdit(this))
    , m_type(new QComboBox(this))
    , m_optional(new QCheckBox(tr("May be empty"), this))
    , m_help(new QLineEdit(this))
    , m_maxChars(limitField(tr("Most characters"), this, 0))
    , m_minimum(limitField(tr("Smallest number"), this, noLimit))
    , m_maximum(limitField(tr("Largest number"), this, noLimit))
    , m_choices(new QLineEdit(this))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(Theme::space3, Theme::space1, 0, Theme::space2);
    form->setSpacing(Theme::space1);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Type"), m_type);
    form->addRow(tr("Most characters"), m_maxChars);
    form->addRow(tr("Smallest"), m_minimum);
    form->addRow(tr("Largest"), m_maximum);
    form->addRow(tr("Choices"), m_choices);
    form->addRow(tr("Help"), m_help);
    form->addRow(QString(), m_optional);
    auto *remove = new QPushButton(tr("Delete slot"), this);
    remove->setToolTip(tr("Its default takes its place wherever it was inserted."));
    form->addRow(QString(), remove);
    for (const SlotType type : allSlotTypes())
        m_type->addItem(slotTypeLabel(type), int(type));
    m_name->setAccessibleName(tr("Name of the slot"));
    m_choices->setPlaceholderText(tr("One, Two, Three"));
    m_choices->setToolTip(tr("Separate the choices by commas."));
    m_type->setAccessibleName(tr("Type of the slot"));

    connect(m_name, &QLineEdit::editingFinished, this, &SlotEditor::rename);
    connect(m_type, &QComboBox::activated, this, [this] {
        const auto type = SlotType(m_type->currentData().toInt());
        m_document->apply(tr("Change the type of %1").arg(m_slot), [&](Template &value) { changeSlotType(value, m_slot, type); });
    });
    connect(m_optional, &QCheckBox::clicked, this, [this](bool on) {
        m_document->apply(on ? tr("Allow %1 to be empty").arg(m_slot) : tr("Require %1").arg(m_slot), [&](Template &value) {
            if (Slot *found = value.findSlot(m_slot))
                found->optional = on;
        });
    });
    connect(m_help, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_document->apply(tr("Change the help of %1").arg(m_slot),
                          [&](Template &value) {
                              if (Slot *found = value.findSlot(m_slot))
                                  found->help = text;
                          },
                          QStringLiteral("help:") + m_slot);
    });
    connect(m_help, &QLineEdit::editingFinished, m_document, &TemplateDocument::endMerge);
    connect(m_maxChars, &NumberField::valueEdited, this, [this](double value) { setLimit(tr("Limit %1").arg(m_slot), "chars", value); });
    connect(m_minimum, &NumberField::valueEdited, this, [this](double value) { setLimit(tr("Limit %1").arg(m_slot), "min", value); });
    connect(m_maximum, &NumberField::valueEdited, this, [this](double value) { setLimit(tr("Limit %1").arg(m_slot), "max", value); });
    connect(m_choices, &QLineEdit::editingFinished, this, &SlotEditor::setChoices);
    connect(remove, &QPushButton::clicked, this, [this] {
        m_document->apply(tr("Delete slot %1").arg(m_slot), [&](Template &value) { deleteSlot(value, m_slot); });
    });
    refresh();
}

void SlotEditor::refresh()
{
    const Slot *slot = m_document->value().findSlot(m_slot);
    if (!slot)
        return;
    if (!m_name->hasFocus())
        m_name->setText(slot->name);
    m_type->setCurrentIndex(m_type->findData(int(slot->type)));
    m_optional->setChecked(slot->optional);
    if (!m_help->hasFocus())
        m_help->setText(slot->help);
    m_maxChars->showValue(slot->maxChars.value_or(0));
    m_minimum->showValue(slot->minimum.value_or(noLimit));
    m_maximum->showValue(slot->maximum.value_or(noLimit));
    if (!m_choices->hasFocus())
        m_choices->setText(slot->choices.join(QStringLiteral(", ")));
    auto *form = static_cast<QFormLayout *>(layout());
    const bool words = slot->type == SlotType::Text || slot->type == SlotType::Subject;
    const auto show = [&](QWidget *field, bool shown) {
        field->setVisible(shown);
        form->labelForField(field)->setVisible(shown);
    };
    show(m_maxChars, words);
    show(m_minimum, slot->type == SlotType::Number);
    show(m_maximum, slot->type == SlotType::Number);
    show(m_choices, slot->type == SlotType::Choice);
}

void SlotEditor::rename()
{
    const QString name = m_name->text().trimmed();
    if (name == m_slot)
        return;
    QString problem = nameProblem(name);
    if (problem.isEmpty() && m_document->value().findSlot(name))
        problem = tr("Another slot is called \"%1\" already.").arg(name);
    if (!problem.isEmpty()) {
        m_name->setText(m_slot);
        Q_EMIT message(problem);
        return;
    }
    const QString before = std::exchange(m_slot, name);
    m_document->apply(tr("Rename slot %1").arg(before), [&](Template &value) { renameSlot(value, before, name); });
}

void SlotEditor::setLimit(const QString &text, const char *which, double value)
{
    m_document->apply(text,
                      [&](Template &edited) {
                          Slot *slot = edited.findSlot(m_slot);
                          if (!slot)
                              return;
                          if (qstrcmp(which, "chars") == 0)
                              slot->maxChars = value > 0 ? std::optional<int>(int(value)) : std::nullopt;
                          else if (qstrcmp(which, "min") == 0)
                              slot->minimum = value > noLimit ? std::optional<double>(value) : std::nullopt;
                          else
                              slot->maximum = value > noLimit ? std::optional<double>(value) : std::nullopt;
                      },
                      QLatin1String(which) + m_slot);
}

void SlotEditor::setChoices()
{
    QStringList choices;
    for (const QString &choice : m_choices->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!choice.trimmed().isEmpty() && !choices.contains(choice.trimmed()))
            choices.append(choice.trimmed());
    }
    const Slot *slot = m_document->value().findSlot(m_slot);
    if (!slot || choices == slot->choices || choices.isEmpty())
        return;
    m_document->apply(tr("Change the choices of %1").arg(m_slot), [&](Template &value) {
        Slot *found = value.findSlot(m_slot);
        found->choices = choices;
        if (!choices.contains(found->defaultValue))
            found->defaultValue = choices.first();
    });
}

} // namespace Galley
