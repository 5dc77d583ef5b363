#pragma once

#include "core/diffusion/models/statictextmodel.h"

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <string_view>
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

/// What the model was taught, the other words for it, and what it is known not to have been taught.
struct TrainedCaptions
{
    at::Tensor vectors;              ///< [n, dim], length 1, float on the CPU; undefined: none are known
    std::vector<std::int64_t> names; ///< for each row that of the caption it is another word for, its own for a caption
    std::vector<std::int64_t> lines; ///< for each row the line it stood in, from 0
    std::int64_t lineCount = 0;
    at::Tensor untaught;             ///< [m, dim], as `vectors`, of things that there is clip art of alone; undefined: none are known

    std::int64_t captionOf(std::int64_t row) const { return names[static_cast<std::size_t>(row)]; }
};

/// What the model is given for a prompt.
struct GroundedCaption
{
    at::Tensor vector;   ///< [dim], length 1 (zeros for no words), float on the CPU
    double nearest = 1;  ///< cosine of the trained caption that is nearest; 0 where something that was not taught is nearer, 1 where no captions are known
    std::int64_t line = -1;  ///< of the trained caption that the words were moved to; −1: to none
};

/// \a lines: one caption a line, other words for it after it with tabs between them; empty ones are passed over. The message of an error is part of a sentence.
Result<TrainedCaptions> readTrainedCaptions(std::string_view lines, const StaticTextModel &text, std::size_t maxTokens);

/// Twin of `grounded` in packaging/draft-model/model.py. Between two trained captions the model draws a blend of both, so words that are near one, or near
/// another word for it, are moved to it; words for colours stay out of this and are added again. Words that are nearer to something that was not taught are
/// moved as well, but they are not known: else what is a little like a trained caption would be drawn as that, and with confidence.
GroundedCaption ground(const std::string &prompt, const StaticTextModel &text, std::size_t maxTokens, const TrainedCaptions &captions, const Grounding &grounding);

} // namespace Galley::Diffusion
