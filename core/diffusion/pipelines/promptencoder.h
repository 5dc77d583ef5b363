#pragma once

#include "core/diffusion/memory/lru.h"
#include "core/diffusion/pipelines/stablediffusionmodules.h"
#include "core/diffusion/tokenizers/promptweights.h"

#include <atomic>
#include <memory>
#include <stop_token>

namespace Galley::Diffusion {

/// What the UNet gets of a prompt.
struct PromptFeatures
{
    at::Tensor tokens;  ///< [1, chunks · positions, crossAttentionDim]
    at::Tensor pooled;  ///< SDXL: [1, projection], of the first chunk
};

/// The text stage of Stable Diffusion: words to what the UNet attends to. A prompt longer than CLIP's window is read in chunks whose features are put one behind
/// the other, as AUTOMATIC1111's web UI does it; diffusers would cut it off. Keeps what it made last. One thread at a time; counts() from any.
class PromptEncoder
{
public:
    /// Whether load() will find the vocabularies that it needs.
    static Result<void> checkVocabularies(const StableDiffusionParts &model);
    /// Reads the vocabularies. Keeps references to \a model and \a modules, which load the text encoders when they are needed.
    static Result<std::unique_ptr<PromptEncoder>> load(const ModelInfo &info, const StableDiffusionParts &model, StableDiffusionModules &modules, at::Device device);

    /// Features of each of \a prompts, all of one length: of the longest. \a cached becomes whether nothing had to be computed. Errors: as
    /// StableDiffusionModules::need(), and ErrorCode::Cancelled.
    Result<std::vector<PromptFeatures>> encode(std::vector<std::string> prompts, bool isWeighted, const std::stop_token &stop, bool &cached);

    TextCacheCounts counts() const { return {m_hits, m_misses}; }

private:
    struct Tokenizer
    {
        ClipTokenizer words;
        std::int64_t pad = 0;
        std::int64_t positions = 0;  ///< of the text encoder: begin, tokens, end, padding
    };

    PromptEncoder(const ModelInfo &info, const StableDiffusionParts &model, StableDiffusionModules &modules, at::Device device);

    std::vector<WeightedIds> chunksOf(const Tokenizer &tokenizer, const std::string &prompt, bool isWeighted) const;
    Result<std::vector<PromptFeatures>> encodeEach(const std::vector<std::string> &prompts, bool isWeighted, const std::stop_token &stop, bool &cached);
    /// [1, positions, width], and of the whole chunk [1, width].
    Replayed::Tensors encodeChunk(std::size_t encoder, const WeightedIds &chunk);

    const ModelInfo &m_info;
    const StableDiffusionParts &m_model;
    StableDiffusionModules &m_modules;
    at::Device m_device;
    std::vector<Tokenizer> m_tokenizers;
    Lru<PromptFeatures> m_cache;
    std::atomic<std::uint64_t> m_hits{0};
    std::atomic<std::uint64_t> m_misses{0};
};

} // namespace Galley::Diffusion
