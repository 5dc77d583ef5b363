// What CompareView paints, and what it measures for that.
#include "core/base/async.h"
#include "core/review/picturecompare.h"
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/compare/shownparts.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int differenceKey = -1;
constexpr int glyphSide = 32;
constexpr int grip = 28;       ///< of the wipe's handle
constexpr double shapeSlack = 0.02;

struct Measured
{
    PicturePyramid::Ptr picture;
    std::optional<PictureDifference> difference;
    bool wasScaled = false;
    bool otherShape = false;
};

/// What the first is compared with, pixel by pixel.
QImage secondAtSizeOf(const QImage &a, const QImage &b)
{
    return a.size() == b.size() ? b : b.scaled(a.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// Both pictures and what lies between them. Tenths of a second: on a pool.
Measured measured(const PicturePyramid::Ptr &first, const PicturePyramid::Ptr &second, int tolerance)
{
    Measured result;
    const QImage &a = first->picture();
    const QImage &whole = second->picture();
    result.wasScaled = a.size() != whole.size();
    result.otherShape = std::abs(double(a.width()) / a.height() * whole.height() / whole.width() - 1) > shapeSlack;
    const QImage b = secondAtSizeOf(a, whole);
    result.difference = comparePictures(a, b, tolerance);
    result.picture = PicturePyramid::make(differenceImage(a, b, tolerance), PicturePyramid::Shrink::Brightest);
    return result;
}

QString sentenceOf(const Measured &measured, int tolerance)
{
    if (!measured.difference)
        return {};
    const QLocale locale;
    QString text = measured.difference->share == 0
                       ? CompareView::tr("No pixel differs by more than %1 of 255.").arg(tolerance)
                       : CompareView::tr("%1 % of the pixels differ by more than %2 of 255, the most by %3.")
                             .arg(locale.toString(100 * measured.difference->share, 'f', measured.difference->share < 0.01 ? 2 : 1))
                             .arg(tolerance)
                             .arg(measured.difference->largest);
    if (measured.difference->psnrDb)
        text += u' ' + CompareView::tr("PSNR %1 dB.").arg(locale.toString(*measured.difference->psnrDb, 'f', 1));
    if (measured.otherShape)
        text += u' ' + CompareView::tr("The pictures have different shapes, so that the second was stretched for this.");
    else if (measured.wasScaled)
        text += u' ' + CompareView::tr("The second picture was scaled to the size of the first.");
    return text;
}

} // namespace

void CompareView::measure()
{
    const bool wanted = m_mode == CompareMode::Difference && m_places.first() >= 0 && m_places.second() >= 0
                        && m_set->isLoaded(m_places.first()) && m_set->isLoaded(m_places.second());
    if (!wanted)
        return;
    if (m_isMeasuring) {
        m_measureTimer.start();
        return;
    }
    const Difference next{m_set->image(m_places.first()), m_set->image(m_places.second()), m_tolerance, {}};
    if (next.first == m_difference.first && next.second == m_difference.second && next.tolerance == m_difference.tolerance)
        return;
    m_isMeasuring = true;
    const auto work = runOn(&m_pool, [next] { return measured(next.first, next.second, next.tolerance); });
    onFinished(work, this, [this, next](const QFuture<Measured> &done) {
        m_isMeasuring = false;
        m_measureTimer.start();  // what has changed meanwhile
        if (done.resultCount() == 0 || !isOfPair(next.first, next.second))
            return;
        m_difference = next;
        m_difference.picture = done.result().picture;
        m_differenceText = sentenceOf(done.result(), next.tolerance);
        measureSimilarity();
        update();
        Q_EMIT differenceMeasured();
    });
}

/// Of the two whose difference is shown, when it is not known yet. Others that were stepped to meanwhile have their turn after it.
void CompareView::measureSimilarity()
{
    const Similarity next{m_difference.first, m_difference.second, {}};
    if (m_isMeasuringSimilarity || !next.first || !next.second || (next.first == m_similarity.first && next.second == m_similarity.second))
        return;
    m_isMeasuringSimilarity = true;
    const auto work = runOn(&m_pool, [next] {
        const QImage &a = next.first->picture();
        return structuralSimilarity(a, secondAtSizeOf(a, next.second->picture()));
    });
    onFinished(work, this, [this, next](const QFuture<std::optional<double>> &done) {
        m_isMeasuringSimilarity = false;
        if (next.first == m_difference.first && next.second == m_difference.second)
            m_similarity = {next.first, next.second, done.resultCount() > 0 ? done.result() : std::nullopt};
        measureSimilarity();
        Q_EMIT differenceMeasured();
    });
}

QString CompareView::differenceText() const
{
    const bool isKnown = m_similarity.value && m_similarity.first == m_difference.first && m_similarity.second == m_difference.second;
    if (m_differenceText.isEmpty() || !isKnown)
        return m_differenceText;
    return m_differenceText + u' ' + tr("SSIM %1.").arg(QLocale().toString(*m_similarity.value, 'f', 3));
}

/// Of the two that are shown now, not of others that were stepped away from.
bool CompareView::isOfPair(const PicturePyramid::Ptr &one, const PicturePyramid::Ptr &other) const
{
    const int first = m_places.first();
    const int second = m_places.second();
    return first >= 0 && second >= 0 && one && one == m_set->image(first) && other == m_set->image(second);
}

void CompareView::forgetDifference()
{
    m_difference = {};
    m_similarity = {};  // and with it the pictures that it keeps
    m_differenceText.clear();
    Q_EMIT differenceMeasured();
}

void CompareView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ThemeColor::Surround));
    if (m_set->isEmpty())
        return;
    if (isPairMode()) {
        paintPair(painter);
    } else {
        for (int pane = 0; pane < m_panes.size(); ++pane)
            paintPane(painter, pane);
    }
    m_parts->sweep();
}

PaneBar::Look CompareView::lookOf(int bar) const
{
    PaneBar::Look look;
    look.isHovered = bar == m_hoverBar;
    look.hoverStars = look.isHovered ? m_hoverStars : 0;
    if (isPairMode()) {
        look.isActive = bar == viewPane();
        look.isPinned = m_places.pinned() >= 0 && barPlace(bar) == m_places.pictureAt(m_places.pinned());
        return look;
    }
    look.number = QString::number(bar + 1);
    look.isActive = bar == m_places.active();
    look.isPinned = bar == m_places.pinned();
    look.isMoved = m_view.isMoved(bar);
    return look;
}

void CompareView::paintPane(QPainter &painter, int pane)
{
    const Theme theme = Theme::of(this);
    const int place = shownPlace(pane);
    if (place < 0) {
        painter.fillRect(paneRect(pane), theme.color(ThemeColor::Surround));
        return;
    }
    paintPicture(painter, place, pane, pictureArea(pane), pictureArea(pane));
    PaneBar(barRect(pane)).paint(painter, theme, *m_set, place, lookOf(pane));
    if (pane != m_places.active() || m_panes.size() < 2)
        return;
    // The focus ring is as wide as the style's; without the focus the active pane keeps a thin line.
    const int width = hasFocus() ? 2 : 1;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(hasFocus() ? ThemeColor::Accent : ThemeColor::InputBorder), width));
    const double inset = width / 2.0;
    painter.drawRect(QRectF(paneRect(pane)).adjusted(inset, inset, -inset, -inset));
}

void CompareView::paintPair(QPainter &painter)
{
    const QRect area = pairArea();
    const int first = m_places.first();
    const int second = m_places.second();
    switch (m_mode) {
    case CompareMode::Wipe:
        paintWipe(painter, area);
        break;
    case CompareMode::Flicker:
        paintPicture(painter, m_flickered ? first : second, viewPane(), area, area);
        break;
    case CompareMode::OnionSkin:
        paintPicture(painter, first, 0, area, area);
        painter.setOpacity(m_flickered ? 0 : m_opacity);
        paintPicture(painter, second, 1, area, area);
        painter.setOpacity(1);
        break;
    case CompareMode::Difference:
        paintDifference(painter, area);
        break;
    case CompareMode::Panes:
        break;
    }
    paintPairBars(painter);
}

/// The first on the left of the line, the second on the right. Space shows one and the other whole.
void CompareView::paintWipe(QPainter &painter, const QRect &area)
{
    const Theme theme = Theme::of(this);
    if (m_flickered) {
        paintPicture(painter, m_places.first(), 0, area, area);
        return;
    }
    const int cut = qRound(wipePixel());
    QRect one = area;
    QRect other = area;
    if (m_wipeUpright) {
        one.setRight(cut - 1);
        other.setLeft(cut);
    } else {
        one.setBottom(cut - 1);
        other.setTop(cut);
    }
    paintPicture(painter, m_places.first(), 0, area, one);
    paintPicture(painter, m_places.second(), 1, area, other);
    QRect line = m_wipeUpright ? QRect(cut - 1, area.top(), 2, area.height()) : QRect(area.left(), cut - 1, area.width(), 2);
    painter.fillRect(line.adjusted(m_wipeUpright ? -1 : 0, m_wipeUpright ? 0 : -1, m_wipeUpright ? 1 : 0, m_wipeUpright ? 0 : 1),
                     theme.color(ThemeColor::Surround));
    painter.fillRect(line, theme.color(hasFocus() ? ThemeColor::Accent : ThemeColor::Text));
    QRect handle(0, 0, grip, grip);
    handle.moveCenter(m_wipeUpright ? QPoint(cut, area.center().y()) : QPoint(area.center().x(), cut));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(hasFocus() ? ThemeColor::Accent : ThemeColor::InputBorder), 1.5));
    painter.setBrush(theme.color(ThemeColor::Raised));
    painter.drawEllipse(QRectF(handle).adjusted(1, 1, -1, -1));
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintIcon(painter, m_wipeUpright ? QStringLiteral("swap_horiz") : QStringLiteral("swap_vert"),
              handle.adjusted(Theme::space1, Theme::space1, -Theme::space1, -Theme::space1), theme.color(ThemeColor::Text));
}

void CompareView::paintDifference(QPainter &painter, const QRect &area)
{
    if (m_flickered || !m_difference.picture || !isOfPair(m_difference.first, m_difference.second)) {
        paintPicture(painter, m_places.first(), 0, area, area);
        return;
    }
    paintPart(painter, differenceKey, m_difference.picture, m_view.pictureRect(0, m_difference.picture->size(), area), area);
}

void CompareView::paintPairBars(QPainter &painter)
{
    const Theme theme = Theme::of(this);
    for (const int bar : {0, 1}) {
        if (const QRect rect = barRect(bar); !rect.isEmpty() && barPlace(bar) >= 0)
            PaneBar(rect).paint(painter, theme, *m_set, barPlace(bar), lookOf(bar));
    }
}

void CompareView::paintPicture(QPainter &painter, int place, int pane, const QRect &area, const QRect &clip)
{
    if (place < 0)
        return;
    const QRectF target = m_view.pictureRect(pane, sizeOf(place), area);
    const PicturePyramid::Ptr pyramid = m_set->image(place);
    if (!pyramid) {
        paintEmpty(painter, target.toAlignedRect().intersected(clip), m_set->at(place).problem);
        return;
    }
    paintPart(painter, place, pyramid, target, clip);
    if (place == m_marked)
        paintMarks(painter, target, clip);
}

/// Scales what of the picture can be seen in its whole area and copies what lies in \a clip: moving a wipe scales nothing.
void CompareView::paintPart(QPainter &painter, int key, const PicturePyramid::Ptr &pyramid, const QRectF &target, const QRect &clip)
{
    const double ratio = devicePixelRatioF();
    const QRect area = isPairMode() ? pairArea() : clip;
    const QPoint corner(qRound(target.x() * ratio), qRound(target.y() * ratio));
    const QSizeF full = target.size() * ratio;
    const QRect pixels(corner, QSize(std::max(1, qRound(full.width())), std::max(1, qRound(full.height()))));
    const QRect areaPixels = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio).toAlignedRect();
    const QRect visible = pixels.intersected(areaPixels);
    if (visible.isEmpty())
        return;
    QImage image = m_parts->part(key, pyramid, full, visible.translated(-corner));
    image.setDevicePixelRatio(ratio);
    painter.save();
    painter.setClipRect(clip);
    painter.drawImage(QPointF(visible.topLeft()) / ratio, image);
    painter.restore();
}

void CompareView::paintEmpty(QPainter &painter, const QRect &area, const QString &sentence)
{
    const Theme theme = Theme::of(this);
    painter.fillRect(area, theme.color(ThemeColor::Panel));
    QRect glyph(0, 0, glyphSide, glyphSide);
    glyph.moveCenter(area.center());
    const bool isBad = !sentence.isEmpty();
    paintIcon(painter, isBad ? QStringLiteral("warning") : QStringLiteral("image"), glyph,
              theme.color(isBad ? ThemeColor::Stale : ThemeColor::Disabled));
    if (!isBad)
        return;
    painter.setFont(Theme::bodyFont());
    painter.setPen(theme.color(ThemeColor::Text));
    const QRect text(area.left() + Theme::space3, glyph.bottom() + Theme::space2, area.width() - 2 * Theme::space3, area.bottom() - glyph.bottom() - Theme::space2);
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, sentence);
}

/// Where it was (dashed), where it is (solid), and in a word what has become of it.
void CompareView::paintMarks(QPainter &painter, const QRectF &picture, const QRect &clip)
{
    const Theme theme = Theme::of(this);
    painter.save();
    painter.setClipRect(clip);
    painter.setFont(Theme::secondaryFont());
    const QFontMetrics metrics(painter.font());
    const auto onPicture = [&picture](const QRectF &box) {
        return QRectF(picture.x() + box.x() * picture.width(), picture.y() + box.y() * picture.height(), box.width() * picture.width(),
                      box.height() * picture.height());
    };
    for (const CompareMark &mark : std::as_const(m_marks)) {
        painter.setBrush(Qt::NoBrush);
        if (!mark.from.isEmpty() && mark.from != mark.box) {
            painter.setPen(QPen(theme.color(ThemeColor::Secondary), 2, Qt::DashLine));
            painter.drawRect(onPicture(mark.from));
        }
        const QRectF box = onPicture(mark.box);
        painter.setPen(QPen(theme.color(ThemeColor::Stale), 2));
        painter.drawRect(box);
        const QRectF chip(box.left(), box.top(), metrics.horizontalAdvance(mark.word) + 2 * Theme::space1, metrics.height() + Theme::space1);
        painter.fillRect(chip, theme.color(ThemeColor::Panel));
        painter.setPen(theme.color(ThemeColor::Text));
        painter.drawText(chip, Qt::AlignCenter, mark.word);
    }
    painter.restore();
}

} // namespace Galley
