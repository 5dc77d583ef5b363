#include "core/diffusion/engine.h"

#include "core/diffusion/checkpoint/readwatch.h"
#include "core/diffusion/guarded.h"

#include <torch/version.h>

#include <algorithm>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

constexpr const char *defaultModel = "galley-draft";
constexpr std::size_t maxIdBytes = 100;
constexpr int warmSide = 128;
constexpr std::uint64_t leastCold = 256 << 20;  // bytes of weights

} // namespace

Engine::Engine(const EngineOptions &options)
    : m_options(options)
    , m_device(chooseDevice(options.device, options.threads))
{
    if (m_options.dtype != "auto")
        m_device.dtype = m_options.dtype;
    findModels();
}

Engine::~Engine() = default;

std::string Engine::libraryVersion()
{
    return TORCH_VERSION;
}

ModelFiles Engine::filesOf(const fs::path &path) const
{
    return {path, m_options.modelsFolder / "clip" / "merges.txt"};
}

Result<Engine::Entry> Engine::describe(const std::string &id, const fs::path &path) const
{
    Entry entry;
    entry.path = path;
    entry.info.id = id;
    for (const PipelineFamily &family : pipelineFamilies()) {
        if (family.recognises(path)) {
            entry.family = &family;
            auto info = guarded<ModelInfo>([&]() -> Result<ModelInfo> { return family.describe(id, filesOf(path), m_device); });
            if (!info)
                return tl::unexpected(info.error());
            entry.info = std::move(*info);
            entry.info.fits = fitOf(entry.info);
            return entry;
        }
    }
    entry.info.error = "There is no model in " + path.string() + ". Put the folder back, or start the worker with --models and the folder that holds it.";
    return entry;
}

Engine::Entry Engine::describeAnyway(const std::string &id, const fs::path &path) const
{
    auto described = describe(id, path);
    if (described)
        return std::move(*described);
    Entry entry;
    entry.path = path;
    entry.info.id = id;
    entry.info.error = described.error().message;
    return entry;
}

void Engine::findModels()
{
    std::error_code ignored;
    for (const auto &folder : fs::directory_iterator(m_options.modelsFolder, ignored)) {
        const std::string id = folder.path().filename().string();
        Entry entry = describeAnyway(id, folder.path());
        entry.isShipped = true;
        if (entry.family)
            m_entries.insert_or_assign(id, std::move(entry));
    }
    if (!m_entries.contains(defaultModel))
        m_entries.insert_or_assign(defaultModel, describeAnyway(defaultModel, m_options.modelsFolder / defaultModel)).first->second.isShipped = true;
    for (const auto &[id, path] : m_options.models) {
        if (!m_entries.try_emplace(id, describeAnyway(id, path)).second)
            m_device.notes.push_back(path.string() + " was left out, since there is another model \"" + id + "\". Add it under another name.");
    }
}

std::vector<ModelInfo> Engine::models() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<ModelInfo> infos;
    for (const auto &[id, entry] : m_entries)
        infos.push_back(entry.info);
    return infos;
}

bool Engine::isShipped(const std::string &model) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(model);
    return found != m_entries.end() && found->second.isShipped;
}

EngineStats Engine::stats() const
{
    const std::lock_guard lock(m_mutex);
    EngineStats stats;
    for (const auto &[id, entry] : m_entries) {
        if (!entry.pipeline)
            continue;
        stats.loaded.push_back({id, entry.info.revision, {entry.pool->live(), entry.pool->peak()}});
        stats.modelBytes += entry.pipeline->bytes();
        const TextCacheCounts counts = entry.pipeline->textCacheCounts();
        stats.textCache.hits += counts.hits;
        stats.textCache.misses += counts.misses;
    }
    return stats;
}

Result<Engine::Entry *> Engine::entryOf(const std::string &model)
{
    const auto found = m_entries.find(model);
    if (found == m_entries.end())
        return fail(ErrorCode::NotFound, "There is no model \"" + model.substr(0, maxIdBytes) + "\" in " + m_options.modelsFolder.string() + '.');
    return &found->second;
}

Result<ModelInfo> Engine::load(const std::string &model, const fs::path &folder)
{
    auto found = entryOf(model);
    if (!found && folder.empty())
        return tl::unexpected(found.error());
    const fs::path place = folder.empty() ? (*found)->path : folder;
    auto trial = describe(model, place);
    if (!trial)
        return tl::unexpected(trial.error());
    Entry &described = *trial;
    described.isShipped = found && (*found)->isShipped;
    if (!described.info.error.empty()) {
        Error error{ErrorCode::ModelFile, described.info.error, {}};
        // A folder given by name is a trial: it takes the place only when it works.
        if (folder.empty()) {
            const std::lock_guard lock(m_mutex);
            **found = std::move(described);
        }
        return tl::unexpected(std::move(error));
    }
    if (found && (*found)->pipeline && (*found)->path == place) {
        described.info.fits = (*found)->info.fits;  // of the time when it was loaded
        if ((*found)->info == described.info)
            return described.info;
    }

    const auto thrift = makeRoom(described.info, nullptr);
    if (!thrift)
        return tl::unexpected(thrift.error());
    described.pool = std::make_unique<MemoryPool>(m_device);
    auto pipeline = loadWithLess(described, *described.pool, *thrift);
    // On a CPU oneDNN compiles for each size, so that a small picture prepares nothing of a large model; and galley-draft is to answer its first edit at once.
    // A folder that is tried out has to work.
    const bool isWarmed = m_device.kind != "cpu" || described.info.weightsBytes < leastCold || !folder.empty();
    if (pipeline && !thrift->parts && isWarmed) {
        const MemoryScope scope(*described.pool);
        const auto warm = warmUp(**pipeline);
        // A picture may do with less memory.
        if (!warm && warm.error().code != ErrorCode::OutOfMemory)
            pipeline = tl::unexpected(warm.error());
    }
    if (!pipeline) {
        const std::lock_guard lock(m_mutex);
        if (folder.empty() && pipeline.error().code == ErrorCode::ModelFile) {
            described.info.error = pipeline.error().message;
            **found = std::move(described);
        }
        return tl::unexpected(pipeline.error());
    }
    described.pipeline = std::move(*pipeline);
    described.lastUse = ++m_uses;
    ModelInfo info = described.info;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.insert_or_assign(model, std::move(described));
    }
    freeCaches();  // what loading needed
    return info;
}

Result<void> Engine::warmUp(Pipeline &pipeline)
{
    const ModelInfo &info = pipeline.info();
    const int side = std::min(info.native, std::max(info.sizeMin, warmSide / info.sizeMultiple * info.sizeMultiple));
    RenderRequest request;
    request.size = {side, side};
    request.steps = std::min({2, info.maxSteps, std::max(1, info.defaultSteps)});
    const auto result = guarded<RenderResult>([&] { return pipeline.run(request, {}, {}); });
    pipeline.forgetUnfinished();
    pipeline.freeCaches();
    if (result)
        return {};
    noteFailure(result.error());
    return tl::unexpected(result.error());
}

void Engine::noteFailure(const Error &error)
{
    if (needsNewProcess(error.detail))
        m_mustRestart = true;
}

Result<void> Engine::unload(const std::string &model)
{
    const auto found = entryOf(model);
    if (!found)
        return tl::unexpected(found.error());
    {
        const std::lock_guard lock(m_mutex);
        (*found)->pipeline.reset();
        (*found)->pool.reset();
    }
    freeCaches();
    return {};
}

Result<ModelInfo> Engine::add(const std::string &model, const fs::path &path)
{
    if (model.empty() || model.size() > maxIdBytes)
        return fail(ErrorCode::Invalid, "A model's name has 1 to 100 bytes.");
    const auto found = m_entries.find(model);
    if (found != m_entries.end() && found->second.isShipped)
        return fail(ErrorCode::Invalid, "\"" + model + "\" comes with Galley. Add the model in " + path.string() + " under another name.");
    Entry entry = describeAnyway(model, path);
    if (!entry.info.error.empty())
        return fail(ErrorCode::ModelFile, entry.info.error);
    ModelInfo info = entry.info;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.insert_or_assign(model, std::move(entry));
    }
    freeCaches();
    return info;
}

Result<void> Engine::remove(const std::string &model)
{
    const auto found = entryOf(model);
    if (!found)
        return tl::unexpected(found.error());
    if ((*found)->isShipped)
        return fail(ErrorCode::Invalid, "\"" + model + "\" comes with Galley and cannot be removed.");
    {
        const std::lock_guard lock(m_mutex);
        m_entries.erase(model);
    }
    freeCaches();
    return {};
}

Result<Engine::Entry *> Engine::loadedEntry(const std::string &model)
{
    const auto found = entryOf(model);
    if (!found)
        return tl::unexpected(found.error());
    if (!(*found)->pipeline)
        if (auto loaded = load(model); !loaded)
            return tl::unexpected(loaded.error());
    (*found)->lastUse = ++m_uses;
    return *found;
}

Result<RenderResult> Engine::render(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const auto known = entryOf(request.model);
    const std::uint64_t all = known ? (*known)->info.fileBytes : 0;
    const ReadWatch watch(
        [&](std::uint64_t bytes) {
            if (observer.loading && all > 0)
                observer.loading(std::min(bytes, all), all);
        },
        m_options.stopsLoading ? stop : std::stop_token());
    const auto entry = loadedEntry(request.model);
    if (!entry)
        return tl::unexpected(entry.error());
    const auto thrift = makeRoom((*entry)->info, *entry);
    if (!thrift)
        return tl::unexpected(thrift.error());
    auto result = renderWithLess(**entry, request, *thrift, observer, stop);
    if (!result && result.error().code == ErrorCode::ModelFile)
        describeAgain(**entry);
    return result;
}

/// What was loaded belongs to files that are gone or wrong; the next request finds what is there now.
void Engine::describeAgain(Entry &entry)
{
    Entry fresh = describeAnyway(entry.info.id, entry.path);
    fresh.isShipped = entry.isShipped;
    {
        const std::lock_guard lock(m_mutex);
        entry = std::move(fresh);
    }
    freeCaches();
}

Result<CaptionVectors> Engine::embed(const std::string &model, const std::vector<std::string> &texts)
{
    const auto entry = loadedEntry(model.empty() ? defaultModel : model);
    if (!entry)
        return tl::unexpected(entry.error());
    Pipeline &pipeline = *(*entry)->pipeline;
    const MemoryScope scope(*(*entry)->pool);
    const auto once = [&] {
        return guarded<CaptionVectors>([&]() -> Result<CaptionVectors> {
            CaptionVectors result{pipeline.info().id, pipeline.info().revision, texts.size(), 0, {}};
            for (const std::string &text : texts) {
                const auto vector = pipeline.embed(text);
                if (!vector)
                    return tl::unexpected(vector.error());
                result.columns = vector->size();
                result.values.insert(result.values.end(), vector->begin(), vector->end());
            }
            return result;
        });
    };
    auto result = once();
    if (!result && result.error().code == ErrorCode::OutOfMemory) {
        freeCaches();
        result = once();
    }
    if (!result)
        noteFailure(result.error());
    return result;
}

} // namespace Galley::Diffusion
