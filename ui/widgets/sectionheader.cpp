#include "ui/widgets/sectionheader.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace Galley {

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QToolButton(this))
    , m_layout(new QHBoxLayout(this))
{
    m_title->setObjectName(QStringLiteral("sectionTitle"));
    m_title->setAutoRaise(true);
    m_title->setFocusPolicy(Qt::NoFocus);
    m_title->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_title->setFont(Theme::titleFont());
    m_title->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_title->setIconSize({Theme::iconSize, Theme::iconSize});
    m_layout->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    m_layout->setSpacing(Theme::space1);
    m_layout->addWidget(m_title);
    m_layout->addStretch(1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setTitle(title);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setAccessibleName(title);
}

void SectionHeader::setMinor(bool minor)
{
    QFont font = minor ? Theme::bodyFont() : Theme::titleFont();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
}

void SectionHeader::addWidget(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void SectionHeader::setBody(QWidget *body)
{
    m_body = body;
    m_title->setFocusPolicy(Qt::TabFocus);
    m_title->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    m_title->setCheckable(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_title, &QToolButton::toggled, this, [this](bool expanded) {
        m_title->setIcon(themedIcon(expanded ? QStringLiteral("expand_more") : QStringLiteral("chevron_right"),
                                    ThemeColor::Secondary));
        m_body->setVisible(expanded);
        Q_EMIT expandedChanged(expanded);
    });
    m_title->setChecked(true);
}

bool SectionHeader::isExpanded() const
{
    return !m_body || m_title->isChecked();
}

void SectionHeader::setExpanded(bool expanded)
{
    if (m_body)
        m_title->setChecked(expanded);
}

} // namespace Galley
