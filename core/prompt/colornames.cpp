#include "core/prompt/colornames.h"

#include <cmath>

namespace Galley {

namespace {

QString hueWord(int hue, double lightness)
{
    if (hue < 12 || hue >= 346)
        return QStringLiteral("red");
    if (hue < 42)
        return lightness < 0.38 ? QStringLiteral("brown") : QStringLiteral("orange");
    if (hue < 68)
        return lightness < 0.3 ? QStringLiteral("olive") : QStringLiteral("yellow");
    if (hue < 165)
        return QStringLiteral("green");
    if (hue < 195)
        return QStringLiteral("teal");
    if (hue < 255)
        return QStringLiteral("blue");
    if (hue < 290)
        return QStringLiteral("violet");
    return lightness < 0.45 ? QStringLiteral("purple") : QStringLiteral("pink");
}

} // namespace

QString hexName(const QColor &color)
{
    return color.name(QColor::HexRgb).toUpper();
}

QStringList hexNames(const QList<QColor> &colors, qsizetype most)
{
    QStringList names;
    for (const QColor &color : colors) {
        if (names.size() < most)
            names.append(hexName(color));
    }
    return names;
}

QString colorWord(const QColor &color)
{
    const QColor hsl = color.toHsl();
    const double lightness = hsl.lightnessF();
    const double chroma = (1 - std::fabs(2 * lightness - 1)) * hsl.hslSaturationF();
    if (lightness > 0.96 || (lightness > 0.9 && chroma < 0.08))
        return chroma < 0.03 ? QStringLiteral("white") : QStringLiteral("off-white");
    if (lightness < 0.09)
        return QStringLiteral("black");
    if (chroma < 0.08)
        return lightness > 0.65 ? QStringLiteral("light grey") : (lightness < 0.35 ? QStringLiteral("dark grey") : QStringLiteral("grey"));
    const QString word = hueWord(hsl.hslHue(), lightness);
    if (word == QLatin1String("orange") && lightness > 0.8)
        return QStringLiteral("cream");
    if (lightness > 0.78)
        return QStringLiteral("light ") + word;
    if (lightness < 0.26 && word != QLatin1String("olive"))
        return QStringLiteral("dark ") + word;
    return word;
}

QString colorList(const QList<QColor> &colors)
{
    QString text;
    for (qsizetype i = 0; i < colors.size(); ++i) {
        if (i > 0)
            text += i + 1 == colors.size() ? QStringLiteral(" and ") : QStringLiteral(", ");
        text += colorWord(colors.at(i)) + QStringLiteral(" (") + hexName(colors.at(i)) + QLatin1Char(')');
    }
    return text;
}

} // namespace Galley
