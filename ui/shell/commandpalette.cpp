#include "ui/shell/commandpalette.h"

#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

constexpr int paletteWidth = 560;
constexpr int mostRows = 12;
constexpr int placeRole = Qt::UserRole;
constexpr int shortcutRole = Qt::UserRole + 1;
constexpr int indexRole = Qt::UserRole + 2;

QString plainText(const QAction *action)
{
    return QString(action->text()).remove(u'&');
}

/// Lower case without accents.
QString folded(const QString &text)
{
    QString result;
    for (const QChar character : text.normalized(QString::NormalizationForm_D)) {
        if (character.category() != QChar::Mark_NonSpacing)
            result += character.toLower();
    }
    return result;
}

bool lettersInOrder(const QString &name, const QString &letters)
{
    qsizetype at = 0;
    for (const QChar character : name) {
        if (at < letters.size() && character == letters.at(at))
            ++at;
    }
    return at == letters.size();
}

/// The name on the left, menu and shortcut on the right.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString name = std::exchange(item.text, QString());
        QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool enabled = item.state & QStyle::State_Enabled;
        const bool selected = item.state & QStyle::State_Selected;
        const auto group = enabled ? QPalette::Active : QPalette::Disabled;
        const QRect area = option.rect.adjusted(Theme::space2 + Theme::iconSize + Theme::space2, 0, -Theme::space2, 0);
        painter->setPen(item.palette.color(group, selected && enabled ? QPalette::HighlightedText : QPalette::Text));
        painter->setFont(Theme::bodyFont());
        const QString right = index.data(shortcutRole).toString();
        const int rightWidth = QFontMetrics(Theme::bodyFont()).horizontalAdvance(right);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, right);
        const QRect left = area.adjusted(0, 0, -rightWidth - Theme::space4, 0);
        const QString shown = QFontMetrics(Theme::bodyFont()).elidedText(name, Qt::ElideRight, left.width());
        painter->drawText(left, Qt::AlignLeft | Qt::AlignVCenter, shown);
        const int used = QFontMetrics(Theme::bodyFont()).horizontalAdvance(shown) + Theme::space2;
        if (!selected || !enabled)
            painter->setPen(item.palette.color(group, QPalette::PlaceholderText));
        painter->setFont(Theme::secondaryFont());
        painter->drawText(left.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, index.data(placeRole).toString());
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, Theme::controlHeight}; }
};

} // namespace

int commandScore(const QString &name, const QString &typed)
{
    const QString where = folded(name);
    int score = 1;
    for (const QString &word : folded(typed).split(u' ', Qt::SkipEmptyParts)) {
        const auto at = where.indexOf(word);
        const bool startsWord = at == 0 || (at > 0 && !where.at(at - 1).isLetterOrNumber());
        if (at == 0)
            score += 100;
        else if (startsWord)
            score += 60;
        else if (at > 0 || where.contains(u' ' + word))
            score += 20;
        else if (word.size() > 1 && lettersInOrder(where, word))
            score += 2;
        else
            return 0;
    }
    return score;
}

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Commands"));
    setAutoFillBackground(true);
    m_search->setPlaceholderText(tr("Search for a command …"));
    m_search->setAccessibleName(tr("Search for a command"));
    m_search->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Commands that match"));
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({Theme::iconSize, Theme::iconSize});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space2, Theme::space2, Theme::space2, Theme::space2);
    layout->setSpacing(Theme::space2);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    hide();
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_commands = commands;
    m_focusBefore = QApplication::focusWidget();
    m_search->clear();
    filter();
    const int rows = std::min(mostRows, int(m_commands.size()));
    const int width = std::min(paletteWidth, parentWidget()->width() - 2 * Theme::space6);
    const int height = Theme::controlHeight * (rows + 1) + 3 * Theme::space2;
    setGeometry((parentWidget()->width() - width) / 2, parentWidget()->height() / 8, width, height);
    show();
    raise();
    m_search->setFocus();
}

QStringList CommandPalette::shown() const
{
    QStringList names;
    for (int i = 0; i < m_list->count(); ++i)
        names << m_list->item(i)->text();
    return names;
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::FocusOut && isVisible())
        close(false);
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape: close(true); return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QApplication::sendEvent(m_list, event); return true;
    default: return QFrame::eventFilter(watched, event);
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ThemeColor::Raised));
    painter.setPen(theme.color(ThemeColor::InputBorder));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CommandPalette::filter()
{
    QList<std::pair<int, int>> ranked;
    for (int i = 0; i < m_commands.size(); ++i) {
        const Command &command = m_commands.at(i);
        if (!command.action)
            continue;
        const int inName = commandScore(plainText(command.action), m_search->text());
        const int anywhere = commandScore(plainText(command.action) + u' ' + command.place, m_search->text());
        if (const int score = std::max(2 * inName, anywhere); score > 0)
            ranked.append({score, i});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    m_list->clear();
    for (const auto &[score, index] : std::as_const(ranked)) {
        const Command &command = m_commands.at(index);
        auto *item = new QListWidgetItem(command.action->icon(), plainText(command.action), m_list);
        item->setData(placeRole, command.action->isChecked() ? command.place + u' ' + QChar(0x2713) : command.place);
        item->setData(shortcutRole, command.action->shortcut().toString(QKeySequence::NativeText));
        item->setData(indexRole, index);
        item->setToolTip(command.action->toolTip());
        if (!command.action->isEnabled())
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const QPointer<QAction> action = m_commands.at(item->data(indexRole).toInt()).action;
    close(true);
    if (action)
        action->trigger();
}

void CommandPalette::close(bool giveFocusBack)
{
    hide();
    if (giveFocusBack && m_focusBefore)
        m_focusBefore->setFocus();
}

} // namespace Galley
