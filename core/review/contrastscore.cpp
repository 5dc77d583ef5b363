#include "core/review/scores.h"

#include "core/imaging/colormath.h"
#include "core/review/measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace Galley {

namespace {

/// WCAG counts from 18 points, or 14 when bold, as large; canvas pixels are taken for the pixels of a screen (96 in an inch).
double neededContrast(const ReviewText &text)
{
    const bool isLarge = text.pixelSize >= 24 || (text.isBold && text.pixelSize >= 14 * 96.0 / 72);
    return isLarge ? 3 : 4.5;
}

/// Where letters are or nearly touch: 255, elsewhere 0. As large as \a size; empty without a typeset picture.
QImage lettersOf(const ReviewText &text, const QSize &size)
{
    if (text.typeset.isNull())
        return {};
    QImage letters = text.typeset.convertToFormat(QImage::Format_Grayscale8);
    const int ground = letters.scanLine(0)[0];
    for (int y = 0; y < letters.height(); ++y) {
        uchar *line = letters.scanLine(y);
        for (int x = 0; x < letters.width(); ++x)
            line[x] = uchar(std::min(255, 2 * std::abs(line[x] - ground)));
    }
    // Made small and large again, letters spread by about a third of their size.
    const double factor = std::max(1.0, text.pixelSize / 3);
    const QSize small(std::max(1, int(letters.width() / factor)), std::max(1, int(letters.height() / factor)));
    return letters.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_Grayscale8);
}

/// The luminances of what lies in the box of \a text, or \a nearLetters only.
std::vector<double> luminancesBehind(const QImage &ground, const ReviewText &text, bool nearLetters)
{
    const QRect whole = text.box.toRect(ground.size()).toAlignedRect();
    const QRect area = whole.intersected(ground.rect());
    std::vector<double> luminances;
    if (area.isEmpty())
        return luminances;
    const QImage part = ground.copy(area).convertToFormat(QImage::Format_RGB32);
    const QImage letters = nearLetters ? lettersOf(text, whole.size()) : QImage();
    for (int y = 0; y < part.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(part.constScanLine(y));
        const uchar *mask = letters.isNull() ? nullptr : letters.constScanLine(y + area.y() - whole.y()) + area.x() - whole.x();
        for (int x = 0; x < part.width(); ++x) {
            if (!mask || mask[x] > 24)
                luminances.push_back(relativeLuminance(line[x]));
        }
    }
    return luminances;
}

/// The contrast that nine tenths of \a ground exceed.
double worstDecile(const std::vector<double> &ground, double text)
{
    std::vector<double> ratios;
    ratios.reserve(ground.size());
    for (const double luminance : ground)
        ratios.push_back(contrastOfLuminances(luminance, text));
    const auto decile = ratios.begin() + std::ptrdiff_t(ratios.size() / 10);
    std::nth_element(ratios.begin(), decile, ratios.end());
    return *decile;
}

/// Between two groups of brightnesses as far apart as there are (Otsu 1979); in steps of perceived brightness.
double splitOf(const std::vector<double> &luminances)
{
    std::array<double, 256> histogram{};
    for (const double luminance : luminances)
        histogram[size_t(std::lround(255 * std::sqrt(luminance)))] += 1;
    const double count = double(luminances.size());
    double total = 0;
    for (size_t i = 0; i < histogram.size(); ++i)
        total += double(i) * histogram[i];
    double below = 0;
    double sumBelow = 0;
    double best = -1;
    size_t split = 128;
    for (size_t i = 0; i + 1 < histogram.size(); ++i) {
        below += histogram[i];
        sumBelow += double(i) * histogram[i];
        if (below <= 0 || below >= count)
            continue;
        const double apart = sumBelow / below - (total - sumBelow) / (count - below);
        const double between = below * (count - below) * apart * apart;
        if (between > best) {
            best = between;
            split = i;
        }
    }
    return std::pow((double(split) + 0.5) / 255, 2);
}

/// Drawn letters have no known colour: the smaller one of the two groups is taken for them.
double drawnContrast(const std::vector<double> &luminances)
{
    const double split = splitOf(luminances);
    std::vector<double> dark;
    std::vector<double> light;
    for (const double luminance : luminances)
        (luminance < split ? dark : light).push_back(luminance);
    if (dark.empty() || light.empty())
        return 1;
    std::vector<double> &letters = dark.size() < light.size() ? dark : light;
    const std::vector<double> &ground = dark.size() < light.size() ? light : dark;
    std::nth_element(letters.begin(), letters.begin() + std::ptrdiff_t(letters.size() / 2), letters.end());
    return worstDecile(ground, letters[letters.size() / 2]);
}

} // namespace

Score contrastScore(const QImage &ground, const ReviewLayout &layout)
{
    Score score;
    score.kind = ScoreKind::Contrast;
    for (const ReviewText &text : layout.texts) {
        const bool isKnown = text.isSet && text.color.isValid();
        const std::vector<double> behind = luminancesBehind(ground, text, isKnown);
        if (behind.empty())
            continue;
        const double ratio = isKnown ? worstDecile(behind, relativeLuminance(text.color.rgb())) : drawnContrast(behind);
        const double needed = neededContrast(text);
        const double value = std::clamp((ratio - 1) / (needed - 1), 0.0, 1.0);
        if (ratio < needed)
            score.marks.append({text.box, text.id, Saying{QStringLiteral("contrast.text"), {text.id.toStdString(), ratio, needed}}});
        if (!score.value || value < *score.value || (value == *score.value && ratio < *score.raw)) {
            score.value = value;
            score.raw = ratio;
        }
    }
    if (!score.value) {
        score.said << Saying{QStringLiteral("contrast.none")};
        return score;
    }
    score.unit = QStringLiteral(": 1");
    score.said << Saying{score.marks.isEmpty() ? QStringLiteral("contrast.enough") : QStringLiteral("contrast.low"), {*score.raw}};
    return score;
}

} // namespace Galley
