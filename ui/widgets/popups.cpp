#include "ui/widgets/popups.h"

#include "ui/widgets/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

NamePopup::NamePopup(const QString &title, const QString &name, const QString &button, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_field(new QLineEdit(name, this))
{
    QVBoxLayout *layout = layOutPopup(this, title);
    m_field->setAccessibleName(title);
    m_field->setMinimumWidth(popupWidth - 2 * Theme::space3);
    layout->addWidget(m_field);
    QPushButton *save = addPopupButton(layout, button, this);
    const auto follow = [this, save] { save->setEnabled(!m_field->text().trimmed().isEmpty()); };
    connect(m_field, &QLineEdit::textChanged, save, follow);
    connect(m_field, &QLineEdit::returnPressed, save, &QPushButton::click);
    connect(save, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(m_field->text().trimmed());
        close();
    });
    follow();
    m_field->setFocus();
    m_field->selectAll();
}

QVBoxLayout *layOutPopup(QFrame *popup, const QString &title)
{
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    popup->setAccessibleName(title);
    auto *layout = new QVBoxLayout(popup);
    layout->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space3);
    layout->setSpacing(Theme::space2);
    auto *label = new QLabel(title, popup);
    QFont font = Theme::bodyFont();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    layout->addWidget(label);
    return layout;
}

QPushButton *addPopupButton(QVBoxLayout *layout, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setDefault(true);
    layout->addWidget(button, 0, Qt::AlignRight);
    return button;
}

void popUpBelow(QWidget *popup, const QWidget *widget)
{
    popup->adjustSize();
    QPoint place = widget->mapToGlobal(QPoint(0, widget->height() + 2));
    const QRect screen = widget->screen()->availableGeometry();
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - popup->width())));
    place.setY(std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() - popup->height())));
    popup->move(place);
    popup->show();
}

} // namespace Galley
