#include "ui/design/palettefield.h"

#include "ui/widgets/colorfield.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace Galley {

PaletteField::PaletteField(const QString &name, int mostColors, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_most(mostColors)
    , m_add(new IconButton(QStringLiteral("add"), tr("Add a colour"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space1);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(Theme::space1);
    layout->addLayout(m_rows);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QToolButton::clicked, this, [this] {
        const QString color = m_colors.isEmpty() ? (m_swatches.isEmpty() ? QStringLiteral("#2462CC") : m_swatches.first()) : m_colors.last();
        m_colors.append(color);
        rebuild();
        Q_EMIT colorsEdited(m_colors);
        Q_EMIT editFinished();
    });
}

void PaletteField::setColors(const QStringList &colors)
{
    if (colors == m_colors)
        return;
    const bool sameCount = colors.size() == m_colors.size();
    m_colors = colors;
    if (!sameCount) {
        rebuild();
        return;
    }
    const QList<ColorField *> fields = findChildren<ColorField *>();
    for (qsizetype i = 0; i < fields.size(); ++i)
        fields.at(i)->setValue(colors.at(i));
}

void PaletteField::setSlots(const QStringList &names)
{
    m_slots = names;
}

void PaletteField::setSwatches(const QStringList &colors)
{
    m_swatches = colors;
}

void PaletteField::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < m_colors.size(); ++i) {
        auto *row = new QWidget(this);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(Theme::space1);
        auto *field = new ColorField(tr("%1, colour %2").arg(m_name).arg(i + 1), row);
        field->setSwatches(m_swatches);
        field->setSlots(m_slots);
        field->setValue(m_colors.at(i));
        auto *remove = new IconButton(QStringLiteral("close"), tr("Remove colour %1").arg(i + 1), row);
        layout->addWidget(field, 1);
        layout->addWidget(remove);
        m_rows->addWidget(row);
        connect(field, &ColorField::valueEdited, this, [this, i](const QString &value) {
            m_colors[i] = value;
            Q_EMIT colorsEdited(m_colors);
        });
        connect(field, &ColorField::editFinished, this, &PaletteField::editFinished);
        connect(remove, &QToolButton::clicked, this, [this, i] {
            m_colors.removeAt(i);
            Q_EMIT colorsEdited(m_colors);
            Q_EMIT editFinished();
            QMetaObject::invokeMethod(this, &PaletteField::rebuild, Qt::QueuedConnection); // the button is still in its click
        });
    }
    m_add->setEnabled(m_colors.size() < m_most);
    m_add->setHelp(m_colors.size() < m_most ? tr("Add a colour") : tr("A palette holds %1 colours at most.").arg(m_most));
}

} // namespace Galley
