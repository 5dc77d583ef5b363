#include "core/diffusion/pipelines/promptencoder.h"

#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/mappedfile.h"

#include <algorithm>
#include <span>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t cacheSize = 64;
constexpr std::int64_t mostCachedChunks = 8;  // longer prompts would fill the memory
constexpr std::uint64_t maxMergesBytes = 8 * 1024 * 1024;
constexpr double mostRestored = 10;  // of the mean of weighted features

Result<ClipTokenizer> tokenizerIn(const fs::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    if (file->size() > maxMergesBytes)
        return fail(ErrorCode::ModelFile, path.string() + " is larger than 8 MiB. Put the model's own merges.txt back.");
    std::string text(file->size(), '\0');
    if (auto copied = file->copy(0, std::as_writable_bytes(std::span(text))); !copied)
        return tl::unexpected(copied.error());
    return ClipTokenizer::fromMerges(text);
}

/// Why there is no vocabulary, and what helps.
tl::unexpected<Error> withoutMerges(const fs::path &merges)
{
    std::error_code ignored;
    const bool isOfModel = merges.parent_path().filename().string().starts_with("tokenizer");
    const bool hasJson = fs::exists(merges.parent_path() / "tokenizer.json", ignored);
    return fail(ErrorCode::ModelFile, "There is no " + merges.string()
                                          + (!isOfModel ? ", which comes with Galley. Install Galley again." :
                                             hasJson    ? ". The tokenizer.json beside it is not read; put the merges.txt of the same model there." :
                                                          ". Download the whole model again."));
}

Result<ClipTokenizer> vocabularyOf(const TextPart &text)
{
    std::error_code ignored;
    if (!fs::exists(text.merges, ignored))
        return withoutMerges(text.merges);
    auto words = tokenizerIn(text.merges);
    if (words && static_cast<std::int64_t>(words->size()) > text.config.vocabSize) {
        return fail(ErrorCode::ModelFile, text.merges.string() + " has " + std::to_string(words->size()) + " pieces, and the text encoder knows "
                                              + std::to_string(text.config.vocabSize) + ". Put the model's own merges.txt back.");
    }
    return words;
}

/// Each token's features times its weight, then all of them times what brings their mean back, as AUTOMATIC1111's web UI does it (modules/sd_emphasis.py,
/// "Original"). A mean so near to 0 that bringing it back would make noise of the features stays what it is.
at::Tensor weighted(const at::Tensor &features, const at::Tensor &weights)
{
    const at::Tensor plain = features.to(at::kFloat);
    const at::Tensor result = plain * weights.to(features.device());
    const double factor = plain.mean().item<double>() / result.mean().item<double>();
    const bool isUsable = factor >= 1 / mostRestored && factor <= mostRestored;  // and a number
    return (isUsable ? result * factor : result).to(features.scalar_type());
}

} // namespace

PromptEncoder::PromptEncoder(const ModelInfo &info, const StableDiffusionParts &model, StableDiffusionModules &modules, at::Device device)
    : m_info(info)
    , m_model(model)
    , m_modules(modules)
    , m_device(device)
    , m_cache(cacheSize)
{
}

Result<void> PromptEncoder::checkVocabularies(const StableDiffusionParts &model)
{
    for (const TextPart &text : model.texts)
        if (auto words = vocabularyOf(text); !words)
            return tl::unexpected(words.error());
    return {};
}

Result<std::unique_ptr<PromptEncoder>> PromptEncoder::load(const ModelInfo &info, const StableDiffusionParts &model, StableDiffusionModules &modules, at::Device device)
{
    std::unique_ptr<PromptEncoder> encoder(new PromptEncoder(info, model, modules, device));
    for (const TextPart &text : model.texts) {
        auto words = vocabularyOf(text);
        if (!words)
            return tl::unexpected(words.error());
        const std::int64_t pad = text.padsWithEnd ? words->endId() : 0;
        encoder->m_tokenizers.push_back({std::move(*words), pad, text.config.positions});
    }
    return encoder;
}

std::vector<WeightedIds> PromptEncoder::chunksOf(const Tokenizer &tokenizer, const std::string &prompt, bool isWeighted) const
{
    const WeightedIds tokens = isWeighted ? encodeWeighted(tokenizer.words, prompt) : WeightedIds{tokenizer.words.encode(prompt), {}};
    const std::vector<std::int32_t> comma = tokenizer.words.encode(",");
    return inChunks(tokens, static_cast<std::size_t>(tokenizer.positions - 2), comma.size() == 1 ? comma.front() : tokenizer.words.endId());
}

Replayed::Tensors PromptEncoder::encodeChunk(std::size_t encoder, const WeightedIds &chunk)
{
    const Tokenizer &tokenizer = m_tokenizers[encoder];
    ClipTextModel model = m_modules.texts[encoder];
    std::vector<std::int64_t> ids{tokenizer.words.beginId()};
    ids.insert(ids.end(), chunk.ids.begin(), chunk.ids.end());
    ids.push_back(tokenizer.words.endId());
    ids.resize(static_cast<std::size_t>(tokenizer.positions), tokenizer.pad);
    const auto read = [&](const Replayed::Tensors &in) {
        const ClipTextFeatures part = model(in[0], tokenizer.words.endId());
        return Replayed::Tensors{m_model.isXl() ? part.penultimate : part.last, part.pooled};
    };
    Replayed::Tensors features = m_modules.compute(encoder == 0 ? ModelPart::Text : ModelPart::Text2, {at::tensor(ids, at::kLong).unsqueeze(0).to(m_device)}, read);
    if (chunk.hasWeights()) {
        std::vector<float> weights{1};
        weights.insert(weights.end(), chunk.weights.begin(), chunk.weights.end());
        weights.resize(ids.size(), 1);
        features[0] = weighted(features[0], at::tensor(weights, at::kFloat).view({1, tokenizer.positions, 1}));
    }
    return features;
}

/// Each text encoder reads all prompts that are not cached before the next one does, so that it need not stay.
Result<std::vector<PromptFeatures>> PromptEncoder::encodeEach(const std::vector<std::string> &prompts, bool isWeighted, const std::stop_token &stop, bool &cached)
{
    std::vector<PromptFeatures> features(prompts.size());
    std::vector<std::string> keys;
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        Sha256 sum;
        sum.add(prompts[i]);
        keys.push_back(m_info.revision + sum.hex() + (isWeighted ? "w" : ""));
        const PromptFeatures *found = m_cache.find(keys.back());
        ++(found ? m_hits : m_misses);
        if (found)
            features[i] = *found;
        else
            fresh.push_back(i);
    }
    cached = fresh.empty();
    std::vector<std::vector<at::Tensor>> tokens(prompts.size());
    for (std::size_t encoder = 0; encoder < m_tokenizers.size() && !fresh.empty(); ++encoder) {
        if (auto there = m_modules.need(encoder == 0 ? ModelPart::Text : ModelPart::Text2); !there)
            return tl::unexpected(there.error());
        for (const std::size_t i : fresh) {
            std::vector<at::Tensor> chunks;
            at::Tensor pooled;
            for (const WeightedIds &chunk : chunksOf(m_tokenizers[encoder], prompts[i], isWeighted)) {
                if (stop.stop_requested())
                    return fail(ErrorCode::Cancelled, "The render was cancelled.");
                const Replayed::Tensors part = encodeChunk(encoder, chunk);
                chunks.push_back(part[0]);
                if (!pooled.defined())
                    pooled = part[1];  // no weights
            }
            tokens[i].push_back(at::cat(chunks, 1));
            features[i].pooled = pooled;
        }
    }
    for (const std::size_t i : fresh) {
        features[i].tokens = at::cat(tokens[i], 2);
        if (features[i].tokens.size(1) <= mostCachedChunks * m_tokenizers.front().positions)
            m_cache.insert(keys[i], features[i]);
    }
    return features;
}

Result<std::vector<PromptFeatures>> PromptEncoder::encode(std::vector<std::string> prompts, bool isWeighted, const std::stop_token &stop, bool &cached)
{
    const std::size_t asked = prompts.size();
    std::vector<std::size_t> counts;
    for (const std::string &prompt : prompts)
        counts.push_back(chunksOf(m_tokenizers.front(), prompt, isWeighted).size());
    const std::size_t most = *std::max_element(counts.begin(), counts.end());
    const bool isUneven = std::any_of(counts.begin(), counts.end(), [&](std::size_t count) { return count < most; });
    if (isUneven)
        prompts.emplace_back();
    auto features = encodeEach(prompts, isWeighted, stop, cached);
    if (!features || !isUneven)
        return features;
    const at::Tensor empty = features->back().tokens;
    features->pop_back();
    for (std::size_t i = 0; i < asked; ++i)
        if (const auto missing = static_cast<std::int64_t>(most - counts[i]); missing > 0)
            (*features)[i].tokens = at::cat({(*features)[i].tokens, empty.repeat({1, missing, 1})}, 1);
    return features;
}

} // namespace Galley::Diffusion
