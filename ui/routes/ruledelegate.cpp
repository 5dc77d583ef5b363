#include "ui/routes/ruledelegate.h"

#include "ui/routes/routestext.h"
#include "ui/routes/rulemodel.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/numbers.h"

#include <QPainter>

#include <algorithm>

namespace Galley {

namespace {

constexpr int lineHeight = 20;
constexpr int padding = 6;
constexpr int barHeight = 8;
constexpr int barWidth = 48;
constexpr int stripe = 3;
constexpr int percentWidth = 44;
constexpr int iconSide = 14;

struct Ink
{
    Theme theme;
    QColor text;
    QColor quiet;
    bool selected;
};

/// What stands below the name: nothing where the name is the only condition itself.
QStringList conditionsOf(const RuleLine &line)
{
    return line.match == QStringList{line.name} ? QStringList() : line.match;
}

int linesOf(const RuleLine &line)
{
    const qsizetype match = 1 + conditionsOf(line).size();
    const qsizetype otherwise = line.otherwise.size() + (line.canary.isEmpty() ? 0 : 1);
    return int(std::max({match, line.shares.size(), otherwise, qsizetype(1)}));
}

QRect textLine(const QRect &cell, int number)
{
    return {cell.left(), cell.top() + padding + number * lineHeight, cell.width(), lineHeight};
}

void drawWords(QPainter *painter, const QRect &rect, const QFont &font, const QColor &color, const QString &text)
{
    painter->setFont(font);
    painter->setPen(color);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

void paintMatch(QPainter *painter, const QRect &cell, const RuleLine &line, const Ink &ink)
{
    QFont name = Theme::bodyFont();
    name.setWeight(QFont::DemiBold);
    drawWords(painter, textLine(cell, 0), name, ink.text, ruleLabel(line.name));
    int number = 1;
    for (const QString &condition : conditionsOf(line))
        drawWords(painter, textLine(cell, number++), Theme::secondaryFont(), ink.quiet, condition);
}

/// The bar of one share: filled as the rule intends; a notch where the decisions of late really are.
void paintBar(QPainter *painter, const QRect &row, const RuleShare &share, const Ink &ink)
{
    const QRect bar(row.left(), row.top() + (row.height() - barHeight) / 2, barWidth, barHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink.theme.color(ThemeColor::Line));
    painter->drawRoundedRect(bar, 2, 2);
    painter->setBrush(ink.selected ? ink.text : ink.theme.hue(share.hue));
    const int filled = qRound(barWidth * qBound(0.0, share.intended, 1.0));
    if (filled > 0)
        painter->drawRoundedRect(QRect(bar.left(), bar.top(), qMax(3, filled), barHeight), 2, 2);
    if (share.live >= 0) {
        // Longer than the bar is high, so that it is seen over full and empty alike.
        const int at = bar.left() + qRound((barWidth - 2) * qBound(0.0, share.live, 1.0));
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->fillRect(QRect(at, bar.top() - 3, 2, barHeight + 6), ink.text);
    }
    painter->restore();
}

void paintShares(QPainter *painter, const QRect &cell, const RuleLine &line, const Ink &ink)
{
    int number = 0;
    for (const RuleShare &share : line.shares) {
        const QRect row = textLine(cell, number++);
        int left = 0;
        if (share.intended >= 0) {
            paintBar(painter, row, share, ink);
            painter->setFont(Theme::bodyFont());
            painter->setPen(ink.text);
            drawTabular(*painter, QRect(row.left() + barWidth, row.top(), percentWidth, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                        percentText(share.intended));
            left = barWidth + percentWidth + Theme::space2;
        }
        QString words = share.label;
        if (share.live >= 0 && share.intended >= 0)
            words += RuleModel::tr(" · now %1").arg(percentText(share.live));
        drawWords(painter, row.adjusted(left, 0, 0, 0), Theme::bodyFont(), ink.text, words);
    }
}

void paintOtherwise(QPainter *painter, const QRect &cell, const RuleLine &line, const Ink &ink)
{
    int number = 0;
    if (!line.canary.isEmpty()) {
        const QRect row = textLine(cell, number++);
        const QRect glyph(row.left(), row.top() + (lineHeight - iconSide) / 2, iconSide, iconSide);
        paintIcon(*painter, QStringLiteral("trending_up"), glyph, ink.selected ? ink.text : ink.theme.color(ThemeColor::Accent));
        drawWords(painter, row.adjusted(iconSide + Theme::space1, 0, 0, 0), Theme::secondaryFont(), ink.text, line.canary);
    }
    for (const QString &each : line.otherwise)
        drawWords(painter, textLine(cell, number++), Theme::secondaryFont(), ink.quiet, each);
}

} // namespace

QSize RuleDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const RuleModel *>(index.model());
    const RuleLine *line = model ? model->lineAt(index) : nullptr;
    return {120, 2 * padding + lineHeight * (line ? linesOf(*line) : 1)};
}

void RuleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const RuleModel *>(index.model());
    const RuleLine *line = model ? model->lineAt(index) : nullptr;
    if (!line)
        return;
    const Theme theme = Theme::of(option.palette);
    // The rule of the line that the cursor is in is marked quietly; only where the table has the focus is it a selection.
    const bool current = option.state & QStyle::State_Selected;
    const bool selected = current && option.widget && option.widget->hasFocus();
    const QColor text = selected ? option.palette.highlightedText().color() : theme.color(ThemeColor::Text);
    const Ink ink{theme, text, selected ? text : theme.color(ThemeColor::Secondary), selected};
    painter->save();
    if (selected)
        painter->fillRect(option.rect, option.palette.highlight());
    else if (current || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.color(ThemeColor::Hover));
    if (current && !selected && index.column() == RuleModel::MatchColumn)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), stripe, option.rect.height() - 1), theme.color(ThemeColor::Accent));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(ThemeColor::Line));
    painter->setClipRect(option.rect);
    const QRect cell = option.rect.adjusted(Theme::space2, 0, -Theme::space2, 0);
    switch (index.column()) {
    case RuleModel::MatchColumn: paintMatch(painter, cell, *line, ink); break;
    case RuleModel::SharesColumn: paintShares(painter, cell, *line, ink); break;
    case RuleModel::OtherwiseColumn: paintOtherwise(painter, cell, *line, ink); break;
    default: break;
    }
    painter->restore();
}

} // namespace Galley
