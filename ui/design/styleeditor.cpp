#include "ui/design/styleeditor.h"

#include "ui/design/palettefield.h"
#include "ui/design/slottypes.h"
#include "ui/design/wordsfield.h"
#include "ui/document/canvaspresets.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/colorfield.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace Galley {

namespace {

QFormLayout *section(QVBoxLayout *layout, const QString &title, QWidget *parent)
{
    auto *header = new SectionHeader(title, parent);
    auto *body = new QWidget(parent);
    auto *form = new QFormLayout(body);
    form->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space3);
    form->setSpacing(Theme::space2);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addWidget(header);
    layout->addWidget(body);
    header->setBody(body);
    return form;
}

} // namespace

StyleEditor::StyleEditor(TemplateDocument *document, QWidget *parent)
    : QScrollArea(parent)
    , m_document(document)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    buildCanvas(section(layout, tr("Canvas"), body));

    QFormLayout *style = section(layout, tr("Style"), body);
    addWords(style, tr("Summary"), tr("One sentence about the whole. Insert slots as {name}, tokens as <name>."),
             [](Template &value) -> QString & { return value.style.summary; });
    addWords(style, tr("Medium"), tr("For example: graphic design, photograph, oil painting."),
             [](Template &value) -> QString & { return value.style.medium; });
    addWords(style, tr("Art style"), tr("For example: flat, bold shapes. Leave it empty when you describe a photo."),
             [](Template &value) -> QString & { return value.style.artStyle; });
    addWords(style, tr("Photo"), tr("Camera words, instead of an art style."),
             [](Template &value) -> QString & { return value.style.photo; });
    addWords(style, tr("Aesthetics"), tr("For example: playful, clear."),
             [](Template &value) -> QString & { return value.style.aesthetics; });
    addWords(style, tr("Lighting"), tr("For example: even, soft, golden hour."),
             [](Template &value) -> QString & { return value.style.lighting; });
    auto *palette = new PaletteField(tr("Palette"), 16, body);
    style->addRow(tr("Palette"), palette);
    connect(palette, &PaletteField::colorsEdited, this, [this](const QStringList &colors) {
        setCanvas(tr("Change the palette"), [&](Template &value) { value.style.palette = colors; }, QStringLiteral("style:palette"));
    });
    connect(palette, &PaletteField::editFinished, document, &TemplateDocument::endMerge);
    m_shows.append([this, palette] {
        palette->setSlots(colorSlotNames(m_document->value()));
        palette->setColors(m_document->value().style.palette);
    });

    QFormLayout *about = section(layout, tr("Template"), body);
    addText(about, tr("Name"), &Template::name);
    addText(about, tr("Project"), &Template::project);
    addText(about, tr("Intent"), &Template::intent);
    layout->addStretch(1);
    setWidget(body);
    connect(document, &TemplateDocument::changed, this, &StyleEditor::refresh);
    connect(document, &TemplateDocument::replaced, this, &StyleEditor::refresh);
    connect(document, &TemplateDocument::readOnlyChanged, this, &StyleEditor::refresh);
    refresh();
}

void StyleEditor::setCanvas(const QString &text, const std::function<void(Template &)> &edit, const QString &mergeKey)
{
    m_document->apply(text, edit, mergeKey);
}

void StyleEditor::buildCanvas(QFormLayout *form)
{
    auto *preset = new QComboBox(form->parentWidget());
    preset->setAccessibleName(tr("Canvas size"));
    for (const CanvasPreset &entry : canvasPresets())
        preset->addItem(tr("%1 – %2 × %3").arg(entry.name).arg(entry.size.width()).arg(entry.size.height()), entry.size);
    preset->addItem(tr("Custom size"));
    form->addRow(tr("Size"), preset);
    auto *sizes = new QWidget(form->parentWidget());
    auto *row = new QHBoxLayout(sizes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::space2);
    auto *width = new NumberField(tr("W"), tr("Canvas width"), sizes);
    auto *height = new NumberField(tr("H"), tr("Canvas height"), sizes);
    for (NumberField *field : {width, height}) {
        field->setRange(16, 16384);
        field->setDecimals(0);
        field->setUnit(QStringLiteral(" px"));
        row->addWidget(field, 1);
        connect(field, &NumberField::editFinished, m_document, &TemplateDocument::endMerge);
        connect(field, &NumberField::valueEdited, this, [this, width, height] {
            const QSize size(int(width->value()), int(height->value()));
            setCanvas(tr("Resize the canvas"), [&](Template &value) { value.canvas.size = size; }, QStringLiteral("canvas:size"));
        });
    }
    form->addRow(sizes);
    connect(preset, &QComboBox::activated, this, [this, preset] {
        const QSize size = preset->currentData().toSize();
        if (size.isValid())
            setCanvas(tr("Resize the canvas"), [&](Template &value) { value.canvas.size = size; });
        refresh();
    });
    auto *ground = new ColorField(tr("Ground colour"), form->parentWidget());
    form->addRow(tr("Ground colour"), ground);
    connect(ground, &ColorField::valueEdited, this, [this](const QString &color) {
        setCanvas(tr("Recolour the ground"), [&](Template &value) { value.canvas.background = color; }, QStringLiteral("canvas:ground"));
    });
    connect(ground, &ColorField::editFinished, m_document, &TemplateDocument::endMerge);
    auto *safe = new NumberField(QString(), tr("Safe area"), form->parentWidget());
    safe->setRange(0, 40);
    safe->setDecimals(1);
    safe->setUnit(QStringLiteral(" %"));
    form->addRow(tr("Safe area"), safe);
    connect(safe, &NumberField::valueEdited, this, [this](double percent) {
        setCanvas(tr("Change the safe area"), [&](Template &value) { value.canvas.safeArea = percent / 100; }, QStringLiteral("canvas:safe"));
    });
    connect(safe, &NumberField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([this, preset, width, height, ground, safe] {
        const Template &value = m_document->value();
        const int index = preset->findData(value.canvas.size);
        preset->setCurrentIndex(index < 0 ? preset->count() - 1 : index);
        width->showValue(value.canvas.size.width());
        height->showValue(value.canvas.size.height());
        ground->setSwatches(value.style.palette);
        ground->setSlots(colorSlotNames(value));
        ground->setValue(value.canvas.background);
        safe->showValue(value.canvas.safeArea * 100);
    });
}

void StyleEditor::addText(QFormLayout *form, const QString &label, QString Template::*member)
{
    auto *field = new QLineEdit(form->parentWidget());
    field->setAccessibleName(label);
    form->addRow(label, field);
    connect(field, &QLineEdit::textEdited, this, [this, label, member](const QString &text) {
        m_document->apply(tr("Change %1").arg(label.toLower()), [&](Template &value) { value.*member = text; },
                          QStringLiteral("about:") + label);
    });
    connect(field, &QLineEdit::editingFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([this, field, member] {
        if (field->text() != m_document->value().*member)
            field->setText(m_document->value().*member);
    });
}

void StyleEditor::addWords(QFormLayout *form, const QString &label, const QString &help,
                           std::function<QString &(Template &)> access)
{
    auto *field = new WordsField(label, form->parentWidget());
    field->setToolTip(help);
    form->addRow(label, field);
    connect(field, &WordsField::edited, this, [this, label, access](const QString &text) {
        m_document->apply(tr("Change %1").arg(label.toLower()), [&](Template &value) { access(value) = text; },
                          QStringLiteral("style:") + label);
    });
    connect(field, &WordsField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([this, field, access] {
        Template copy = m_document->value();
        field->showText(access(copy));
    });
}

void StyleEditor::refresh()
{
    widget()->setEnabled(!m_document->isReadOnly());
    for (const auto &show : std::as_const(m_shows))
        show();
}

} // namespace Galley
