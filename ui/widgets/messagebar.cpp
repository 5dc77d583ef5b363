#include "ui/widgets/messagebar.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Galley {

namespace {

struct Look
{
    const char *icon;
    ThemeColor tone;
};

Look lookOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Info: return {"info", ThemeColor::Accent};
    case MessageBar::Kind::Done: return {"check_circle", ThemeColor::Current};
    case MessageBar::Kind::Warning: return {"warning", ThemeColor::Stale};
    case MessageBar::Kind::Error: return {"error", ThemeColor::Danger};
    }
    return {"info", ThemeColor::Accent};
}

constexpr int stripe = 3;

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new IconButton(QStringLiteral("close"), tr("Close this message"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(stripe + Theme::space3 + Theme::iconSize + Theme::space2, Theme::space1, Theme::space2,
                               Theme::space1);
    layout->setSpacing(Theme::space2);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_buttons->setSpacing(Theme::space2);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &sentence)
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_kind = kind;
    m_text->setText(sentence);
    setAccessibleName(sentence);
    setToolTip({});  // of the earlier message
    setVisible(true);
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QPushButton *MessageBar::addButton(const QString &text, std::function<void()> action)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    button->show();  // now, not with the next turn of the loop: what is not shown takes no focus
    connect(button, &QPushButton::clicked, this, [this, action = std::move(action)] {
        setVisible(false);
        action();
    });
    return button;
}

void MessageBar::dismiss()
{
    setVisible(false);
    Q_EMIT dismissed();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ThemeColor::Raised));
    painter.fillRect(QRect(0, 0, stripe, height()), theme.color(look.tone));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(ThemeColor::Line));
    const QRect glyph(stripe + Theme::space3, (height() - Theme::iconSize) / 2, Theme::iconSize, Theme::iconSize);
    paintIcon(painter, QString::fromLatin1(look.icon), glyph, theme.color(look.tone));
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace Galley
