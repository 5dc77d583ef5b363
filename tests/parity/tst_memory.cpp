#include "core/diffusion/engine.h"
#include "tests/parity/support/countingallocator.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/memoryof.h"
#include "tests/parity/support/testdevice.h"

#include <c10/core/CachingDeviceAllocator.h>

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
    return result->picture;
}

/// What libtorch holds of the device's memory.
std::int64_t liveBytes()
{
    if (testDevice().kind == "cpu")
        return CountingAllocator::instance().liveBytes();
    return c10::getDeviceAllocator(c10::DeviceType::CUDA)->getDeviceStats(0).allocated_bytes[0].current;
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
    const std::int64_t live = liveBytes();
    for (int i = 0; i < 3; ++i) {
        RenderRequest large = requestFor("toy-sd15");
        large.size = {2048, 2048};
        const auto failed = engine.render(large, {}, {});
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::OutOfMemory);
        CHECK(failed.error().message == "The GPU ran out of memory.");
        CHECK(liveBytes() == live);
        CHECK(pictureOf(engine, requestFor("toy-sd15")) == expected);
    }
    Engine other = toyEngine();
    CHECK(pictureOf(other, requestFor("toy-sd15")) == expected);
}
