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

/// CIEDE2000 (Sharma, Wu, Dalal 2005) between two opaque sRGB colours, D65.
double deltaE2000(const QColor &first, const QColor &second);

/// WCAG 2 contrast ratio, 1…21.
double contrastRatio(const QColor &first, const QColor &second);

} // namespace Galley
