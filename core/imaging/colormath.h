#pragma once

#include <QColor>

namespace Galley {

/// A colour in OKLab (Ottosson 2020): L 0…1, a and b about ±0.4. Opaque.
struct OkLab
{
    double L = 0;
    double a = 0;
    double b = 0;
};

OkLab toOkLab(double r, double g, double b);  ///< from sRGB components 0…1
OkLab toOkLab(const QColor &color);
OkLab linearToOkLab(double r, double g, double b);     ///< from linear light
void okLabToLinear(const OkLab &lab, double linear[3]);  ///< not clamped
/// Clamped to sRGB.
QColor fromOkLab(const OkLab &lab);

/// \a t of the way from \a from to \a to, in OKLab.
QColor mixColors(const QColor &from, const QColor &to, double t);

/// A colour in CIELAB under D65. Opaque.
struct CieLab
{
    double L = 0;
    double a = 0;
    double b = 0;
};

CieLab toCieLab(const QColor &color);

/// CIEDE2000 (Sharma, Wu, Dalal 2005), kL = kC = kH = 1.
double deltaE2000(const CieLab &first, const CieLab &second);
double deltaE2000(const QColor &first, const QColor &second);

/// Relative luminance of WCAG 2 of an sRGB pixel, 0…1; from a table.
double relativeLuminance(QRgb pixel);
/// The WCAG 2 contrast ratio of two relative luminances, 1…21.
double contrastOfLuminances(double first, double second);

/// WCAG 2 contrast ratio, 1…21.
double contrastRatio(const QColor &first, const QColor &second);

} // namespace Galley
