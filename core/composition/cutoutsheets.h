#pragma once

#include "core/composition/cutouttones.h"
#include "core/composition/planes.h"
#include "core/imaging/colormath.h"

#include <QList>
#include <QRectF>

#include <algorithm>

namespace Galley {

enum class CutoutManner { None, Flat, Outline, Silhouette, Sticker, Neon, PaperCut, Halftone };

/// What a style knows of a picture: up to three pictures of four values a pixel, of a size of their own. What changes at an edge is kept as its
/// distance or as a share, both of which stay smooth when they are enlarged, so that the edge can be drawn crisp at any size.
struct CutoutSheets
{
    /// \a isInked: the style is drawn in one colour that was wished for.
    CutoutSheets(const QImage &picture, const QRect &visible, CutoutManner manner, bool isInked);

    QRectF frame;  ///< what is fitted into a box: the shape with what the style adds around it, in pixels of the sheets
    QRect drawn;   ///< where the visible part of the picture lies
    QList<QImage> sheets;
    std::vector<OkLab> tones;  ///< flat, paper cut

    // Which values lie where, by sheet and channel:
    // flat        shares of tones 0–3; of tones 4–6, depth
    // outline     depth, distance into the ink
    // silhouette  depth
    // sticker     distance into the rim, shadow
    // neon        colour, distance into the tube; depth, near glow, wide glow
    // paper cut   shares of sheets 1–4 and above; their shadows; depth, shadow on the ground
    // halftone    paper, tone; ink, depth

    /// Pixels of the longer side of the picture. Lengths below are fractions of it.
    static constexpr int side = 280;
    static constexpr float tubeWidth = 0.016F * side;
    static constexpr float screenPitch = 0.028F * side;

    /// Distances are kept in bytes: a sixteenth of a pixel, eight pixels to both sides.
    static constexpr float distanceSteps = 16;
    static float distanceOf(float byte) { return (byte - 128) / distanceSteps; }

    /// How fast the difference of two shares changes at their common edge, by pixel, once it is enlarged.
    static constexpr float shareSlope = 0.38F;

private:
    struct Work;
    void makeFlat(const Work &work);
    void makePaperCut(const Work &work);
    void makeOutline(const Work &work);
    void makeSilhouette(const Work &work);
    void makeSticker(const Work &work);
    void makeNeon(const Work &work);
    void makeHalftone(const Work &work, bool isInked);
};

/// How much of a pixel lies on the near side of an edge at \a distance.
inline float covered(float distance)
{
    return std::clamp(0.5F + distance, 0.0F, 1.0F);
}

inline Vec solid(const QColor &color)
{
    return Vec{float(color.redF()), float(color.greenF()), float(color.blueF()), 1};
}

} // namespace Galley
