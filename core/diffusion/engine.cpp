#include "core/diffusion/engine.h"

#include "core/diffusion/memory/budget.h"
#include "core/diffusion/memory/cuda.h"

#include <c10/util/Exception.h>
#include <torch/version.h>

#include <malloc.h>

#include <new>
#include <string_view>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

constexpr const char *defaultModel = "galley-draft";
constexpr std::size_t maxIdBytes = 100;
constexpr const char *oneDnnWithoutMemory = "could not create a primitive";

/// Runs \a work and turns whatever it throws into an Error. Tensors of \a work have left scope when this returns.
template<class T, class Work>
Result<T> guarded(Work &&work)
{
    try {
        return work();
    } catch (const c10::OutOfMemoryError &error) {
        return fail(ErrorCode::OutOfMemory, "The GPU ran out of memory.", error.what_without_backtrace());
    } catch (const c10::Error &error) {
        const std::string text = error.what_without_backtrace();
        if (text.find("can't allocate memory") != std::string::npos)
            return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", text);
        return fail(ErrorCode::Internal, "The model failed while it ran. Try again; if it happens again, put the model's original files back.", text);
    } catch (const std::bad_alloc &error) {
        return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", error.what());
    } catch (const std::exception &error) {
        if (std::string_view(error.what()).find(oneDnnWithoutMemory) != std::string_view::npos)
            return fail(ErrorCode::OutOfMemory, "This machine ran out of memory.", error.what());
        return fail(ErrorCode::Internal, "The model failed while it ran. Try again; if it happens again, put the model's original files back.", error.what());
    }
}

/// As guarded(), and once more after running out of memory.
template<class T, class Work>
Result<T> guardedTwice(Work &&work)
{
    auto result = guarded<T>(work);
    for (int tries = 1; tries <= 2 && !result && result.error().code == ErrorCode::OutOfMemory; ++tries) {
        // In the end as well: what was cached on the way would be missing elsewhere.
        emptyCudaCache();
        ::malloc_trim(0);
        if (tries == 1)
            result = guarded<T>(work);
    }
    return result;
}

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

std::uint64_t Engine::budget() const
{
    if (m_options.memory > 0)
        return m_options.memory;
    std::uint64_t held = 0;
    for (const auto &[id, entry] : m_entries)
        held += entry.pipeline ? entry.pipeline->bytes() : 0;
    const std::uint64_t available = freeMemory(m_device) + held;
    return available - available / 10;
}

MemoryFit Engine::fitOf(const ModelInfo &info) const
{
    const std::uint64_t most = budget();
    return info.neededBytes <= most ? MemoryFit::Whole : info.leastBytes <= most ? MemoryFit::Parts : MemoryFit::No;
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
        stats.loaded.emplace_back(id, entry.info.revision);
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

    auto pipeline = guardedTwice<std::unique_ptr<Pipeline>>([&] { return described.family->load(described.info, filesOf(place), m_device); });
    if (pipeline) {
        if (auto warm = guarded<bool>([&]() -> Result<bool> { warmUp(**pipeline); return true; }); !warm)
            pipeline = tl::unexpected(warm.error());
    }
    if (!pipeline) {
        noteFailure(pipeline.error());
        const std::lock_guard lock(m_mutex);
        if (folder.empty() && pipeline.error().code == ErrorCode::ModelFile) {
            described.info.error = pipeline.error().message;
            **found = std::move(described);
        }
        return tl::unexpected(pipeline.error());
    }
    described.pipeline = std::move(*pipeline);
    ModelInfo info = described.info;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.insert_or_assign(model, std::move(described));
    }
    ::malloc_trim(0);  // the copies that loading needed
    return info;
}

void Engine::warmUp(Pipeline &pipeline)
{
    RenderRequest request;
    request.size = {pipeline.info().native, pipeline.info().native};
    request.steps = std::min(2, pipeline.info().maxSteps);
    (void)pipeline.run(request, {}, {});
}

void Engine::noteFailure(const Error &error)
{
    if (error.detail.find(oneDnnWithoutMemory) != std::string::npos)
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
    }
    freeCaches();
    return {};
}

void Engine::freeCaches()
{
    emptyCudaCache();
    ::malloc_trim(0);
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

Result<Pipeline *> Engine::loadedPipeline(const std::string &model)
{
    const auto found = entryOf(model);
    if (!found)
        return tl::unexpected(found.error());
    if ((*found)->pipeline)
        return (*found)->pipeline.get();
    if (auto loaded = load(model); !loaded)
        return tl::unexpected(loaded.error());
    return m_entries.at(model).pipeline.get();
}

Result<RenderResult> Engine::render(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const auto pipeline = loadedPipeline(request.model);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    auto result = guardedTwice<RenderResult>([&] { return (*pipeline)->run(request, observer, stop); });
    if (!result)
        noteFailure(result.error());
    return result;
}

Result<CaptionVectors> Engine::embed(const std::string &model, const std::vector<std::string> &texts)
{
    const auto pipeline = loadedPipeline(model.empty() ? defaultModel : model);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    return guardedTwice<CaptionVectors>([&]() -> Result<CaptionVectors> {
        CaptionVectors result{(*pipeline)->info().id, (*pipeline)->info().revision, texts.size(), 0, {}};
        for (const std::string &text : texts) {
            const auto vector = (*pipeline)->embed(text);
            if (!vector)
                return tl::unexpected(vector.error());
            result.columns = vector->size();
            result.values.insert(result.values.end(), vector->begin(), vector->end());
        }
        return result;
    });
}

} // namespace Galley::Diffusion
