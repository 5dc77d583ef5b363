#include "core/prompt/colorname.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace Galley {

namespace {

QString grayName(double lightness)
{
    if (lightness > 0.85)
        return QStringLiteral("very light gray");
    if (lightness > 0.65)
        return QStringLiteral("light gray");
    if (lightness > 0.4)
        return QStringLiteral("gray");
    return lightness > 0.18 ? QStringLiteral("dark gray") : QStringLiteral("near black");
}

/// The names of the hue circle; each holds up to its angle in degrees.
QString hueName(double degrees)
{
    static constexpr std::pair<double, const char *> names[] = {
        {12, "red"},        {22, "orange red"},   {40, "orange"},      {52, "golden yellow"}, {66, "yellow"},
        {85, "lime green"}, {155, "green"},       {178, "teal green"}, {196, "turquoise"},    {212, "sky blue"},
        {246, "blue"},      {266, "violet blue"}, {290, "purple"},     {325, "magenta"},      {345, "rose"},
        {361, "red"}};
    const auto found = std::find_if(std::begin(names), std::end(names), [&](const auto &name) { return degrees < name.first; });
    return QString::fromLatin1(found->second);
}

/// Names that people use instead of "light orange" or "dark orange"; empty where they use none.
QString commonName(double degrees, double saturation, double lightness)
{
    if (degrees >= 20 && degrees < 65 && lightness > 0.85)
        return QStringLiteral("cream");
    if (degrees >= 15 && degrees < 60 && lightness > 0.65 && saturation < 0.55)
        return QStringLiteral("beige");
    if (degrees >= 10 && degrees < 48 && lightness < 0.4)
        return lightness < 0.22 ? QStringLiteral("dark brown") : QStringLiteral("brown");
    if (degrees >= 205 && degrees < 250 && lightness < 0.26)
        return QStringLiteral("navy blue");
    if ((degrees < 12 || degrees >= 325) && lightness > 0.68)
        return lightness > 0.85 ? QStringLiteral("pale pink") : QStringLiteral("pink");
    return {};
}

} // namespace

QString colorName(const QColor &color)
{
    const double red = color.red() / 255.0;
    const double green = color.green() / 255.0;
    const double blue = color.blue() / 255.0;
    const auto [low, high] = std::minmax({red, green, blue});
    const double lightness = (low + high) / 2;
    const double chroma = high - low;
    if (lightness >= 0.97)
        return QStringLiteral("white");
    if (lightness <= 0.06)
        return QStringLiteral("black");
    if (chroma < 0.035)
        return grayName(lightness);
    const double saturation = chroma / (lightness > 0.5 ? 2 - high - low : high + low);
    if (saturation < 0.12)
        return grayName(lightness);
    double degrees = 0;
    if (high == red)
        degrees = 60 * ((green - blue) / chroma) + (green < blue ? 360 : 0);
    else if (high == green)
        degrees = 60 * ((blue - red) / chroma) + 120;
    else
        degrees = 60 * ((red - green) / chroma) + 240;
    const QString common = commonName(degrees, saturation, lightness);
    if (!common.isEmpty())
        return common;
    const char *shade = lightness > 0.82   ? "pale "
                        : lightness > 0.68 ? "light "
                        : lightness < 0.18 ? "very dark "
                        : lightness < 0.32 ? "dark "
                                           : "";
    return QString::fromLatin1(shade) + hueName(degrees);
}

QString colorHex(const QColor &color)
{
    return color.name(QColor::HexRgb).toUpper();
}

QString joinedWords(const QStringList &words)
{
    if (words.size() < 2)
        return words.join(QString());
    return words.mid(0, words.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + words.last();
}

QString colorWords(const QList<QColor> &colors)
{
    QStringList words;
    for (const QColor &color : colors) {
        const QString word = colorName(color) + QStringLiteral(" (") + colorHex(color) + u')';
        if (!words.contains(word))
            words.append(word);
    }
    return joinedWords(words);
}

namespace {

/// \a prompt with \a before and \a after in place of the brackets around its codes, which stay if \a keepsCode.
QString withCodesIn(const QString &prompt, QStringView before, QStringView after, bool keepsCode)
{
    static const QRegularExpression code(QStringLiteral(R"(\((#[0-9A-F]{6})\))"));
    QString result;
    qsizetype done = 0;
    for (auto matches = code.globalMatch(prompt); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QStringView words = QStringView(prompt).mid(done, match.capturedStart() - done);
        const QString name = colorName(QColor(match.captured(1))) + u' ';
        result += words;
        done = match.capturedEnd();
        if (words.endsWith(name))
            result += before % (keepsCode ? match.capturedView(1) : QStringView()) % after;
        else
            result += match.capturedView();
    }
    return result + QStringView(prompt).mid(done);
}

} // namespace

QString withoutColorCodes(const QString &prompt)
{
    return withCodesIn(prompt, {}, {}, false);
}

QString withEscapedColorCodes(const QString &prompt)
{
    return withCodesIn(prompt, u"\\(", u"\\)", true);
}

} // namespace Galley
