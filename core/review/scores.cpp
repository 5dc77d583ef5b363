#include "core/review/scores.h"

namespace Galley {

Score scoreOf(ScoreKind kind, const ReviewPictures &pictures, const ReviewLayout &layout)
{
    const QImage &ground = pictures.ground.isNull() ? pictures.raw : pictures.ground;
    const QImage &composed = pictures.composed.isNull() ? ground : pictures.composed;
    switch (kind) {
    case ScoreKind::Text: return textScore(composed, layout);
    case ScoreKind::Contrast: return contrastScore(ground, layout);
    case ScoreKind::Layout: return layoutScore(pictures.raw, ground, layout);
    case ScoreKind::Palette: return paletteScore(pictures.raw, layout);
    case ScoreKind::Sharpness: return sharpnessScore(pictures.raw);
    }
    return {};
}

QList<Score> scorePicture(const ReviewPictures &pictures, const ReviewLayout &layout)
{
    QList<Score> scores;
    for (const ScoreKind kind : allScores())
        scores.append(scoreOf(kind, pictures, layout));
    return scores;
}

} // namespace Galley
