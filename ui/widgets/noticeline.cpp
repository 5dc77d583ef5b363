#include "ui/widgets/noticeline.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Galley {

NoticeLine::NoticeLine(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new QLabel(this))
    , m_text(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space2);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_glyph->setFixedSize(Theme::iconSize, Theme::iconSize + 2);
    m_glyph->setAlignment(Qt::AlignBottom);
    layout->addWidget(m_glyph, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1, Qt::AlignVCenter);
    paintGlyph();
}

void NoticeLine::showNotice(Kind kind, const QString &sentence)
{
    m_kind = kind;
    m_text->setText(sentence);
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    paintGlyph();
}

void NoticeLine::setButton(const QString &text)
{
    if (!m_button && text.isEmpty())
        return;
    if (!m_button) {
        m_button = new QPushButton(this);
        m_button->setAutoDefault(false);
        layout()->addWidget(m_button);
        layout()->setAlignment(m_button, Qt::AlignTop);
        connect(m_button, &QPushButton::clicked, this, &NoticeLine::pressed);
    }
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

QString NoticeLine::text() const
{
    return m_text->text();
}

void NoticeLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintGlyph();
}

void NoticeLine::paintGlyph()
{
    static constexpr struct
    {
        const char *icon;
        ThemeColor tone;
    } looks[]{{"info", ThemeColor::Accent}, {"check_circle", ThemeColor::Current}, {"warning", ThemeColor::Stale}, {"error", ThemeColor::Danger}};
    const auto &look = looks[int(m_kind)];
    m_glyph->setPixmap(themedIcon(QString::fromLatin1(look.icon), look.tone).pixmap(QSize(Theme::iconSize, Theme::iconSize), devicePixelRatioF()));
}

} // namespace Galley
