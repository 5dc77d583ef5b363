#include "core/composition/textblock.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QRawFont>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// Behind every family, for scripts that it has no glyphs for.
const QStringList &fallbackFamilies()
{
    static const QStringList families{QStringLiteral("Inter"), QStringLiteral("Noto Sans Arabic"), QStringLiteral("Noto Sans Hebrew")};
    return families;
}

bool supports(const QFont &font, char32_t character)
{
    return QRawFont::fromFont(font).supportsCharacter(uint(character));
}

} // namespace

TextBlock::TextBlock(const QString &text, const TextStyle &style, const QSizeF &box, double canvasHeight)
    : m_text(text)
    , m_style(style)
    , m_box(box)
    , m_canvasHeight(canvasHeight)
{
    m_text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    m_text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    const int least = std::max(1, int(std::lround(style.minSize * canvasHeight)));
    const int largest = style.size ? int(std::lround(*style.size * canvasHeight)) : int(std::ceil(box.height()));
    const bool mayShrink = style.fit == TextFit::Shrink || !style.size;
    int size = std::clamp(largest, 1, 4000);
    bool fits = layOut(size);
    if (!fits && mayShrink && size > least) {
        int good = least; // the largest size that fits lies in [good, bad)
        int bad = size;
        while (bad - good > 1) {
            const int middle = (good + bad) / 2;
            (layOut(middle) ? good : bad) = middle;
        }
        fits = layOut(good);
    }
    m_overflows = !fits && !(style.fit == TextFit::Grow && m_bounds.width() <= box.width() + 0.5);
    place();
}

TextBlock::~TextBlock() = default;

QFont TextBlock::fontFor(const FontSpec &spec)
{
    static const QStringList installed = QFontDatabase::families();
    QStringList families = fallbackFamilies();
    if (installed.contains(spec.family)) {
        families.removeAll(spec.family);
        families.prepend(spec.family);
    }
    QFont font;
    font.setFamilies(families);
    font.setWeight(QFont::Weight(std::clamp(spec.weight, 1, 1000)));
    font.setItalic(spec.italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    font.setKerning(true);
    return font;
}

QString TextBlock::missingGlyphs(const QString &text, const FontSpec &spec)
{
    QString missing;
    const QFont font = fontFor(spec);
    const auto characters = text.toStdU32String();
    for (const char32_t c : characters) {
        const bool invisible = c < 0x20 || c == 0x200B || c == 0x200C || c == 0x200D || c == 0xFE0F || c == 0x2028
                               || (c >= 0x200E && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (invisible)
            continue;
        bool found = false;
        for (const QString &family : font.families()) {
            QFont single = font;
            single.setFamilies({family});
            found = found || supports(single, c);
        }
        const QString shown = QString::fromUcs4(&c, 1);
        if (!found && !missing.contains(shown))
            missing += shown;
    }
    return missing;
}

bool TextBlock::layOut(int pixelSize)
{
    m_pixelSize = pixelSize;
    QFont font = fontFor(m_style.font);
    font.setPixelSize(pixelSize);
    font.setLetterSpacing(QFont::AbsoluteSpacing, m_style.letterSpacing * m_canvasHeight);
    if (!m_layout)
        m_layout = std::make_unique<QTextLayout>(m_text);
    m_layout->setFont(font);
    m_layout->setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(m_style.fit == TextFit::Error ? QTextOption::NoWrap : QTextOption::WordWrap);
    option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute); // lines are placed here, not by Qt
    option.setUseDesignMetrics(true);
    m_layout->setTextOption(option);
    double widest = 0;
    m_lineCount = 0;
    m_layout->beginLayout();
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine()) {
        line.setLineWidth(m_box.width());
        widest = std::max(widest, line.naturalTextWidth());
        ++m_lineCount;
    }
    m_layout->endLayout();
    const double height = m_lineCount * pixelSize * m_style.lineHeight;
    m_bounds = QRectF(0, 0, widest, height);
    return widest <= m_box.width() + 0.5 && height <= m_box.height() + 0.5;
}

void TextBlock::place()
{
    const double step = m_pixelSize * m_style.lineHeight;
    const double height = m_lineCount * step;
    double top = 0;
    if (m_style.valign == VerticalAlign::Middle)
        top = (m_box.height() - height) / 2;
    else if (m_style.valign == VerticalAlign::Bottom)
        top = m_box.height() - height;
    if (top < 0 && m_style.fit == TextFit::Grow)
        top = 0; // a box that grows keeps its upper edge
    double left = m_box.width();
    double right = 0;
    for (int i = 0; i < m_lineCount; ++i) {
        QTextLine line = m_layout->lineAt(i);
        const double width = line.naturalTextWidth();
        double x = 0;
        if (m_style.align == HorizontalAlign::Center)
            x = (m_box.width() - width) / 2;
        else if (m_style.align == HorizontalAlign::Right)
            x = m_box.width() - width;
        // Right-to-left lines keep their text at the right end of the line's width.
        const bool rightToLeft = m_layout->textOption().textDirection() == Qt::RightToLeft;
        line.setLineWidth(std::max(width, 1.0));
        const double y = top + i * step + (step - (line.ascent() + line.descent())) / 2;
        line.setPosition(QPointF(rightToLeft ? x + width - line.width() : x, y));
        left = std::min(left, x);
        right = std::max(right, x + width);
    }
    m_bounds = QRectF(left, top, std::max(0.0, right - left), height);
}

void TextBlock::paint(QPainter &painter, const QColor &color) const
{
    painter.setPen(color);
    m_layout->draw(&painter, QPointF());
}

} // namespace Galley
