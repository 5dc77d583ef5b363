#include "core/diffusion/engine.h"
#include "core/diffusion/guarded.h"
#include "core/diffusion/memory/budget.h"
#include "core/diffusion/memory/cuda.h"

#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace Galley::Diffusion {

namespace {

constexpr const char *draftModel = "galley-draft";

std::string gigabytes(std::uint64_t bytes)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text.data();
}

std::string pixels(PictureSize size)
{
    return std::to_string(size.width) + " × " + std::to_string(size.height);
}

/// The next thing to give up; false when there is none.
bool lessen(const Pipeline &pipeline, Thrift &thrift)
{
    if (!pipeline.isThrifty() || (thrift.parts && thrift.tiles == Thrift::mostTiles))
        return false;
    if (thrift.tiles > 0 && !thrift.parts)
        thrift.parts = true;
    else
        ++thrift.tiles;
    return true;
}

/// The picture in a smaller size, by the means of what falls on each pixel. Without tensors, for which there may be no memory.
Picture reduced(const Picture &picture, PictureSize size)
{
    Picture result{size, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height))};
    std::size_t place = 0;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            std::array<int, 4> sums{};
            int count = 0;
            for (int row = y * picture.size.height / size.height; row < (y + 1) * picture.size.height / size.height; ++row) {
                for (int column = x * picture.size.width / size.width; column < (x + 1) * picture.size.width / size.width; ++column, ++count)
                    for (std::size_t i = 0; i < 4; ++i)
                        sums[i] += picture.rgba[4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.size.width) + static_cast<std::size_t>(column)) + i];
            }
            for (const int sum : sums)
                result.rgba[place++] = static_cast<std::uint8_t>((sum + count / 2) / count);
        }
    }
    return result;
}

/// To three quarters of its sides; false when it is as small as the model makes it.
bool shrink(RenderRequest &request, const ModelInfo &info)
{
    const auto smaller = [&](int side) { return std::max(info.sizeMin, side * 3 / 4 / info.sizeMultiple * info.sizeMultiple); };
    const PictureSize size{std::min(request.size.width, smaller(request.size.width)), std::min(request.size.height, smaller(request.size.height))};
    if (size == request.size)
        return false;
    // An image of another size is refused when the request runs.
    if (request.hasImage() && request.image.size == request.size && request.image.rgba.size() == 4 * static_cast<std::size_t>(request.size.width) * static_cast<std::size_t>(request.size.height))
        request.image = reduced(request.image, size);
    request.size = size;
    return true;
}

} // namespace

std::uint64_t Engine::budget() const
{
    if (m_options.memory > 0)
        return m_options.memory;
    const std::uint64_t unused = freeMemory(m_device);
    return unused - unused / 10 + heldBeside(nullptr);
}

MemoryFit Engine::fitOf(const ModelInfo &info) const
{
    const std::uint64_t most = budget();
    return info.neededBytes <= most ? MemoryFit::Whole : info.leastBytes <= most ? MemoryFit::Parts : MemoryFit::No;
}

void Engine::freeCaches()
{
    emptyCudaCache();
    ::malloc_trim(0);
}

std::uint64_t Engine::heldBeside(const Entry *model) const
{
    std::uint64_t bytes = 0;
    for (const auto &[id, entry] : m_entries)
        if (entry.pool && &entry != model)
            bytes += entry.pool->live();
    return bytes;
}

bool Engine::unloadOldest(const Entry *except)
{
    Entry *oldest = nullptr;
    const auto key = [](const Entry &entry) { return std::pair{entry.info.id == draftModel, entry.lastUse}; };
    for (auto &[id, entry] : m_entries)
        if (entry.pipeline && &entry != except && (!oldest || key(entry) < key(*oldest)))
            oldest = &entry;
    if (!oldest)
        return false;
    {
        const std::lock_guard lock(m_mutex);
        oldest->pipeline.reset();
        oldest->pool.reset();
    }
    freeCaches();
    return true;
}

Result<Thrift> Engine::makeRoom(const ModelInfo &model, const Entry *except)
{
    const std::uint64_t most = budget();
    for (const bool inParts : {false, true}) {
        const std::uint64_t bytes = inParts ? model.leastBytes : model.neededBytes;
        if (bytes > most)
            continue;
        while (heldBeside(except) > most - bytes && unloadOldest(except)) { }
        return Thrift{0, inParts};
    }
    return fail(ErrorCode::OutOfMemory, model.id + " needs " + gigabytes(model.leastBytes) + " of memory at least, and models may take " + gigabytes(most)
                                            + (m_options.memory > 0 ? ", as the setting says. Let them take more, or choose a smaller model." : " here. Close other programs, or choose a smaller model."));
}

void Engine::limit(MemoryPool &pool, const Entry *owner) const
{
    const std::uint64_t most = budget();
    pool.setLimit(most - std::min(most, heldBeside(owner)));
}

Result<std::unique_ptr<Pipeline>> Engine::loadWithLess(const Entry &described, MemoryPool &pool, Thrift thrift)
{
    const auto once = [&] {
        limit(pool, nullptr);
        const MemoryScope scope(pool);
        return guarded<std::unique_ptr<Pipeline>>([&] { return described.family->load(described.info, filesOf(described.path), m_device, thrift); });
    };
    auto loaded = once();
    for (bool isAgain = false; !loaded && loaded.error().code == ErrorCode::OutOfMemory; isAgain = true) {
        noteFailure(loaded.error());
        freeCaches();
        if (isAgain && (thrift.parts || described.info.leastBytes == described.info.neededBytes))
            break;
        while (unloadOldest(nullptr)) { }
        thrift.parts = thrift.parts || isAgain;
        loaded = once();
    }
    return loaded;
}

Result<RenderResult> Engine::renderOnce(Entry &entry, const RenderRequest &request, const Thrift &thrift, const RenderObserver &observer, std::stop_token stop)
{
    limit(*entry.pool, &entry);
    const MemoryScope scope(*entry.pool);
    auto result = guarded<RenderResult>([&] {
        entry.pipeline->setThrift(thrift);
        return entry.pipeline->run(request, observer, stop);
    });
    if (!result)
        noteFailure(result.error());
    return result;
}

Result<RenderResult> Engine::renderWithLess(Entry &entry, RenderRequest request, Thrift thrift, const RenderObserver &observer, std::stop_token stop)
{
    const PictureSize asked = request.size;
    const Thrift planned = thrift;
    bool isAgain = false;
    bool hasUnloaded = false;
    entry.pool->resetPeak();
    auto result = renderOnce(entry, request, thrift, observer, stop);
    while (!result && result.error().code == ErrorCode::OutOfMemory) {
        {
            const MemoryScope scope(*entry.pool);
            entry.pipeline->freeCaches();
        }
        freeCaches();
        if (!isAgain) {
            while (unloadOldest(&entry))
                hasUnloaded = true;
        } else if (!lessen(*entry.pipeline, thrift) && !(request.mayShrink && shrink(request, entry.info))) {
            break;
        }
        isAgain = true;
        result = renderOnce(entry, request, thrift, observer, stop);
    }
    entry.pipeline->forgetUnfinished();
    if (!result)
        return result;
    result->memory = {entry.pool->live(), entry.pool->peak()};
    if (hasUnloaded)
        result->notes.emplace_back("Memory ran out, so other models were unloaded; they are loaded again when they are needed.");
    else if (isAgain && thrift == planned && request.size == asked)
        result->notes.emplace_back("Memory ran out for a moment; what was cached was freed, and the picture was made again.");
    if (thrift.tiles > 0)
        result->notes.emplace_back("There was not enough memory to decode the picture at once: it was decoded in tiles, which can change it slightly.");
    if (thrift.parts)
        result->notes.emplace_back("There was not enough memory for the whole model: its parts were loaded one after the other, which takes longer.");
    if (!(request.size == asked))
        result->notes.emplace_back(std::string("There was not enough memory for ").append(pixels(asked)).append(" pixels: the picture has ").append(pixels(request.size)).append("."));
    return result;
}

} // namespace Galley::Diffusion
