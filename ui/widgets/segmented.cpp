#include "ui/widgets/segmented.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace Galley {

Segmented::Segmented(const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::addSegment(const QString &text, const QString &icon, const QString &help)
{
    const int index = count();
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("segment"));
    button->setText(text);
    button->setAccessibleName(accessibleName() + QStringLiteral(": ") + text);
    button->setToolTip(help.isEmpty() ? text : help);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(Theme::controlHeight);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    if (!icon.isEmpty()) {
        button->setIcon(themedIcon(icon));
        button->setIconSize({Theme::iconSize, Theme::iconSize});
        button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    }
    layout()->addWidget(button);
    m_group->addButton(button, index);
    return index;
}

int Segmented::count() const
{
    return int(m_group->buttons().size());
}

int Segmented::currentIndex() const
{
    return m_group->checkedId();
}

void Segmented::setCurrentIndex(int index)
{
    if (index == currentIndex())
        return;
    m_group->setExclusive(false);
    for (QAbstractButton *each : m_group->buttons())
        each->setChecked(m_group->id(each) == index);
    m_group->setExclusive(true);
}

void Segmented::setSegmentEnabled(int index, bool enabled, const QString &why)
{
    QToolButton *segment = button(index);
    segment->setEnabled(enabled);
    if (!why.isEmpty())
        segment->setToolTip(why);
}

QToolButton *Segmented::button(int index) const
{
    return qobject_cast<QToolButton *>(m_group->button(index));
}

} // namespace Galley
