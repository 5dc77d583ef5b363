#include "ui/widgets/emptystate.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int glyphSide = 32;

} // namespace

EmptyState::EmptyState(const QString &icon, const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_glyph(new QLabel(this))
    , m_sentence(new QLabel(sentence, this))
    , m_layout(new QVBoxLayout(this))
{
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_layout->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space4);
    m_layout->setSpacing(Theme::space2);
    m_layout->addStretch(1);
    m_layout->addWidget(m_glyph, 0, Qt::AlignHCenter);
    m_layout->addWidget(m_sentence);
    m_layout->addStretch(1);
    paintGlyph();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

QPushButton *EmptyState::addAction(QAction *action)
{
    QPushButton *button = addButton(action->text());
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

QPushButton *EmptyState::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    m_layout->insertWidget(m_layout->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintGlyph();
}

void EmptyState::paintGlyph()
{
    m_glyph->setPixmap(themedIcon(m_icon, ThemeColor::Secondary).pixmap(QSize(glyphSide, glyphSide), devicePixelRatioF()));
}

} // namespace Galley
