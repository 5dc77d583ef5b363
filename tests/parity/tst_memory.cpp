#include <ATen/ops/empty.h>
#include <c10/util/Exception.h>

#include "core/diffusion/engine.h"
#include "core/diffusion/memory/budget.h"
#include "core/diffusion/memory/cuda.h"
#include "core/diffusion/memory/replay.h"
#include "core/diffusion/pipelines/stablediffusion.h"
#include "tests/parity/support/countingallocator.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/memoryof.h"
#include "tests/parity/support/testdevice.h"

#include <cstdlib>
#include <limits>
#include <set>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

// A few hundred megabytes of the GPU, so that a large picture runs out of them. Read when libtorch's CUDA half is opened.
const int bounded = ::setenv("PYTORCH_CUDA_ALLOC_CONF", "per_process_memory_fraction:0.002", 1);

std::filesystem::path toys()
{
    return diffusersFolder() / "pipelines";
}

RenderRequest requestFor(const std::string &model, const std::string &prompt = "a red apple")
{
    RenderRequest request;
    request.model = model;
    request.prompt = prompt;
    request.size = {48, 32};
    request.steps = 2;
    return request;
}

Engine toyEngine()
{
    return Engine(EngineOptions{toys(), testDevice().kind, 1, "fp32"});
}

Picture pictureOf(Engine &engine, const RenderRequest &request)
{
    const auto result = engine.render(request, {}, {});
    REQUIRE_MESSAGE(result, (result ? "" : result.error().message + ' ' + result.error().detail));
    for (const std::string &note : result->notes)
        MESSAGE(note);
    return result->picture;
}

ModelInfo infoOf(const Engine &engine, const std::string &model)
{
    for (const ModelInfo &info : engine.models())
        if (info.id == model)
            return info;
    FAIL("no such model");
    return {};
}

/// Holds memory of the GPU in pieces, at most so many, until nothing is left.
std::vector<at::Tensor> fillGpu(std::size_t most)
{
    constexpr std::int64_t pieceBytes = 256 * 1024;
    std::vector<at::Tensor> pieces;
    try {
        while (pieces.size() < most)
            pieces.push_back(at::empty({pieceBytes}, at::TensorOptions().dtype(at::kByte).device(at::kCUDA)));
    } catch (const c10::Error &) {  // full
    }
    return pieces;
}

/// What libtorch and recorded graphs have of the device's memory.
std::int64_t liveBytes()
{
    if (testDevice().kind == "cpu")
        return CountingAllocator::instance().liveBytes();
    return static_cast<std::int64_t>(cudaUse().live);
}

} // namespace

TEST_CASE("hundredSwaps_leaveNothingBehind")
{
    REQUIRE(bounded == 0);
    CountingAllocator::instance().install();
    const std::int64_t before = liveBytes();
    Engine engine = toyEngine();
    std::map<std::string, Picture> fresh;
    std::int64_t live = 0;
    long long resident = 0;
    for (int round = 0; round < 100; ++round) {
        CAPTURE(round);
        for (const char *model : {"toy-sd-turbo", "toy-sdxl"}) {
            const Picture picture = pictureOf(engine, requestFor(model));
            if (round == 0) {
                Engine other = toyEngine();
                fresh[model] = pictureOf(other, requestFor(model));
            }
            CHECK(picture == fresh[model]);
            CHECK(engine.stats().loaded.size() == 1);
            CHECK(liveBytes() >= before + static_cast<std::int64_t>(engine.stats().modelBytes));
            REQUIRE(engine.unload(model));
        }
        if (round == 0)
            live = liveBytes();
        if (round == 9)
            resident = memoryOf("VmRSS:");
        CHECK(liveBytes() == live);
    }
    if (testDevice().kind == "cpu")
        CHECK(live == before);
    CHECK(double(memoryOf("VmRSS:")) <= 1.05 * double(resident));
}

TEST_CASE("repeatedPictures_areReplayedByAGpuAndStayTheSame")
{
    Engine engine = toyEngine();
    for (const char *model : {"toy-sd-turbo", "toy-sdxl", "toy-lcm"}) {
        CAPTURE(model);
        const Picture first = pictureOf(engine, requestFor(model));
        const Picture other = pictureOf(engine, requestFor(model, "a green pear"));
        const std::uint64_t before = Replayed::replays();
        for (int i = 0; i < 3; ++i) {
            CHECK(pictureOf(engine, requestFor(model)) == first);
            CHECK(pictureOf(engine, requestFor(model, "a green pear")) == other);
        }
        CHECK(first != other);
        // Two steps each, whatever else is replayed.
        CHECK((Replayed::replays() - before >= 12) == (testDevice().kind == "cuda"));
        RenderRequest wide = requestFor(model);
        wide.size = {64, 32};
        const Picture widePicture = pictureOf(engine, wide);
        CHECK(pictureOf(engine, requestFor(model)) == first);
        CHECK(pictureOf(engine, wide) == widePicture);
    }
}

TEST_CASE("pools_knowWhatTheirModelsTook")
{
    CountingAllocator::instance().install();
    const std::int64_t before = liveBytes();
    Engine engine = toyEngine();
    std::uint64_t sum = 0;
    for (const char *model : {"toy-sd-turbo", "toy-sdxl"}) {
        const auto small = engine.render(requestFor(model), {}, {});
        REQUIRE(small);
        RenderRequest large = requestFor(model);
        large.size = {128, 128};
        const auto result = engine.render(large, {}, {});
        REQUIRE(result);
        CHECK(result->memory.model >= infoOf(engine, model).weightsBytes);
        CHECK(result->memory.peak > small->memory.peak);
        CHECK(small->memory.peak > small->memory.model);
        CHECK(result->notes.empty());
        sum += result->memory.model;
    }
    const EngineStats stats = engine.stats();
    REQUIRE(stats.loaded.size() == 2);
    CHECK(stats.loaded[0].memory.model + stats.loaded[1].memory.model == sum);
    CHECK(liveBytes() == before + static_cast<std::int64_t>(sum));
}

TEST_CASE("loading_takesNoSecondCopy")
{
    for (const char *dtype : {"fp32", "bf16"}) {
        for (const char *model : {"toy-sd-turbo", "toy-sdxl", "toy-sdxl-turbo"}) {
            CAPTURE(model);
            const Device device{testDevice().kind, {}, dtype, 1, {}};
            const ModelFiles files{toys() / model, {}};
            const ModelInfo info = StableDiffusionPipeline::describe(model, files, device);
            MemoryPool pool(device);
            const MemoryScope scope(pool);
            const auto pipeline = StableDiffusionPipeline::load(info, files, device, {});
            REQUIRE(pipeline);
            if (device.kind == "cpu") {
                CHECK((*pipeline)->bytes() == info.weightsBytes);
                CHECK(pool.live() == info.weightsBytes);
                CHECK(double(pool.peak()) <= 1.2 * double(info.weightsBytes));
            }
        }
    }
}

TEST_CASE("leastRecentlyUsedModels_goFirstAndTheDraftLast")
{
    const TempFolder shipped;
    makeToyModel(shipped.path());
    EngineOptions options{shipped.path(), testDevice().kind, 1, "fp32"};
    for (const char *model : {"toy-sd15", "toy-sd-turbo", "toy-lcm", "toy-sdxl"})
        options.models.emplace_back(model, toys() / model);
    RenderRequest draft = requestFor("galley-draft", "w1");
    draft.size = {64, 64};
    // Room for the draft model, another one, and a third that works; not for a fourth.
    Engine plenty(options);
    REQUIRE(plenty.render(draft, {}, {}));
    REQUIRE(plenty.render(requestFor("toy-sd15"), {}, {}));
    const EngineStats held = plenty.stats();
    options.memory = held.loaded[0].memory.model + held.loaded[1].memory.model + infoOf(plenty, "toy-sd-turbo").neededBytes + 100'000;
    REQUIRE(options.memory >= infoOf(plenty, "galley-draft").neededBytes);
    Engine engine(options);
    const auto loaded = [&] {
        std::set<std::string> names;
        for (const LoadedModel &one : engine.stats().loaded)
            names.insert(one.model);
        return names;
    };
    const auto render = [&](const char *model) {
        const auto result = engine.render(requestFor(model), {}, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        CHECK(result->notes.empty());
    };
    REQUIRE(engine.render(draft, {}, {}));
    render("toy-sd15");
    render("toy-sd-turbo");
    CHECK(loaded() == std::set<std::string>{"galley-draft", "toy-sd15", "toy-sd-turbo"});
    render("toy-sd15");
    render("toy-lcm");
    CHECK_FALSE(loaded().contains("toy-sd-turbo"));
    CHECK(loaded().contains("galley-draft"));
    CHECK(loaded().contains("toy-lcm"));
    options.memory = std::max(infoOf(plenty, "toy-sdxl").neededBytes, infoOf(plenty, "galley-draft").neededBytes);
    Engine narrow(options);
    REQUIRE(narrow.render(draft, {}, {}));
    REQUIRE(narrow.render(requestFor("toy-sdxl"), {}, {}));
    REQUIRE(narrow.render(requestFor("toy-sd15"), {}, {}));
    std::uint64_t sum = 0;
    for (const LoadedModel &one : narrow.stats().loaded)
        sum += one.memory.model;
    CHECK(sum <= options.memory);
    CHECK(narrow.stats().loaded.back().model == "toy-sd15");
}

TEST_CASE("modelThatDoesNotFit_isLoadedInParts")
{
    // With two threads parts are read by another one than that of the picture under way.
    for (const auto &[model, threads] : {std::pair{"toy-sd15", 1}, {"toy-sdxl", 1}, {"toy-sdxl-turbo", 1}, {"toy-sdxl-turbo", 2}}) {
        CAPTURE(model);
        CAPTURE(threads);
        EngineOptions options{toys(), testDevice().kind, threads, "fp32"};
        Engine whole(options);
        const ModelInfo info = infoOf(whole, model);
        REQUIRE(info.leastBytes < info.neededBytes);
        options.memory = info.neededBytes - 1;
        Engine parts(options);
        CHECK(infoOf(parts, model).fits == MemoryFit::Parts);
        RenderRequest request = requestFor(model);
        request.negativePrompt = "dull";
        request.guidance = 3;
        RenderRequest again = request;
        again.image = pictureOf(whole, request);
        for (const RenderRequest &one : {request, request, again}) {
            const auto result = parts.render(one, {}, {});
            REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
            CHECK(result->picture == pictureOf(whole, one));
            REQUIRE(result->notes.size() == 1);
            CHECK(result->notes.front() == "There was not enough memory for the whole model: its parts were loaded one after the other, which takes longer.");
            CHECK(result->memory.peak < options.memory);
            CHECK(result->memory.model < info.weightsBytes / 4);
        }
        CHECK(parts.stats().textCache.misses == 2);
        options.memory = info.leastBytes - 1;
        Engine none(options);
        CHECK(infoOf(none, model).fits == MemoryFit::No);
        const auto refused = none.render(request, {}, {});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::OutOfMemory);
        CHECK(refused.error().message.find(model) != std::string::npos);
    }
}

/// 256 × 256 pixels in eight channels are 2 MiB; the UNet works with half of that.
TEST_CASE("pictureThatCannotBeDecodedAtOnce_isDecodedInTiles")
{
    if (testDevice().kind != "cpu")
        return;
    CountingAllocator &allocator = CountingAllocator::instance();
    allocator.install();
    Engine engine = toyEngine();
    RenderRequest request = requestFor("toy-sd-turbo");
    request.size = {256, 256};
    const Picture expected = pictureOf(engine, request);
    int steps = 0;
    RenderObserver observer;
    observer.progress = [&](int, int) { ++steps; };
    allocator.refuseAbove(1'200'000);
    const auto tiled = engine.render(request, observer, {});
    const std::int64_t refused = allocator.refused();
    allocator.refuseAbove(CountingAllocator::always);
    REQUIRE_MESSAGE(tiled, (tiled ? "" : tiled.error().message));
    CHECK(refused > 0);
    CHECK(steps == 2);  // what was done before the decoder is not done again
    REQUIRE(tiled->notes.size() == 1);
    CHECK(tiled->notes.front().find("tiles") != std::string::npos);
    REQUIRE(tiled->picture.size == expected.size);
    double difference = 0;
    for (std::size_t i = 0; i < expected.rgba.size(); ++i)
        difference += std::abs(int(expected.rgba[i]) - int(tiled->picture.rgba[i]));
    CHECK(difference > 0);
    CHECK(difference / double(expected.rgba.size()) <= 12);
    CHECK(pictureOf(engine, request) == expected);
}

TEST_CASE("smallerPicture_isMadeOnlyWhenThatIsAllowed")
{
    if (testDevice().kind != "cpu")
        return;
    CountingAllocator &allocator = CountingAllocator::instance();
    allocator.install();
    Engine engine = toyEngine();
    RenderRequest request = requestFor("toy-sd-turbo");
    request.size = {512, 512};
    request.steps = 1;
    const Picture expected = pictureOf(engine, request);
    allocator.refuseAbove(600'000);  // too little for the UNet of 128 × 128 latents
    const auto failed = engine.render(request, {}, {});
    request.mayShrink = true;
    const auto smaller = engine.render(request, {}, {});
    RenderRequest withImage = request;
    withImage.image = expected;
    withImage.steps = 2;
    const auto fromImage = engine.render(withImage, {}, {});
    allocator.refuseAbove(CountingAllocator::always);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::OutOfMemory);
    for (const auto &result : {smaller, fromImage}) {
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        const PictureSize size = result->picture.size;
        CHECK(size.width < 512);
        CHECK(result->picture.rgba.size() == 4u * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
        REQUIRE_FALSE(result->notes.empty());
        CHECK(result->notes.back().find("512 × 512") != std::string::npos);
    }
    CHECK(pictureOf(engine, request) == expected);
}

/// A budget is kept, whatever the estimates say.
TEST_CASE("budget_isNeverExceeded")
{
    if (testDevice().kind != "cpu")
        return;
    Engine whole = toyEngine();
    const ModelInfo info = infoOf(whole, "toy-sd15");
    EngineOptions options{toys(), "cpu", 1, "fp32"};
    options.memory = info.neededBytes;
    Engine engine(options);
    const Picture expected = pictureOf(engine, requestFor("toy-sd15"));
    for (const int side : {128, 256, 512}) {
        RenderRequest request = requestFor("toy-sd15");
        request.size = {side, side};
        request.steps = 1;
        request.mayShrink = true;
        const auto result = engine.render(request, {}, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        CHECK(result->memory.peak <= options.memory);
        CHECK(pictureOf(engine, requestFor("toy-sd15")) == expected);
    }
}

TEST_CASE("freeMemory_followsTheControlGroups")
{
    const TempFolder folder;
    const auto group = folder.path() / "user" / "app";
    std::filesystem::create_directories(group);
    writeFile(folder.path() / "cgroup", "0::/user/app\n");
    const auto bytes = [&] { return freeInControlGroup(folder.path() / "cgroup", folder.path()); };
    constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();
    CHECK(bytes() == unlimited);
    writeFile(group / "memory.max", "max\n");
    CHECK(bytes() == unlimited);
    writeFile(group / "memory.max", "1000\n");
    writeFile(group / "memory.current", "600\n");
    CHECK(bytes() == 400);
    writeFile(group / "memory.stat", "anon 300\nfile 300\ninactive_file 250\n");
    CHECK(bytes() == 650);
    writeFile(folder.path() / "user" / "memory.max", "100\n");
    writeFile(folder.path() / "user" / "memory.current", "200\n");
    CHECK(bytes() == 0);
    CHECK(freeMemory(Device{}) > 0);
}

/// Refused once, the engine tries again and nobody sees it; refused on and on, it says so in words, and the next picture is right.
TEST_CASE("failedAllocation_spoilsNoOtherPicture")
{
    if (testDevice().kind != "cpu")
        return;
    constexpr int failures = 500;
    constexpr int prompts = 100;  // more than are cached, so that each is encoded anew
    CountingAllocator &allocator = CountingAllocator::instance();
    allocator.install();
    Engine engine = toyEngine();
    const auto request = [](int i) {
        RenderRequest one = requestFor("toy-sd-turbo", "apple " + std::to_string(i % prompts));
        one.steps = 4;
        return one;
    };
    const RenderRequest usual = requestFor("toy-sd-turbo");
    const Picture expected = pictureOf(engine, usual);
    std::vector<Picture> fresh;
    for (int i = 0; i < prompts; ++i)
        fresh.push_back(pictureOf(engine, request(i)));
    const std::int64_t start = allocator.allocations();
    pictureOf(engine, request(0));
    REQUIRE(allocator.allocations() - start >= failures);
    for (int i = 0; i < failures; ++i) {
        CAPTURE(i);
        allocator.failAfter(i, 1);
        CHECK(pictureOf(engine, request(i)) == fresh[static_cast<std::size_t>(i % prompts)]);
        CHECK(allocator.refused() == 1);
        allocator.failAfter(i, CountingAllocator::always);
        const auto failed = engine.render(request(i + 1), {}, {});
        allocator.failAfter(0, 0);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::OutOfMemory);
        CHECK(failed.error().message == "This machine ran out of memory.");
        CHECK(pictureOf(engine, usual) == expected);
    }
    CHECK_FALSE(engine.mustRestart());
}

/// Of loading too.
TEST_CASE("failedAllocation_leavesTheModelToBeLoadedAgain")
{
    if (testDevice().kind != "cpu")
        return;
    CountingAllocator &allocator = CountingAllocator::instance();
    allocator.install();
    Engine engine = toyEngine();
    const Picture expected = pictureOf(engine, requestFor("toy-sd-turbo"));
    REQUIRE(engine.unload("toy-sd-turbo"));
    const std::int64_t live = allocator.liveBytes();
    for (int i = 0; i < 500; i += 25) {
        CAPTURE(i);
        allocator.failAfter(i, CountingAllocator::always);
        const auto failed = engine.render(requestFor("toy-sd-turbo"), {}, {});
        allocator.failAfter(0, 0);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::OutOfMemory);
        (void)engine.unload("toy-sd-turbo");
        CHECK(allocator.liveBytes() == live);
        CHECK(pictureOf(engine, requestFor("toy-sd-turbo")) == expected);
        REQUIRE(engine.unload("toy-sd-turbo"));
    }
}

TEST_CASE("fullGpu_isSaidAndLeft")
{
    if (testDevice().kind == "cpu")
        return;
    Engine engine = toyEngine();
    const Picture expected = pictureOf(engine, requestFor("toy-sd15"));
    const std::int64_t live = liveBytes();  // with what was recorded, which goes when memory runs out
    for (int i = 0; i < 3; ++i) {
        RenderRequest large = requestFor("toy-sd15");
        large.size = {2048, 2048};
        const auto failed = engine.render(large, {}, {});
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::OutOfMemory);
        CHECK(failed.error().message == "The GPU ran out of memory.");
        CHECK(liveBytes() <= live);
        CHECK(pictureOf(engine, requestFor("toy-sd15")) == expected);
    }
    Engine other = toyEngine();
    CHECK(pictureOf(other, requestFor("toy-sd15")) == expected);
}

/// As many times as allocations are refused on a CPU: what is left of the GPU shrinks from enough to nothing.
TEST_CASE("gpuThatFillsUp_spoilsNoOtherPicture")
{
    if (testDevice().kind == "cpu")
        return;
    constexpr int levels = 500;
    Engine engine = toyEngine();
    const RenderRequest usual = requestFor("toy-sd15");
    const Picture expected = pictureOf(engine, usual);
    RenderRequest large = usual;
    large.size = {512, 512};
    const Picture whole = pictureOf(engine, large);
    const std::size_t all = fillGpu(std::numeric_limits<std::size_t>::max()).size();
    int failures = 0;
    for (int level = 0; level <= levels; ++level) {
        CAPTURE(level);
        {
            const auto held = fillGpu(all * static_cast<std::size_t>(level) / levels);
            const auto result = engine.render(large, {}, {});
            if (!result) {
                ++failures;
                CHECK(result.error().code == ErrorCode::OutOfMemory);
                CHECK(result.error().message == "The GPU ran out of memory.");
            } else if (result->notes.empty()) {
                CHECK(result->picture == whole);
            }
        }
        CHECK(pictureOf(engine, usual) == expected);
    }
    CHECK(failures > 0);
    CHECK(failures <= levels);  // not while there was room
}
