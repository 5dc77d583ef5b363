#pragma once

#include "core/diffusion/models/draftconfig.h"
#include "core/diffusion/models/trainedcaptions.h"
#include "core/diffusion/pipelines/pipeline.h"

namespace Galley::Diffusion {

/// A file of a draft model's folder: \a name with ".zst", packed, or where that is not there \a name.
std::filesystem::path draftFile(const std::filesystem::path &folder, const char *name);

/// What draft.json says.
struct DraftFolder
{
    DraftConfig config;
    int native = 128;
    std::vector<PictureSize> buckets;
    std::vector<std::string> styles;  ///< the words of the style ids from 1 on; 0 is "no style"
    int defaultSteps = 2;
    int maxSteps = 4;
    double confidenceA = 0;  ///< confidence = σ(a · nearest cosine + b)
    double confidenceB = 0;
    double confidenceThreshold = 0.5;
    Grounding grounding;

    static Result<DraftFolder> read(const std::filesystem::path &folder);

    bool operator==(const DraftFolder &) const = default;
};

} // namespace Galley::Diffusion
