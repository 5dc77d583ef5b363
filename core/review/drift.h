#pragma once

#include "core/review/score.h"

namespace Galley {

/// One way in which the final differs from the draft that was approved.
struct DriftFinding
{
    enum class Kind {
        Colour,   ///< the main colours of a token's box
        Subject,  ///< where the subject is, and how large
        Calm,     ///< an area under text that was calm and no longer is
    };

    Kind kind = Kind::Colour;
    QString tokenId;        ///< empty: the picture as a whole
    Box draft;              ///< fractions of the canvas: where it was …
    Box final;              ///< … and where it is; the same for Colour and Calm
    double amount = 0;      ///< 0–1: 0 is no drift
    double raw = 0;         ///< ΔE2000; percent of the canvas' diagonal; percent of the area that is busy now and was not
    bool isNoticed = false; ///< more than what people take for the same
    QString sentence;

    bool operator==(const DriftFinding &) const = default;
};

/// How far a final is from its draft, token by token.
struct Drift
{
    QList<DriftFinding> findings;  ///< largest first, those too small to be noticed too
    double amount = 0;             ///< of the largest
    QString sentence;              ///< "The final differs from the draft you approved in 2 places: …" or that it does not

    bool hasNoticed() const { return !findings.isEmpty() && findings.first().isNoticed; }
    bool operator==(const Drift &) const = default;
};

/// What is drawn, and what drift can and cannot tell: for people, beside the overlay.
QString driftLimits();

/// Which draft a final is compared with.
enum class DriftFrom {
    Approved,  ///< the one that was on screen when it was sent
    NoneSeen,  ///< one that was drawn anew: there was none on screen
    Lost,      ///< one that was drawn anew: the library has the approved one no more
};

/// \a draft and \a final as people see them or without set text, of any sizes: both show the whole canvas, and what layout.covered hides is left out.
/// Tenths of a second: on a pool. Empty with a sentence when a picture is null.
Drift driftBetween(const QImage &draft, const QImage &final, const ReviewLayout &layout, DriftFrom from = DriftFrom::Approved);

} // namespace Galley
