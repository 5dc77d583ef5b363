#include "ui/library/cellpainter.h"

#include "ui/library/librarytext.h"
#include "ui/widgets/icon.h"

#include <QPainter>

namespace Galley {

namespace {

constexpr int stroke = 2;
constexpr int starSide = 14;
constexpr int badgeSide = 22;
constexpr int chipHeight = 20;
constexpr int tagWidth = 10;
constexpr int nameWidth = 48;  ///< that is left of a name before the time goes
constexpr double rejectedOpacity = 0.4;

void drawLine(QPainter &painter, const QRect &rect, const QFont &font, const QColor &color, const QString &text)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

QPixmap CellPainter::glyph(const QString &name, int side, ThemeColor color, const Theme &theme, double ratio)
{
    const QString key = QStringLiteral("%1 %2 %3 %4 %5").arg(name).arg(side).arg(int(color)).arg(theme.isDark()).arg(ratio);
    QPixmap &known = m_glyphs[key];
    if (known.isNull()) {
        known = QPixmap(QSize(side, side) * ratio);
        known.setDevicePixelRatio(ratio);
        known.fill(Qt::transparent);
        QPainter painter(&known);
        paintIcon(painter, name, QRect(0, 0, side, side), theme.color(color));
    }
    return known;
}

void CellPainter::paint(QPainter &painter, const GridGeometry &geometry, const QRect &rect, const Cell &cell, const Theme &theme)
{
    const QRect square(rect.left() + GridGeometry::padding, rect.top() + GridGeometry::padding, geometry.side, geometry.side);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(cell.isHovered ? ThemeColor::Hover : ThemeColor::Panel));
    painter.drawRoundedRect(rect, Theme::radius, Theme::radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintPicture(painter, square, cell, theme);
    if (cell.card) {
        paintBadge(painter, square, cell.card->judgement.pick, theme);
        paintTrouble(painter, square, *cell.card, theme);
        paintCaption(painter, QRect(square.left(), square.bottom() + 1 + Theme::space1, square.width(), GridGeometry::caption), *cell.card, theme);
    }
    if (!cell.isSelected && !cell.isCurrent)
        return;
    // Chosen: a thick frame and a check mark at a corner; current without being chosen: a thin frame.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(ThemeColor::Accent), cell.isSelected ? stroke + 1 : 1));
    const double inset = cell.isSelected ? 1.5 : 0.5;
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), Theme::radius, Theme::radius);
    if (cell.isSelected && cell.isCurrent) {
        painter.setPen(QPen(theme.color(ThemeColor::Text), 1, Qt::DotLine));
        painter.drawRoundedRect(QRectF(rect).adjusted(4.5, 4.5, -4.5, -4.5), 2, 2);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void CellPainter::paintPicture(QPainter &painter, const QRect &square, const Cell &cell, const Theme &theme)
{
    if (cell.thumbnail.isNull()) {
        painter.fillRect(square, theme.color(ThemeColor::Surround));
        const int side = Theme::toolIconSize;
        const QRect place(square.center().x() - side / 2, square.center().y() - side / 2, side, side);
        if (cell.hasNoThumbnail)
            painter.drawPixmap(place.topLeft(), glyph(QStringLiteral("broken_image"), side, ThemeColor::Secondary, theme, painter.device()->devicePixelRatioF()));
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    QSizeF size = QSizeF(cell.thumbnail.size()) / ratio;
    const bool scaled = size.width() > square.width() || size.height() > square.height()
                        || (size.width() < square.width() && size.height() < square.height());
    if (scaled)
        size.scale(square.size(), Qt::KeepAspectRatio);
    const QSize whole = size.toSize().expandedTo(QSize(1, 1));
    const QRect place(square.left() + (square.width() - whole.width()) / 2, square.top() + (square.height() - whole.height()) / 2, whole.width(),
                      whole.height());
    const bool rejected = cell.card && cell.card->judgement.pick == PickState::Rejected;
    if (rejected)
        painter.setOpacity(rejectedOpacity);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scaled);
    painter.drawPixmap(place, cell.thumbnail);
    painter.setOpacity(1);
}

void CellPainter::paintBadge(QPainter &painter, const QRect &square, PickState pick, const Theme &theme)
{
    if (pick == PickState::None)
        return;
    const bool picked = pick == PickState::Picked;
    const QRect badge(square.right() + 1 - badgeSide - 4, square.top() + 4, badgeSide, badgeSide);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(ThemeColor::Panel));
    painter.drawEllipse(badge);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawPixmap(badge.topLeft() + QPoint(2, 2),
                       glyph(pickIcon(pick), badgeSide - 4, picked ? ThemeColor::Current : ThemeColor::Danger, theme,
                             painter.device()->devicePixelRatioF()));
}

/// Words on a chip: over the picture and never instead of it, but a damaged file is not the picture.
void CellPainter::paintTrouble(QPainter &painter, const QRect &square, const LibraryCard &card, const Theme &theme)
{
    struct Word
    {
        QString text;
        QString icon;
        ThemeColor tone;
    };
    QList<Word> words;
    if (card.isDamaged)
        words.append({damagedWord(), QStringLiteral("broken_image"), ThemeColor::Danger});
    if (!card.mark.isEmpty())
        words.append({markWord(card.mark), QStringLiteral("undo"), ThemeColor::Stale});
    int bottom = square.bottom() + 1 - 4;
    const QFontMetrics metrics(m_small);
    for (const Word &word : std::as_const(words)) {
        const int width = std::min(square.width() - 8, metrics.horizontalAdvance(word.text) + starSide + 16);
        const QRect chip(square.left() + 4, bottom - chipHeight, width, chipHeight);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(word.tone), 1));
        painter.setBrush(theme.color(ThemeColor::Panel));
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius, Theme::radius);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.drawPixmap(chip.left() + 4, chip.top() + (chipHeight - starSide) / 2,
                           glyph(word.icon, starSide, word.tone, theme, painter.device()->devicePixelRatioF()));
        drawLine(painter, chip.adjusted(starSide + 8, 0, -4, 0), m_small, theme.color(ThemeColor::Text), word.text);
        bottom = chip.top() - 4;
    }
}

void CellPainter::paintCaption(QPainter &painter, const QRect &rect, const LibraryCard &card, const Theme &theme)
{
    const QRect upper(rect.left(), rect.top(), rect.width(), 20);
    const QRect lower(rect.left(), rect.top() + 20, rect.width(), 20);
    const QString model = card.model();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.hue(m_names.hue(model)));
    painter.drawRoundedRect(QRect(upper.left(), upper.top() + 5, tagWidth, tagWidth), 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawLine(painter, upper.adjusted(tagWidth + 6, 0, 0, 0), m_body, theme.color(ThemeColor::Text),
             model.isEmpty() ? unknownModelWord() : m_names.label(model));
    int left = lower.left();
    const int stars = card.judgement.rating.value_or(0);
    const QPixmap star = stars > 0 ? glyph(QStringLiteral("star"), starSide, ThemeColor::Text, theme, painter.device()->devicePixelRatioF()) : QPixmap();
    for (int i = 0; i < stars; ++i, left += starSide - 1)
        painter.drawPixmap(left, lower.top() + 3, star);
    if (stars > 0)
        left += 6;
    // What a name loses can be guessed, what a time loses cannot.
    const QString time = captionTime(card);
    const int timeWidth = QFontMetrics(m_small).horizontalAdvance(time);
    const int right = lower.right() + 1;
    const bool fits = right - left - timeWidth > nameWidth;
    const QColor color = theme.color(ThemeColor::Secondary);
    drawLine(painter, QRect(left, lower.top(), right - left - (fits ? timeWidth + 8 : 0), lower.height()), m_small, color, captionText(card));
    if (fits)
        drawLine(painter, QRect(right - timeWidth, lower.top(), timeWidth + 1, lower.height()), m_small, color, time);
}

} // namespace Galley
