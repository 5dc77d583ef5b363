#include "ui/library/chiprow.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QToolButton>

#include <algorithm>

namespace Galley {

namespace {

constexpr int widestChip = 280;
constexpr int usualWidth = 240;

} // namespace

ChipRow::ChipRow(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipRow::setChips(const QStringList &texts)
{
    if (texts == m_texts)
        return;
    int focused = -1;
    for (int i = 0; i < m_buttons.size(); ++i)
        focused = m_buttons.at(i)->hasFocus() ? i : focused;
    while (m_buttons.size() > texts.size())
        m_buttons.takeLast()->deleteLater();
    while (m_buttons.size() < texts.size()) {
        auto *button = new QToolButton(this);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight);  // the cross stands behind the word
        button->setIcon(themedIcon(QStringLiteral("close")));
        button->setIconSize({12, 12});
        button->setFocusPolicy(Qt::StrongFocus);
        button->setProperty("chip", true);
        button->installEventFilter(this);
        connect(button, &QToolButton::clicked, this, [this, button] { Q_EMIT removed(int(m_buttons.indexOf(button))); });
        button->show();
        m_buttons.append(button);
    }
    m_texts = texts;
    setRemovable(m_removable, m_why);
    if (focused >= m_buttons.size() && !m_buttons.isEmpty())
        m_buttons.last()->setFocus();
    updateGeometry();
    arrange(width(), true);
}

void ChipRow::setRemovable(bool removable, const QString &why)
{
    m_removable = removable;
    m_why = why;
    for (int i = 0; i < m_buttons.size(); ++i) {
        QToolButton *button = m_buttons.at(i);
        const QString &text = m_texts.at(i);
        button->setText(QChar(QChar::Nbsp) + button->fontMetrics().elidedText(QString(text).replace(u'&', QStringLiteral("&&")), Qt::ElideRight, widestChip));
        button->setAccessibleName(tr("Remove “%1”").arg(text));
        button->setToolTip(removable ? tr("%1: press to remove it").arg(text) : why);
        button->setEnabled(removable);
    }
}

void ChipRow::setTail(QWidget *tail)
{
    m_tail = tail;
    tail->setParent(this);
    tail->show();
    arrange(width(), true);
}

QSize ChipRow::sizeHint() const
{
    return {usualWidth, arrange(usualWidth, false)};
}

QSize ChipRow::minimumSizeHint() const
{
    return {80, arrange(std::max(80, width()), false)};
}

QList<QWidget *> ChipRow::pieces() const
{
    QList<QWidget *> pieces(m_buttons.cbegin(), m_buttons.cend());
    if (m_tail)
        pieces.append(m_tail);
    return pieces;
}

int ChipRow::arrange(int width, bool move) const
{
    int left = 0;
    int top = 0;
    int height = 0;
    for (QWidget *piece : pieces()) {
        if (piece->isHidden())
            continue;
        const QSize size = piece->sizeHint();
        const int wide = std::min(width, std::max(size.width(), piece == m_tail ? piece->minimumWidth() : 0));
        if (left > 0 && left + wide > width) {
            left = 0;
            top += height + Theme::space1;
            height = 0;
        }
        const int high = std::max(Theme::rowHeight, size.height());
        if (move)
            piece->setGeometry(left, top, wide, high);
        left += wide + Theme::space1;
        height = std::max(height, high);
    }
    return top + height;
}

void ChipRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
    if (event->oldSize().width() != width())
        updateGeometry();
}

bool ChipRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const qsizetype index = m_buttons.indexOf(static_cast<QToolButton *>(watched));
        if (index >= 0 && (key == Qt::Key_Backspace || key == Qt::Key_Delete)) {
            Q_EMIT removed(int(index));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Galley
