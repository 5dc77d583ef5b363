#include "ui/compare/panebar.h"

#include "core/review/score.h"
#include "ui/compare/compareset.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Galley {

namespace {

constexpr int icon = Theme::iconSize;
constexpr int stars = 5;
constexpr int dot = 8;
constexpr int narrow = 250;  ///< below, stars and decision are shown, but there is no room to press them

QString scoreWord(const QString &name)
{
    const auto kind = scoreFromName(name);
    return kind ? scoreTitle(*kind) : name;
}

/// Draws \a text and returns where the next thing begins.
int word(QPainter &painter, QRect line, const QString &text, const QColor &color)
{
    const QFontMetrics metrics(painter.font());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, line.width());
    painter.setPen(color);
    painter.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, shown);
    return line.left() + metrics.horizontalAdvance(shown);
}

} // namespace

QRect PaneBar::firstLine() const
{
    return QRect(m_rect.topLeft(), QSize(m_rect.width(), height));
}

bool PaneBar::hasButtons() const
{
    return m_rect.width() >= narrow;
}

QRect PaneBar::partRect(Part part) const
{
    const QRect line = firstLine();
    const int right = line.right() + 1 - Theme::space2;
    const QRect starsRect(right - stars * icon, line.top(), stars * icon, line.height());
    const QRect reject(starsRect.left() - Theme::space2 - icon - Theme::space1, line.top(), icon + 2 * Theme::space1, line.height());
    switch (part) {
    case Part::Stars:
        return starsRect;
    case Part::Reject:
        return reject;
    case Part::Pick:
        return reject.translated(-reject.width(), 0);
    case Part::Pin:
        return QRect(line.left() + Theme::space1, line.top(), 2 * icon, line.height());
    case Part::Scores:
        return QRect(line.left(), line.bottom() + 1, line.width(), m_rect.height() - height);
    case Part::None:
        break;
    }
    return {};
}

PaneBar::Part PaneBar::partAt(const QPoint &point) const
{
    for (const Part part : {Part::Stars, Part::Reject, Part::Pick, Part::Pin, Part::Scores}) {
        const bool isThere = part == Part::Scores || part == Part::Pin || hasButtons();
        if (isThere && partRect(part).contains(point))
            return part;
    }
    return Part::None;
}

int PaneBar::starsAt(const QPoint &point) const
{
    return std::clamp((point.x() - partRect(Part::Stars).left()) / icon + 1, 1, stars);
}

void PaneBar::paint(QPainter &painter, const Theme &theme, const CompareSet &set, int place, const Look &look) const
{
    painter.fillRect(m_rect, theme.color(look.isActive ? ThemeColor::Raised : ThemeColor::Panel));
    const QRect line = firstLine();
    int left = line.left() + Theme::space2;
    painter.setFont(Theme::secondaryFont());
    const auto rest = [&](int from, int to) { return QRect(from, line.top(), std::max(0, to - from), line.height()); };
    if (look.isPinned) {
        paintIcon(painter, QStringLiteral("push_pin"), QRect(left, line.top() + (line.height() - icon) / 2, icon, icon), theme.color(ThemeColor::Accent));
        left += icon + Theme::space1;
    }
    if (!look.number.isEmpty())
        left = word(painter, rest(left, line.right()), look.number, theme.color(ThemeColor::Secondary)) + Theme::space2;
    paintDecision(painter, theme, set, place, look);
    const int right = wordsEnd(set, place, look);
    if (const int hue = set.modelHue(place); hue >= 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.hue(hue));
        painter.drawEllipse(QRect(left, line.top() + (line.height() - dot) / 2, dot, dot));
        painter.setRenderHint(QPainter::Antialiasing, false);
        left += dot + Theme::space1 + 2;
    }
    painter.setFont(Theme::bodyFont());
    left = word(painter, rest(left, right), set.label(place), theme.color(ThemeColor::Text)) + Theme::space2;
    painter.setFont(Theme::secondaryFont());
    QString more = set.shortSubject(place);
    if (look.isMoved)
        more = QCoreApplication::translate("Galley::PaneBar", "moved by itself · %1").arg(more);
    if (right - left > 2 * icon)
        word(painter, rest(left, right), more, theme.color(ThemeColor::Secondary));
    paintScores(painter, theme, set, place);
}

/// Where what is drawn of the decision begins: a pane that offers no buttons keeps no room for them.
int PaneBar::wordsEnd(const CompareSet &set, int place, const Look &look) const
{
    const int end = firstLine().right() + 1 - Theme::space2;
    if (!set.takesJudgement(place))
        return end;
    const Judgement judgement = set.judgement(place);
    const bool isOffered = look.isActive || look.isHovered;
    if (judgement.pick == PickState::Picked || (isOffered && hasButtons()))
        return partRect(Part::Pick).left() - Theme::space2;
    if (judgement.pick == PickState::Rejected)
        return partRect(Part::Reject).left() - Theme::space2;
    return isOffered || judgement.rating.value_or(0) > 0 ? partRect(Part::Stars).left() - Theme::space2 : end;
}

void PaneBar::paintDecision(QPainter &painter, const Theme &theme, const CompareSet &set, int place, const Look &look) const
{
    if (!set.takesJudgement(place))
        return;
    const Judgement judgement = set.judgement(place);
    const auto glyph = [&](const QRect &room, const char *name, ThemeColor color) {
        QRect side(0, 0, icon, icon);
        side.moveCenter(room.center());
        paintIcon(painter, QLatin1String(name), side, theme.color(color));
    };
    const bool isOffered = look.isActive || look.isHovered;
    const bool isPicked = judgement.pick == PickState::Picked;
    const bool isRejected = judgement.pick == PickState::Rejected;
    if (isPicked)
        glyph(partRect(Part::Pick), "check_circle", ThemeColor::Current);
    else if (isOffered && hasButtons())
        glyph(partRect(Part::Pick), "check", ThemeColor::Secondary);
    if (isRejected)
        glyph(partRect(Part::Reject), "cancel", ThemeColor::Danger);
    else if (isOffered && hasButtons())
        glyph(partRect(Part::Reject), "close", ThemeColor::Secondary);
    const int given = look.hoverStars > 0 ? look.hoverStars : judgement.rating.value_or(0);
    QRect star(partRect(Part::Stars).left(), m_rect.top(), icon, height);
    for (int i = 1; i <= stars; ++i, star.translate(icon, 0)) {
        if (i <= given)
            glyph(star, "star", ThemeColor::Stale);
        else if (isOffered || given > 0)
            glyph(star, "star_border", ThemeColor::Secondary);
    }
}

void PaneBar::paintScores(QPainter &painter, const Theme &theme, const CompareSet &set, int place) const
{
    const QRect line = partRect(Part::Scores);
    if (line.height() <= 0)
        return;
    painter.setFont(Theme::secondaryFont());
    word(painter, line.adjusted(Theme::space2, -Theme::space1, -Theme::space2, -Theme::space1), scoresLine(set, place), theme.color(ThemeColor::Secondary));
}

QString scoresLine(const CompareSet &set, int place)
{
    if (set.isBlind())
        return {};
    QStringList parts;
    for (const PictureScore &score : set.at(place).scores)
        parts << scoreWord(score.name) + u' ' + QLocale().toString(score.value, 'f', 2);
    return parts.join(QStringLiteral(" · "));
}

QString scoresHelp(const CompareSet &set, int place)
{
    if (set.isBlind())
        return {};
    QStringList lines;
    for (const PictureScore &score : set.at(place).scores) {
        const auto kind = scoreFromName(score.name);
        QString line = QStringLiteral("%1 %2").arg(scoreWord(score.name), QLocale().toString(score.value, 'f', 2));
        if (const QString sentence = storedSentence(score); !sentence.isEmpty())
            line += QStringLiteral(". ") + sentence;
        if (kind)
            line += u'\n' + scoreLimits(*kind);
        lines << line;
    }
    return lines.join(QStringLiteral("\n\n"));
}

} // namespace Galley
