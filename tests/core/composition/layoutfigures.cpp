#include "tests/core/composition/layoutfigures.h"

#include "core/composition/cutoutpicture.h"
#include "core/composition/textblock.h"
#include "core/imaging/colormath.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <optional>

namespace Galley {

namespace {

/// Around a layer that is painted alone, to see what leaves its box.
constexpr int margin = 64;
/// Of an outline, out of 255: what nobody sees, and what belongs to the thing for certain.
constexpr int faint = 8;
constexpr int solid = 128;

/// WCAG 2.2, "relative luminance".
double luminanceOf(QRgb pixel)
{
    const auto linear = [](int value) {
        const double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(pixel)) + 0.7152 * linear(qGreen(pixel)) + 0.0722 * linear(qBlue(pixel));
}

double contrastOf(QRgb first, QRgb second)
{
    const auto [darker, lighter] = std::minmax({luminanceOf(first), luminanceOf(second)});
    return (lighter + 0.05) / (darker + 0.05);
}

/// \a opacity of \a over on \a below, to the nearest level.
QRgb blended(QRgb over, QRgb below, double opacity)
{
    const auto channel = [&](int a, int b) { return int(std::lround(a * opacity + b * (1 - opacity))); };
    return qRgb(channel(qRed(over), qRed(below)), channel(qGreen(over), qGreen(below)), channel(qBlue(over), qBlue(below)));
}

int distance(QRgb first, QRgb second)
{
    return std::max({std::abs(qRed(first) - qRed(second)), std::abs(qGreen(first) - qGreen(second)), std::abs(qBlue(first) - qBlue(second))});
}

QRect boxAbove(const QImage &layer, int alpha)
{
    const QImage picture = layer.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    QRect box;
    for (int y = 0; y < picture.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        int first = 0;
        while (first < picture.width() && qAlpha(line[first]) <= alpha)
            ++first;
        int last = picture.width() - 1;
        while (last > first && qAlpha(line[last]) <= alpha)
            --last;
        if (first < picture.width())
            box |= QRect(QPoint(first, y), QPoint(last, y));
    }
    return box;
}

double iou(const QRectF &first, const QRectF &second)
{
    const QRectF common = first & second;
    const double both = std::max(0.0, common.width()) * std::max(0.0, common.height());
    return both / (first.width() * first.height() + second.width() * second.height() - both);
}

double largestOffset(const QRectF &first, const QRectF &second)
{
    return std::max({std::abs(first.left() - second.left()), std::abs(first.top() - second.top()), std::abs(first.right() - second.right()),
                     std::abs(first.bottom() - second.bottom())});
}

/// The whole pixels that lie inside of \a box, a tenth being what four decimals round away.
QRect pixelsInside(const QRectF &box)
{
    return {int(std::floor(box.x() + 0.5)), int(std::floor(box.y() + 0.5)), std::max(1, int(box.width() + 0.1)), std::max(1, int(box.height() + 0.1))};
}

/// As large as \a box allows, ratio kept, in the middle.
QRect fitted(const QSize &picture, const QRect &box)
{
    QSize size = box.size();
    if (qint64(picture.width()) * box.height() >= qint64(picture.height()) * box.width())
        size.setHeight(std::max(1, int(qint64(box.width()) * picture.height() / picture.width())));
    else
        size.setWidth(std::max(1, int(qint64(box.height()) * picture.width() / picture.height())));
    return {QPoint(box.x() + (box.width() - size.width()) / 2, box.y() + (box.height() - size.height()) / 2), size};
}

/// Text may grow out of its box.
QRectF reach(const SceneItem &item)
{
    if (item.kind != SceneItem::Kind::Text || item.style.fit != TextFit::Grow)
        return item.rect;
    return item.rect | TextBlock(item.text, item.style, item.rect.size(), item.canvasHeight).outline().boundingRect().translated(item.rect.topLeft());
}

/// The one colour that the items below \a text make all over \a area; none where a picture, a pattern or an edge takes part.
std::optional<QRgb> colorBelow(const Scene &scene, const SceneItem &text, const QRectF &area)
{
    std::optional<QRgb> color = qRgb(255, 255, 255);
    for (const SceneItem &item : scene.items) {
        if (item == text)
            break;
        if (!reach(item).intersects(area))
            continue;
        if (item.kind == SceneItem::Kind::Fill) {
            const double corner = item.radius * (1 - std::sqrt(0.5)) + 1;  // inside of it a rounded plate is whole
            if (!item.rect.contains(area) || (item.radius > 0 && !item.rect.adjusted(corner, corner, -corner, -corner).contains(area)))
                color.reset();
            else if (item.opacity >= 1)
                color = item.fill.rgb();
            else if (color)
                color = blended(item.fill.rgb(), *color, item.opacity);
        } else if (item.kind == SceneItem::Kind::Ground && (item.words.isEmpty() || item.words == QLatin1String("plain"))) {
            const QRgb ground = (item.palette.isEmpty() ? item.fill : item.palette.first()).rgb();
            color = item.opacity >= 1 ? std::optional(ground) : color ? std::optional(blended(ground, *color, item.opacity)) : std::nullopt;
        } else {
            color.reset();
        }
    }
    return color;
}

/// Large text, by WCAG, may have less.
double neededContrast(const SceneItem &item)
{
    const double pixelSize = TextBlock(item.text, item.style, item.rect.size(), item.canvasHeight).pixelSize();
    const bool isLarge = pixelSize >= 24 || (item.style.font.weight >= 700 && pixelSize >= 14 * 96.0 / 72);
    return isLarge ? 3 : 4.5;
}

/// \a item alone on an empty page, opaque.
QImage alone(ScenePainter &painter, SceneItem item, const LayerPictures &pictures)
{
    const Scene page{item.rect.size().toSize() + QSize(2 * margin, 2 * margin), {}};
    item.rect.moveTopLeft({margin, margin});
    item.opacity = 1;
    return painter.composeItem(page, item, pictures, page.canvas);
}

} // namespace

struct LayoutFigures::Draft
{
    QString name;
    Variant variant;
    Scene scene;
    LayerPictures pictures;
};

void LayoutFigures::miss(const Draft &draft, const SceneItem &item, const QString &what)
{
    m_misses.append(QStringLiteral("%1, %2: %3").arg(draft.name, item.tokenId, what));
}

void LayoutFigures::add(const Layout &layout)
{
    const Result<Variant> variant = resolve(layout.value, {});
    if (!variant) {
        m_misses.append(layout.value.name + QStringLiteral(": ") + variant.error().message);
        return;
    }
    Draft draft{layout.value.name, *variant, buildScene(*variant), {}};
    for (auto drawing = layout.drawings.cbegin(); drawing != layout.drawings.cend(); ++drawing) {
        draft.pictures.insert(drawing.key(), m_pack->image(drawing.value()).value_or(QImage()));
        m_drawings.insert(drawing.value());
    }
    ++m_layouts;
    // Layer by layer, each by a painter that knows nothing of the others: if that is the draft, no layer has changed another.
    QImage layers(draft.scene.canvas, QImage::Format_RGB32);
    layers.fill(Qt::white);
    for (const SceneItem &item : std::as_const(draft.scene.items)) {
        const QImage below = item.kind == SceneItem::Kind::Text ? layers.copy() : QImage();
        QPainter painter(&layers);
        ScenePainter().paintItem(painter, item, draft.pictures, false);
        painter.end();
        if (item.kind == SceneItem::Kind::Subject) {
            addSubject(draft, item);
        } else if (item.kind == SceneItem::Kind::Text) {
            const QImage layer = alone(m_painter, item, {});
            addText(draft, item, layer);
            addContrast(draft, item, layer, below, layers);
        }
    }
    if (m_painter.compose(draft.scene, draft.pictures, draft.scene.canvas) == layers.convertToFormat(QImage::Format_RGBA8888))
        ++m_independent;
    else
        m_misses.append(draft.name + QStringLiteral(": the draft is not its layers painted one by one"));
}

void LayoutFigures::addSubject(const Draft &draft, const SceneItem &item)
{
    const QImage picture = draft.pictures.value(item.tokenId);
    const QRectF token = draft.variant.findToken(item.tokenId)->token.box.toRect(draft.scene.canvas);
    const QRect box = pixelsInside(token);
    const QRect visible = visibleRect(picture);
    const QRectF expected = fitted(visible.size(), QRect(QPoint(margin, margin), box.size()));
    const QImage layer = alone(m_painter, item, draft.pictures);
    const QRectF shown = boxAbove(layer, faint);
    const double offset = largestOffset(shown, expected);
    ++m_subjects.count;
    m_subjects.partlyOutside += !QRectF(QPointF(), QSizeF(draft.scene.canvas)).contains(token);
    m_subjects.exact += offset == 0;
    m_subjects.withinPixel += offset <= 1;
    m_subjects.largestOffset = std::max(m_subjects.largestOffset, offset);
    m_subjects.smallestIou = std::min(m_subjects.smallestIou, iou(shown, expected));
    if (std::min(expected.width(), expected.height()) >= 100)
        m_subjects.smallestIouFrom100 = std::min(m_subjects.smallestIouFrom100, iou(shown, expected));
    if (offset > 1) {
        miss(draft, item, QStringLiteral("%1 of %2 × %3 px lies %4 px off in a box of %5 × %6 px")
                              .arg(item.words).arg(picture.width()).arg(picture.height()).arg(offset).arg(box.width()).arg(box.height()));
    }
    const bool isInside = item.rect.toRect() == box && QRect(QPoint(margin, margin), box.size()).contains(boxAbove(layer, 0));
    m_subjects.inside += isInside;
    if (!isInside)
        miss(draft, item, QStringLiteral("something shows outside of the box"));
    if (!visible.contains(boxAbove(picture, solid)))
        miss(draft, item, item.words + QStringLiteral(": a part is cut off"));
}

void LayoutFigures::addText(const Draft &draft, const SceneItem &item, const QImage &layer)
{
    ++m_texts.count;
    const bool grows = item.style.fit == TextFit::Grow;
    const QRect ink = boxAbove(layer, 0).translated(-margin, -margin);
    const QRect box(QPoint(), item.rect.size().toSize());
    const bool isOutside = !grows && !ink.isEmpty() && !box.contains(ink);
    m_texts.outside += isOutside;
    if (isOutside)
        miss(draft, item, QStringLiteral("there is ink outside of the box"));

    const TextBlock block(item.text, item.style, item.rect.size(), item.canvasHeight);
    const QRectF outline = block.outline().boundingRect();
    const bool isWhole = QRectF(box).adjusted(-1, -1, 1, grows ? outline.height() : 1).contains(outline);
    const QList<SceneProblem> problems = m_painter.problems({draft.scene.canvas, {item}}, {});
    const bool isReported = std::any_of(problems.cbegin(), problems.cend(), [](const SceneProblem &each) { return each.code == QLatin1String("overflow"); });
    m_texts.whole += isWhole;
    m_texts.reported += !isWhole && isReported;
    if (!isWhole && !isReported) {
        miss(draft, item, QStringLiteral("type of %1 px does not fit: it covers %2 × %3 at (%4, %5) in a box of %6 × %7")
                              .arg(block.pixelSize()).arg(outline.width()).arg(outline.height()).arg(outline.x()).arg(outline.y())
                              .arg(item.rect.width()).arg(item.rect.height()));
    }
}

/// Where \a layer has solid ink: its colour in \a after against what was there \a below.
void LayoutFigures::addContrast(const Draft &draft, const SceneItem &item, const QImage &layer, const QImage &below, const QImage &after)
{
    const QRect area = item.rect.toRect() & below.rect();
    const std::optional<QRgb> plate = colorBelow(draft.scene, item, QRectF(area));
    const bool isBlended = std::any_of(draft.scene.items.cbegin(), draft.scene.items.cend(), [](const SceneItem &each) { return each.opacity < 1; });
    const int tolerance = isBlended ? 2 : 0;  // levels, by roundings of several layers
    std::vector<double> ratios;
    int wrong = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            if (qAlpha(layer.pixel(QPoint(x, y) - item.rect.topLeft().toPoint() + QPoint(margin, margin))) < 255)
                continue;
            const QRgb ground = below.pixel(x, y);
            const QRgb ink = after.pixel(x, y);
            wrong += (plate && distance(ground, *plate) > tolerance) || distance(ink, blended(item.color.rgb(), ground, item.opacity)) > tolerance;
            ratios.push_back(contrastOf(ink, ground));
        }
    }
    if (ratios.empty())
        return;
    if (wrong > 0)
        miss(draft, item, QStringLiteral("%1 pixels have other colours than the template").arg(wrong));
    if (!plate) {
        const auto tenth = ratios.begin() + std::ptrdiff_t(ratios.size() / 10);
        std::nth_element(ratios.begin(), tenth, ratios.end());
        ++m_onPictures.count;
        m_onPictures.exact += wrong == 0;
        m_onPictures.enough += *tenth >= neededContrast(item);
        m_onPictures.least = std::min(m_onPictures.least, *tenth);
        return;
    }
    const double promised = contrastRatio(QColor::fromRgb(blended(item.color.rgb(), *plate, item.opacity)), QColor::fromRgb(*plate));
    const auto [least, most] = std::minmax_element(ratios.cbegin(), ratios.cend());
    ++m_onColor.count;
    m_onColor.exact += wrong == 0;
    m_onColor.largestDifference = std::max({m_onColor.largestDifference, promised - *least, *most - promised});
    constexpr double readable = 4.5;
    if (promised >= readable) {
        ++m_onColor.readable;
        m_onColor.readablePainted += *least >= readable;
        m_onColor.least = std::min(m_onColor.least, *least);
    }
}

} // namespace Galley
