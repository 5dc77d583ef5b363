#pragma once

#include "core/diffusion/checkpoint/mappedfile.h"
#include "core/diffusion/memory/device.h"
#include "core/diffusion/result.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace Galley::Diffusion {

struct PictureSize
{
    int width = 0;
    int height = 0;

    bool operator==(const PictureSize &) const = default;
};

/// How a model fits the memory that it may have: all of it at once, its parts one after the other, or not at all.
enum class MemoryFit { Whole, Parts, No };

/// What a model is and can do, known before its weights are loaded.
struct ModelInfo
{
    std::string id;
    std::string revision;  ///< digest of the weights
    int defaultSteps = 2;
    int maxSteps = 4;
    int native = 128;
    std::vector<PictureSize> buckets;
    std::vector<std::string> styles;
    int palette = 5;
    double confidenceThreshold = 0.5;  ///< from here on the model's own confidence calls a picture good
    int sizeMultiple = 32;
    int sizeMin = 32;
    int sizeMax = 512;
    std::vector<std::string> inputs;  ///< the fields of a request that influence the picture
    std::string error;                ///< a sentence when it cannot be used
    std::string family;               ///< a name for people, "SDXL-Turbo"; may be empty
    double defaultGuidance = 0;       ///< what 0 stands for in a request
    std::uint64_t fileBytes = 0;      ///< of its files of weights, as they are read; 0: not told
    std::uint64_t weightsBytes = 0;   ///< in the device's number type
    std::uint64_t neededBytes = 0;    ///< the estimated peak of a picture of the native size, all parts loaded
    std::uint64_t leastBytes = 0;     ///< the same with the parts loaded one after the other
    std::map<std::filesystem::path, FileIdentity> files;  ///< of weights that are opened again later, as they were when the revision was taken
    MemoryFit fits = MemoryFit::Whole;  ///< against the engine's budget; the engine fills it in

    bool operator==(const ModelInfo &) const = default;
};

/// Rows from the top without padding; four bytes a pixel, colours premultiplied with alpha.
struct Picture
{
    PictureSize size;
    std::vector<std::uint8_t> rgba;

    bool operator==(const Picture &) const = default;
};

/// One picture to make. Plain values; Pipeline::run() checks them.
struct RenderRequest
{
    std::string model;
    std::int64_t seed = 0;
    int steps = 0;  ///< 0: the model's default
    PictureSize size;
    double guidance = 0;  ///< 0: the model's default
    std::string prompt;
    std::string negativePrompt;
    std::string style;
    std::vector<std::array<std::uint8_t, 3>> palette;
    int previewEvery = 0;
    bool quick = false;   ///< by the small autoencoder that makes previews, where the model has one: less time for less fine detail
    Picture image;        ///< to start from, of \c size; empty: from noise alone
    std::optional<double> strength;  ///< how far from \c image: 0 is the image as the autoencoder gives it back, 1 only a hint; absent: the usual
    bool weights = false;    ///< brackets in the prompts say how much words count (tokenizers/promptweights.h); else they are characters
    bool mayShrink = false;  ///< rather a smaller picture than none when memory is short

    bool hasImage() const { return !image.rgba.empty(); }

    bool operator==(const RenderRequest &) const = default;
};

struct StageTimings
{
    double text = 0;
    double denoise = 0;
    double postprocess = 0;
    double total = 0;
};

/// Of one model's pool, in bytes of tensors.
struct MemoryUse
{
    std::uint64_t model = 0;  ///< what stays for the next request
    std::uint64_t peak = 0;   ///< the most during this one
};

struct RenderResult
{
    Picture picture;
    std::string revision;
    int steps = 0;
    double confidence = 1;
    bool textCached = false;
    StageTimings timingsMs;
    MemoryUse memory;
    std::vector<std::string> notes;  ///< sentences: what was done because memory was short
};

/// How to do with less memory.
struct Thrift
{
    static constexpr int mostTiles = 3;

    int tiles = 0;       ///< decode in squares of half the longer side, a quarter, an eighth; the picture is then close to the usual one
    bool parts = false;  ///< load the parts one after the other, each for its stage: slower, and the same picture

    bool operator==(const Thrift &) const = default;
};

/// Called on the rendering thread: progress after each step. loading is called for each piece of weights that has to be read first or, where memory is short,
/// meanwhile, by the threads that read, one at a time. A preview is made only when somebody listens, and may be smaller than what was asked for.
struct RenderObserver
{
    std::function<void(std::uint64_t bytes, std::uint64_t of)> loading;
    std::function<void(int step, int of)> progress;
    std::function<void(int step, const Picture &picture)> preview;
};

struct TextCacheCounts
{
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
};

constexpr std::size_t maxPromptCharacters = 10'000;

double millisecondsSince(std::chrono::steady_clock::time_point start);

/// Of text in UTF-8.
std::size_t characters(const std::string &utf8);

/// Whether a model of \a info can be asked for this; ErrorCode::Invalid or Unsupported with a sentence.
Result<void> checkRequest(const RenderRequest &request, const ModelInfo &info);

/// One loaded model and the stages that make a picture with it, in diffusers' order: check inputs, encode prompt, latents, loop,
/// postprocess. One thread at a time; that thread may change. Failures are results; exceptions of libtorch pass through and are turned
/// into errors by the Engine.
class Pipeline
{
public:
    virtual ~Pipeline() = default;

    virtual const ModelInfo &info() const = 0;
    /// The same request gives the same bytes on the same device. Stops between steps with ErrorCode::Cancelled.
    virtual Result<RenderResult> run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop) = 0;
    /// A unit vector of the caption; zeros when it has no words.
    virtual Result<std::vector<float>> embed(const std::string &text) = 0;
    /// Of weights and tables in memory.
    virtual std::uint64_t bytes() const = 0;
    /// From any thread.
    virtual TextCacheCounts textCacheCounts() const = 0;

    /// Whether setThrift() makes a difference.
    virtual bool isThrifty() const { return false; }
    /// From the next run() on.
    virtual void setThrift(const Thrift &) {}
    /// What only makes further pictures quicker and takes memory.
    virtual void freeCaches() {}
    /// What a run() that ran out of memory left for another try of the same request.
    virtual void forgetUnfinished() {}
};

/// Where a model is.
struct ModelFiles
{
    std::filesystem::path path;    ///< a folder or a single file
    std::filesystem::path merges;  ///< CLIP's vocabulary, for a model that brings none
};

/// A family of models: how a folder or file of it is recognised, described and loaded. One line in pipelineFamilies() each.
struct PipelineFamily
{
    bool (*recognises)(const std::filesystem::path &path);
    /// Reads what can be said without loading: configuration, layout of the weights, revision. Problems are in ModelInfo::error.
    ModelInfo (*describe)(const std::string &id, const ModelFiles &files, const Device &device);
    Result<std::unique_ptr<Pipeline>> (*load)(const ModelInfo &info, const ModelFiles &files, const Device &device, const Thrift &thrift);
};

const std::vector<PipelineFamily> &pipelineFamilies();

} // namespace Galley::Diffusion
