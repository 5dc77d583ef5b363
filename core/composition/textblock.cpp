#include "core/composition/textblock.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace Galley {

namespace {

/// The type size at which everything is shaped. Large, so that rounding of advances (1/64 pixel) does not count.
constexpr double reference = 256;
/// Type sizes are searched in steps of a quarter pixel.
constexpr double sizeStep = 0.25;
/// Rounding that does not count as overflow, in canvas pixels.
constexpr double slack = 0.5;
/// Rasters start on a grid of this many positions a pixel, so that equal pictures have equal keys.
constexpr int subPixels = 64;
/// Above, outlines are painted directly.
constexpr double largestRaster = 12e6;

/// Behind every family, for scripts that it has no glyphs for.
const QStringList &fallbackFamilies()
{
    static const QStringList families{QStringLiteral("Inter"), QStringLiteral("Noto Sans Arabic"),
                                      QStringLiteral("Noto Sans Hebrew")};
    return families;
}

bool isInvisible(char32_t c)
{
    return c < 0x20 || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)
           || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

/// The families of a font one by one, with what they can show.
class FamilyChooser
{
public:
    explicit FamilyChooser(const QFont &font)
    {
        for (const QString &family : font.families()) {
            QFont single = font;
            single.setFamilies({family});
            m_fonts.push_back(single);
            m_raws.push_back(QRawFont::fromFont(single));
        }
    }

    /// The first family that has all of \a cluster; else the first that has its base character; -1: none has. Blanks and
    /// punctuation stay with \a previous, so that a script is not interrupted.
    int choose(const QString &cluster, int previous) const
    {
        const std::u32string characters = cluster.toStdU32String();
        const bool neutral = !characters.empty() && !QChar::isLetterOrNumber(characters.front());
        if (neutral && previous >= 0 && showsAll(std::size_t(previous), characters))
            return previous;
        for (std::size_t i = 0; i < m_raws.size(); ++i) {
            if (showsAll(i, characters))
                return int(i);
        }
        for (std::size_t i = 0; i < m_raws.size(); ++i) {
            if (!characters.empty() && shows(i, characters.front()))
                return int(i);
        }
        return -1;
    }

    bool anyShows(char32_t c) const
    {
        for (std::size_t i = 0; i < m_raws.size(); ++i) {
            if (shows(i, c))
                return true;
        }
        return false;
    }

    const QFont &font(int index) const { return m_fonts.at(std::size_t(std::max(index, 0))); }

private:
    bool shows(std::size_t index, char32_t c) const { return isInvisible(c) || m_raws.at(index).supportsCharacter(uint(c)); }
    bool showsAll(std::size_t index, const std::u32string &characters) const
    {
        return std::all_of(characters.begin(), characters.end(), [&](char32_t c) { return shows(index, c); });
    }

    std::vector<QFont> m_fonts;
    std::vector<QRawFont> m_raws;
};

/// One format for each stretch of \a text that one family shows.
QList<QTextLayout::FormatRange> familyRanges(const QString &text, const FamilyChooser &chooser)
{
    QList<QTextLayout::FormatRange> ranges;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    int start = 0;
    int previous = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        const int family = chooser.choose(text.mid(start, end - start), previous);
        if (!ranges.isEmpty() && family == previous) {
            ranges.last().length += int(end) - start;
        } else {
            QTextLayout::FormatRange range;
            range.start = start;
            range.length = int(end) - start;
            range.format.setFont(chooser.font(family));
            ranges.append(range);
        }
        previous = family;
        start = int(end);
    }
    return ranges;
}

/// How far [\a low, \a high] has to move to lie in [0, \a length]; to its middle when it is longer.
double moveInto(double low, double high, double length)
{
    return high - low > length ? (length - high - low) / 2 : std::max(0.0, -low) - std::max(0.0, high - length);
}

} // namespace

TextBlock::TextBlock(const QString &text, const TextStyle &style, const QSizeF &box, double canvasHeight)
    : m_style(style)
    , m_box(box)
    , m_canvasHeight(canvasHeight)
    , m_text(text)
{
    m_text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    m_text.replace(QLatin1Char('\t'), QLatin1Char(' '));
    shape();
    const double wanted = style.size ? *style.size * canvasHeight : box.height();
    layOut(std::clamp(wanted, 1.0, 8000.0));
    keepInkInside();
    m_paragraphs.clear();
}

TextBlock::~TextBlock() = default;

QFont TextBlock::fontFor(const FontSpec &spec)
{
    QStringList families = fallbackFamilies();
    if (QFontDatabase::hasFamily(spec.family)) {
        families.removeAll(spec.family);
        families.prepend(spec.family);
    }
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(int(reference));
    font.setWeight(QFont::Weight(std::clamp(spec.weight, 1, 1000)));
    font.setItalic(spec.italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferAntialias | QFont::NoSubpixelAntialias | QFont::NoFontMerging));
    font.setKerning(true);
    return font;
}

QString TextBlock::missingGlyphs(const QString &text, const FontSpec &spec)
{
    QString missing;
    const FamilyChooser chooser(fontFor(spec));
    for (const char32_t c : text.toStdU32String()) {
        const QString shown = QString::fromUcs4(&c, 1);
        if (!isInvisible(c) && !chooser.anyShows(c) && !missing.contains(shown))
            missing += shown;
    }
    return missing;
}

void TextBlock::shape()
{
    const FamilyChooser chooser(fontFor(m_style.font));
    QTextOption option;
    option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute); // lines are placed here, not by Qt
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setUseDesignMetrics(true);
    for (const QString &paragraph : m_text.split(QLatin1Char('\n'))) {
        auto layout = std::make_unique<QTextLayout>(paragraph, chooser.font(0));
        layout->setFormats(familyRanges(paragraph, chooser));
        layout->setTextOption(option);
        layout->setCacheEnabled(true);
        m_paragraphs.push_back(std::move(layout));
    }
    const QFontMetricsF metrics(chooser.font(0));
    m_ascent = metrics.ascent();
    m_descent = metrics.descent();
}

bool TextBlock::breakLines(double pixelSize, double width, bool anywhere)
{
    m_pixelSize = pixelSize;
    m_breaksWords = anywhere;
    m_lines.clear();
    const double unit = reference / pixelSize;
    const double spacing = m_style.letterSpacing * m_canvasHeight * unit;
    double widest = 0;
    for (std::size_t p = 0; p < m_paragraphs.size(); ++p) {
        QTextLayout &layout = *m_paragraphs[p];
        QTextOption option = layout.textOption();
        option.setWrapMode(m_style.fit == TextFit::Error ? QTextOption::NoWrap
                           : anywhere                    ? QTextOption::WrapAtWordBoundaryOrAnywhere
                                                         : QTextOption::WordWrap);
        layout.setTextOption(option);
        if (m_style.letterSpacing != 0) { // in canvas pixels: not a part of what scales
            QList<QTextLayout::FormatRange> formats = layout.formats();
            for (QTextLayout::FormatRange &range : formats) {
                QFont font = range.format.font();
                font.setLetterSpacing(QFont::AbsoluteSpacing, spacing);
                range.format.setFont(font);
            }
            layout.setFormats(formats);
        }
        layout.beginLayout();
        int index = 0;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine(), ++index) {
            line.setLineWidth(width * unit + std::max(0.0, spacing));
            // The ink runs from the outermost cursor positions, blanks at the line's end left out.
            int end = line.textStart() + line.textLength();
            while (end > line.textStart() && layout.text().at(end - 1).isSpace())
                --end;
            double left = line.cursorToX(line.textStart());
            double right = left;
            for (int i = line.textStart(); i <= end; ++i) {
                const double x = line.cursorToX(i);
                left = std::min(left, x);
                right = std::max(right, x);
            }
            if (line.naturalTextWidth() > line.width()) // a cursor never leaves the line, however long its one word is
                right = std::max(right, left + line.naturalTextWidth());
            const double length = std::max(0.0, right - left - (end > line.textStart() ? spacing : 0));
            m_lines.push_back({p, index, left, length / unit});
            widest = std::max(widest, length / unit);
        }
        layout.endLayout();
    }
    m_lineCount = int(m_lines.size());
    const double height = m_lineCount * pixelSize * m_style.lineHeight;
    m_bounds = QRectF(0, 0, widest, height);
    return widest <= m_box.width() + slack && height <= m_box.height() + slack;
}

void TextBlock::layOut(double largest)
{
    search(largest);
    if (!m_overflows && m_style.align == HorizontalAlign::Center)
        balance();
    place();
}

bool TextBlock::mayShrink(double pixelSize) const
{
    return (m_style.fit == TextFit::Shrink || !m_style.size) && pixelSize > leastSize();
}

double TextBlock::leastSize() const
{
    return std::max(1.0, m_style.minSize * m_canvasHeight);
}

void TextBlock::search(double largest)
{
    const double least = leastSize();
    const double width = m_box.width();
    bool fits = breakLines(largest, width);
    if (!fits && mayShrink(largest)) {
        int good = 0; // least + good steps fits, or is the last resort; least + bad steps does not fit
        int bad = int(std::ceil((largest - least) / sizeStep));
        while (bad - good > 1) {
            const int middle = (good + bad) / 2;
            (breakLines(least + middle * sizeStep, width) ? good : bad) = middle;
        }
        fits = breakLines(least + good * sizeStep, width);
    }
    if (!fits && m_style.fit != TextFit::Error && m_bounds.width() > width + slack)
        breakLines(m_pixelSize, width, true); // one word is wider than the box: better broken than cut off
    m_overflows = !fits && !(m_style.fit == TextFit::Grow && m_bounds.width() <= width + slack);
}

void TextBlock::balance()
{
    const int lines = m_lineCount;
    const double widest = m_bounds.width();
    if (lines < 2 || lines > 6 || lines <= int(m_paragraphs.size()) || m_breaksWords)
        return;
    double narrow = widest / lines; // too narrow; `wide` keeps the number of lines
    double wide = m_box.width();
    for (int i = 0; i < 7; ++i) {
        const double middle = (narrow + wide) / 2;
        (breakLines(m_pixelSize, middle) && m_lineCount == lines && m_bounds.width() <= middle + slack ? wide : narrow) = middle;
    }
    breakLines(m_pixelSize, wide);
}

void TextBlock::place()
{
    const double unit = m_pixelSize / reference;
    const double step = m_pixelSize * m_style.lineHeight;
    const double height = m_lineCount * step;
    double top = 0;
    if (m_style.valign == VerticalAlign::Middle)
        top = (m_box.height() - height) / 2;
    else if (m_style.valign == VerticalAlign::Bottom)
        top = m_box.height() - height;
    if (top < 0 && (m_style.fit == TextFit::Grow || m_overflows))
        top = 0; // a box that grows keeps its upper edge, and what is cut off is the end
    double left = m_box.width();
    double right = 0;
    m_outline.clear();
    m_outline.setFillRule(Qt::WindingFill);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines[i];
        double x = 0;
        if (m_style.align == HorizontalAlign::Center)
            x = (m_box.width() - line.width) / 2;
        else if (m_style.align == HorizontalAlign::Right)
            x = m_box.width() - line.width;
        left = std::min(left, x);
        right = std::max(right, x + line.width);
        const double baseline = top + double(i) * step + (step - (m_ascent + m_descent) * unit) / 2 + m_ascent * unit;
        const QTextLine shaped = m_paragraphs[line.paragraph]->lineAt(line.index);
        for (const QGlyphRun &run : shaped.glyphRuns()) {
            const QRawFont font = run.rawFont();
            const QList<quint32> glyphs = run.glyphIndexes();
            const QList<QPointF> positions = run.positions();
            // positions count from the line's layout: y is that of Qt's own baseline
            const double qtBaseline = shaped.y() + shaped.ascent();
            for (qsizetype k = 0; k < glyphs.size(); ++k) {
                QTransform transform;
                transform.translate(x + (positions.at(k).x() - line.left) * unit, baseline + (positions.at(k).y() - qtBaseline) * unit);
                transform.scale(unit, unit);
                m_outline.addPath(transform.map(font.pathForGlyph(glyphs.at(k))));
            }
        }
    }
    m_bounds = QRectF(left, top, std::max(0.0, right - left), height);
}

void TextBlock::keepInkInside()
{
    constexpr int tries = 4;
    const bool grows = m_style.fit == TextFit::Grow;
    const QRectF room = QRectF(QPointF(), m_box).adjusted(-slack, -slack, slack, grows ? m_bounds.height() : slack);
    for (int i = 0; !m_overflows && !room.contains(m_outline.controlPointRect()); ++i) {
        const QRectF ink = m_outline.boundingRect();
        const double share = std::min(room.width() / ink.width(), grows ? 1 : room.height() / ink.height());
        if (share >= 1) {
            const QPointF by(moveInto(ink.left(), ink.right(), m_box.width()),
                             moveInto(ink.top(), ink.bottom(), grows ? ink.bottom() + ink.height() : m_box.height()));
            m_outline.translate(by);
            m_bounds.translate(by);
            return;
        }
        if (!mayShrink(m_pixelSize) || i == tries) {
            m_overflows = true;
            return;
        }
        layOut(std::max(leastSize(), m_pixelSize * share));
    }
}

QRectF TextBlock::clip() const
{
    const QRectF ink = m_outline.controlPointRect();
    const QRectF box(QPointF(), m_box);
    return m_style.fit == TextFit::Grow ? ink : ink.intersected(box);
}

void TextBlock::paint(QPainter &painter, const QColor &color) const
{
    const QTransform device = painter.deviceTransform();
    const QRectF visible = clip();
    if (visible.isEmpty())
        return;
    const bool straight = device.type() <= QTransform::TxScale && device.m11() > 0 && device.m22() > 0;
    if (!straight || visible.width() * device.m11() * visible.height() * device.m22() > largestRaster) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(visible, Qt::IntersectClip);
        painter.fillPath(m_outline, color);
        painter.restore();
        return;
    }
    // A raster at device pixels, so that a box that moves by whole pixels shows the same bytes and costs a blit.
    const QPoint fraction(int(std::lround((device.dx() - std::floor(device.dx())) * subPixels)),
                          int(std::lround((device.dy() - std::floor(device.dy())) * subPixels)));
    if (m_raster.image.isNull() || m_raster.scaleX != device.m11() || m_raster.scaleY != device.m22()
        || m_raster.fraction != fraction || m_raster.color != color) {
        const QTransform toDevice(device.m11(), 0, 0, device.m22(), fraction.x() / double(subPixels), fraction.y() / double(subPixels));
        const QRect area = toDevice.mapRect(visible).toAlignedRect();
        QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter inner(&image);
        inner.setRenderHint(QPainter::Antialiasing);
        inner.translate(-area.topLeft());
        inner.setTransform(toDevice, true);
        inner.fillPath(m_outline, color);
        inner.end();
        m_raster = {image, area.topLeft(), device.m11(), device.m22(), fraction, color};
    }
    painter.save();
    painter.setWorldTransform((painter.worldTransform().inverted() * device).inverted());
    painter.drawImage(QPoint(int(std::floor(device.dx())), int(std::floor(device.dy()))) + m_raster.offset, m_raster.image);
    painter.restore();
}

} // namespace Galley
