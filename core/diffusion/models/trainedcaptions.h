#pragma once

#include "core/diffusion/models/statictextmodel.h"

#include <torch/types.h>

#include <string>
#include <vector>

namespace Galley::Diffusion {

/// How near words are drawn to the trained caption that they mean: "grounding" of draft.json.
struct Grounding
{
    double weight = 0;                ///< of the trained caption against the words; 0: words are taken as they are
    double start = 1;                 ///< smallest cosine at which words mean a trained caption
    std::vector<std::string> colors;  ///< words that say how a thing looks and not what it is, in lower case

    bool operator==(const Grounding &) const = default;
};

/// What the model is given for a prompt.
struct GroundedCaption
{
    at::Tensor vector;   ///< [dim], length 1 (zeros for no words), float on the CPU
    double nearest = 1;  ///< cosine of the trained caption that is nearest; 1 where none are known
};

/// Twin of `grounded` in packaging/draft-model/model.py. Between two trained captions the model draws a blend of both, so words that are near one are moved
/// to it; words for colours stay out of this and are added again. \a captions: unit vectors of the trained captions [n, dim] on the CPU, or undefined.
GroundedCaption ground(const std::string &prompt, const StaticTextModel &text, std::size_t maxTokens, const at::Tensor &captions, const Grounding &grounding);

} // namespace Galley::Diffusion
