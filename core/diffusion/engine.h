#pragma once

#include "core/diffusion/memory/pool.h"
#include "core/diffusion/pipelines/pipeline.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace Galley::Diffusion {

struct EngineOptions
{
    std::filesystem::path modelsFolder;  ///< with CLIP's vocabulary in "clip"
    std::string device = "auto";  ///< auto, cpu, cuda
    int threads = 0;              ///< 0: defaultThreads()
    std::string dtype = "auto";   ///< "auto": what suits the device, else "fp32" or "bf16"
    std::uint64_t memory = 0;     ///< bytes that models may take; 0: what is free, less a tenth
    bool stopsLoading = false;    ///< stopping a request stops the loading of its model too; else that ends, since the next request wants the same model
    std::vector<std::pair<std::string, std::filesystem::path>> models = {};  ///< the user's own, by their ids: folders or single files
};

struct LoadedModel
{
    std::string model;
    std::string revision;
    MemoryUse memory;
};

struct EngineStats
{
    std::uint64_t modelBytes = 0;  ///< of weights and tables
    std::vector<LoadedModel> loaded;
    TextCacheCounts textCache;
};

/// Caption vectors, one row a text.
struct CaptionVectors
{
    std::string model;
    std::string revision;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;
};

/// All local models of this process: finds them, loads them when first used, runs requests. What libtorch throws becomes an Error here and
/// nothing passes. Owns the pipelines.
///
/// Memory: every model has a pool of its own, and all of them share a budget. Before a model works, those that were used longest ago go until it fits, the
/// draft model last, since people draft live with it; one that does not fit even alone loads its parts one after the other. A request that runs out of memory
/// all the same is tried again with less and less: caches and other models freed, decoded in tiles, in parts, smaller if it allows that. The result says so.
///
/// One thread calls load(), unload(), add(), remove(), render() and embed(), which may be another than the constructing one; info functions and stats()
/// may be called from any thread at any time.
class Engine
{
public:
    explicit Engine(const EngineOptions &options);
    ~Engine();

    const Device &device() const { return m_device; }
    static std::string libraryVersion();  ///< of libtorch
    std::vector<ModelInfo> models() const;
    bool isShipped(const std::string &model) const;  ///< found in EngineOptions::modelsFolder
    EngineStats stats() const;
    /// Bytes that all models together may take at this moment. For the thread that works, and before it does.
    std::uint64_t budget() const;
    /// libtorch is in a state that only a new process repairs (needsNewProcess()).
    bool mustRestart() const { return m_mustRestart; }
    /// What failed outside of the engine's own care; from any thread.
    void noteFailure(const Error &error);

    /// Reads the model's files, from \a folder if that is not empty, and warms it up. A loaded model whose files did not change stays.
    Result<ModelInfo> load(const std::string &model, const std::filesystem::path &folder = {});
    Result<void> unload(const std::string &model);
    /// A model of the user's: a folder or a single file. Describes it and loads nothing; one that cannot be used is not added. An id that comes with
    /// Galley is refused; one that was added before moves to \a path.
    Result<ModelInfo> add(const std::string &model, const std::filesystem::path &path);
    /// What add() or EngineOptions::models brought; unloads it.
    Result<void> remove(const std::string &model);
    /// \a stop ends it between two steps and, as EngineOptions::stopsLoading says, between two pieces of weights while the model is loaded.
    Result<RenderResult> render(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop);
    /// \a model may be empty: the first one.
    Result<CaptionVectors> embed(const std::string &model, const std::vector<std::string> &texts);

private:
    struct Entry
    {
        std::filesystem::path path;
        const PipelineFamily *family = nullptr;
        ModelInfo info;
        std::unique_ptr<MemoryPool> pool;  ///< of the pipeline
        std::unique_ptr<Pipeline> pipeline;
        std::uint64_t lastUse = 0;
        bool isShipped = false;  ///< found in EngineOptions::modelsFolder
    };

    void findModels();
    Result<Entry> describe(const std::string &id, const std::filesystem::path &path) const;
    /// As describe(), with what failed in ModelInfo::error.
    Entry describeAnyway(const std::string &id, const std::filesystem::path &path) const;
    ModelFiles filesOf(const std::filesystem::path &path) const;
    MemoryFit fitOf(const ModelInfo &info) const;
    static void freeCaches();

    // enginememory.cpp
    /// Of all pools but that of \a model, which may be null.
    std::uint64_t heldBeside(const Entry *model) const;
    bool unloadOldest(const Entry *except);
    /// Unloads others until \a model can run, and says how. \a except stays.
    Result<Thrift> makeRoom(const ModelInfo &model, const Entry *except);
    void limit(MemoryPool &pool, const Entry *owner) const;
    Result<RenderResult> renderOnce(Entry &entry, const RenderRequest &request, const Thrift &thrift, const RenderObserver &observer, std::stop_token stop);
    Result<RenderResult> renderWithLess(Entry &entry, RenderRequest request, Thrift thrift, const RenderObserver &observer, std::stop_token stop);
    Result<std::unique_ptr<Pipeline>> loadWithLess(const Entry &described, MemoryPool &pool, Thrift thrift);
    Result<Entry *> entryOf(const std::string &model);
    void describeAgain(Entry &entry);
    Result<Entry *> loadedEntry(const std::string &model);
    Result<void> warmUp(Pipeline &pipeline);

    EngineOptions m_options;
    Device m_device;
    std::atomic<bool> m_mustRestart = false;
    mutable std::mutex m_mutex;  ///< guards m_entries against the info functions; the working thread alone changes them
    std::map<std::string, Entry> m_entries;
    std::uint64_t m_uses = 0;
};

} // namespace Galley::Diffusion
