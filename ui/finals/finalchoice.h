#pragma once

#include "core/render/renderrequest.h"

#include <QImage>

namespace Galley {

class TemplateDocument;

/// What a person has chosen for the finals of a template; remembered for the session. A plain value.
struct FinalChoice
{
    Fidelity tier = Fidelity::Final;
    QString model;            ///< empty: the rules choose
    bool draftSeed = true;    ///< the draft's seed; false: the service may take any
    QString negativePrompt;
    bool sendDraft = false;
    double strength = 0.6;
    int count = 1;
    double guidance = 0;      ///< 0: the service's own
    bool mayShrink = false;   ///< on this machine: rather a smaller picture than none

    bool operator==(const FinalChoice &) const = default;
};

/// A final of which one part is drawn anew: it is the start picture, and all but the token's area is kept. A plain value.
struct FinalEdit
{
    qint64 asset = 0;  ///< its picture in the library
    QString token;
    QString model;     ///< that made it
    QImage picture;    ///< composed, to show what is kept

    bool operator==(const FinalEdit &) const = default;
};

/// What is asked for: the template as it is on screen with \a row, and the choice.
RenderRequest finalRequest(const TemplateDocument *document, const Row &row, const FinalChoice &choice, int draftSeed);

} // namespace Galley
