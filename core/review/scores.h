#pragma once

#include "core/review/score.h"

namespace Galley {

/// All scores of one picture, in the order of allScores(). Takes seconds when there is text to read (Tesseract): on a pool, never on the GUI thread. Fails
/// at nothing: what cannot be measured has no value and says why. Pure but for the languages that Tesseract finds installed.
QList<Score> scorePicture(const ReviewPictures &pictures, const ReviewLayout &layout);
/// One of them.
Score scoreOf(ScoreKind kind, const ReviewPictures &pictures, const ReviewLayout &layout);

/// The share of the characters that read right, relative to the same text typeset plainly: what Tesseract gets wrong there is not the picture's fault.
Score textScore(const QImage &composed, const ReviewLayout &layout);

/// WCAG 2 contrast between text and what lies behind it, in the worst tenth of the background: 1 reaches 4.5 : 1 (3 : 1 for large text). The colour of drawn
/// text is what differs most from its ground. \a ground: without set text.
Score contrastScore(const QImage &ground, const ReviewLayout &layout);

/// Whether what stands out lies in the subject's boxes, and whether the areas under set text are calm.
Score layoutScore(const QImage &raw, const QImage &ground, const ReviewLayout &layout);

/// CIEDE2000 from the picture's main colours to the nearest colour of the palette, by area.
Score paletteScore(const QImage &raw, const ReviewLayout &layout);

/// How much of the finest detail a blur would take away (Crété et al. 2007), at one size for all pictures.
Score sharpnessScore(const QImage &raw);

} // namespace Galley
