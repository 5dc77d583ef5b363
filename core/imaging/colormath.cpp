#include "core/imaging/colormath.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace Galley {

namespace {

double toLinear(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double toGamma(double value)
{
    value = std::clamp(value, 0.0, 1.0);
    return value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

double luminance(const QColor &color)
{
    return 0.2126 * toLinear(color.redF()) + 0.7152 * toLinear(color.greenF()) + 0.0722 * toLinear(color.blueF());
}

} // namespace

OkLab toOkLab(double red, double green, double blue)
{
    return linearToOkLab(toLinear(red), toLinear(green), toLinear(blue));
}

OkLab linearToOkLab(double r, double g, double b)
{
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

OkLab toOkLab(const QColor &color)
{
    return toOkLab(color.redF(), color.greenF(), color.blueF());
}

void okLabToLinear(const OkLab &lab, double linear[3])
{
    const auto cubed = [](double v) { return v * v * v; };
    const double l = cubed(lab.L + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
    const double m = cubed(lab.L - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
    const double s = cubed(lab.L - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
    linear[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    linear[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    linear[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

QColor fromOkLab(const OkLab &lab)
{
    double linear[3];
    okLabToLinear(lab, linear);
    return QColor::fromRgbF(float(toGamma(linear[0])), float(toGamma(linear[1])), float(toGamma(linear[2])));
}

QColor mixColors(const QColor &from, const QColor &to, double t)
{
    const OkLab a = toOkLab(from);
    const OkLab b = toOkLab(to);
    return fromOkLab({std::lerp(a.L, b.L, t), std::lerp(a.a, b.a, t), std::lerp(a.b, b.b, t)});
}

CieLab toCieLab(const QColor &color)
{
    const double r = toLinear(color.redF());
    const double g = toLinear(color.greenF());
    const double b = toLinear(color.blueF());
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double deltaE2000(const QColor &first, const QColor &second)
{
    return deltaE2000(toCieLab(first), toCieLab(second));
}

double deltaE2000(const CieLab &x, const CieLab &y)
{
    constexpr double pi = std::numbers::pi;
    const double meanC = (std::hypot(x.a, x.b) + std::hypot(y.a, y.b)) / 2;
    const double c7 = std::pow(meanC, 7);
    const double g = 0.5 * (1 - std::sqrt(c7 / (c7 + std::pow(25.0, 7))));
    const double a1 = x.a * (1 + g);
    const double a2 = y.a * (1 + g);
    const double c1 = std::hypot(a1, x.b);
    const double c2 = std::hypot(a2, y.b);
    const auto hue = [](double a, double b) {
        const double h = a == 0 && b == 0 ? 0.0 : std::atan2(b, a);
        return h < 0 ? h + 2 * std::numbers::pi : h;
    };
    const double h1 = hue(a1, x.b);
    const double h2 = hue(a2, y.b);
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    if (dh > pi)
        dh -= 2 * pi;
    else if (dh < -pi)
        dh += 2 * pi;
    double h = h1 + h2;
    if (c1 * c2 != 0) {
        h = std::fabs(h1 - h2) <= pi ? h / 2 : (h < 2 * pi ? (h + 2 * pi) / 2 : (h - 2 * pi) / 2);
    }
    const double L = (x.L + y.L) / 2;
    const double C = (c1 + c2) / 2;
    const double T = 1 - 0.17 * std::cos(h - pi / 6) + 0.24 * std::cos(2 * h) + 0.32 * std::cos(3 * h + pi / 30)
                     - 0.20 * std::cos(4 * h - 63 * pi / 180);
    const double sl = 1 + 0.015 * std::pow(L - 50, 2) / std::sqrt(20 + std::pow(L - 50, 2));
    const double sc = 1 + 0.045 * C;
    const double sh = 1 + 0.015 * C * T;
    const double C7 = std::pow(C, 7);
    const double rt = -2 * std::sqrt(C7 / (C7 + std::pow(25.0, 7)))
                      * std::sin(pi / 3 * std::exp(-std::pow((h * 180 / pi - 275) / 25, 2)));
    const double dl = (y.L - x.L) / sl;
    const double dc = (c2 - c1) / sc;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2) / sh;
    return std::sqrt(dl * dl + dc * dc + dH * dH + rt * dc * dH);
}

double relativeLuminance(QRgb pixel)
{
    static const std::array<double, 256> linear = [] {
        std::array<double, 256> table{};
        for (size_t i = 0; i < table.size(); ++i)
            table[i] = toLinear(double(i) / 255);
        return table;
    }();
    return 0.2126 * linear[size_t(qRed(pixel))] + 0.7152 * linear[size_t(qGreen(pixel))] + 0.0722 * linear[size_t(qBlue(pixel))];
}

double contrastOfLuminances(double first, double second)
{
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

double contrastRatio(const QColor &first, const QColor &second)
{
    return contrastOfLuminances(luminance(first), luminance(second));
}

} // namespace Galley
