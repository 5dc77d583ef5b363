#include "core/review/scores.h"

#include "core/review/measure.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// How much of the steps from pixel to pixel along one direction a blur takes away.
struct Loss
{
    double before = 0;  ///< the steps
    double lost = 0;

    void add(float step, float blurred)
    {
        before += std::fabs(step);
        lost += std::max(0.0F, std::fabs(step) - std::fabs(blurred));
    }
    double blur() const { return before > 0 ? (before - lost) / before : 1; }
};

/// \a at(i) are the pixels of one line.
template<typename At>
void addLine(Loss &loss, int count, const At &at)
{
    constexpr int half = 4;  // a mean of nine, as in the paper
    const auto blurred = [&](int i) {
        float sum = 0;
        for (int k = -half; k <= half; ++k)
            sum += at(std::clamp(i + k, 0, count - 1));
        return sum / (2 * half + 1);
    };
    float before = blurred(0);
    for (int i = 1; i < count; ++i) {
        const float now = blurred(i);
        loss.add(at(i) - at(i - 1), now - before);
        before = now;
    }
}

} // namespace

Score sharpnessScore(const QImage &raw)
{
    constexpr int edge = 1024;  // all pictures are measured as if seen at one size
    Score score;
    score.kind = ScoreKind::Sharpness;
    const Plane luma = lumaOf(scaledToEdge(raw, edge));
    Loss across;
    Loss down;
    for (int y = 0; y < luma.height; ++y)
        addLine(across, luma.width, [&](int x) { return luma.at(x, y); });
    for (int x = 0; x < luma.width; ++x)
        addLine(down, luma.height, [&](int y) { return luma.at(x, y); });
    const double pixels = std::max(1.0, double(luma.width) * luma.height);
    if ((across.before + down.before) / pixels < 0.05) {
        score.said << Saying{QStringLiteral("sharpness.none")};
        return score;
    }
    score.value = std::clamp(1 - std::max(across.blur(), down.blur()), 0.0, 1.0);
    score.raw = 100 * *score.value;
    score.unit = QStringLiteral("%");
    score.said << Saying{QStringLiteral("sharpness.lost"), {*score.raw}};
    return score;
}

} // namespace Galley
