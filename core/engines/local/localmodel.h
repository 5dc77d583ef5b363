#pragma once

#include "core/render/renderengine.h"

namespace Galley {

/// What the worker says of a model of this machine beyond what every engine tells: enough to offer it like any other model, and to say beforehand
/// whether it can run here. A plain value; what was not said is empty or 0.
struct LocalModel
{
    enum class Fits { Unknown, Whole, Parts, No };

    ModelCapabilities basic;
    QString family;              ///< for people: "SD-Turbo", "SDXL"
    QStringList inputs;          ///< what a request may have: "negative", "guidance", "image" …
    double defaultGuidance = 0;  ///< 0: the model takes none, or has its own
    int sizeMultiple = 0;        ///< of both sides of a picture
    int minSide = 0;
    int maxSide = 0;
    qint64 weightsBytes = 0;     ///< of its files
    qint64 neededBytes = 0;      ///< of memory with everything in it, at the native size: an estimate
    qint64 leastBytes = 0;       ///< the least it can run with: slower
    Fits fits = Fits::Unknown;   ///< against budgetBytes
    qint64 budgetBytes = 0;      ///< what all models together may take here, when it was described

    bool takes(const char *input) const { return inputs.contains(QLatin1String(input)); }

    bool operator==(const LocalModel &) const = default;
};

} // namespace Galley
