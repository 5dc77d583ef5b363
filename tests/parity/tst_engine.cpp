#include "core/diffusion/engine.h"
#include "core/diffusion/guarded.h"

#include <c10/util/Exception.h>

#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/testdevice.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <zstd.h>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

RenderRequest requestFor(const std::string &prompt)
{
    RenderRequest request;
    request.model = "galley-draft";
    request.prompt = prompt;
    request.size = {64, 64};
    request.steps = 2;
    return request;
}

/// An engine on one toy model.
struct Toy
{
    Toy()
    {
        makeToyModel(folder.path());
        engine = std::make_unique<Engine>(EngineOptions{folder.path(), testDevice().kind, 2});
    }

    Result<RenderResult> render(const RenderRequest &request, const RenderObserver &observer = {}, std::stop_token stop = {})
    {
        return engine->render(request, observer, stop);
    }

    Picture picture(const RenderRequest &request)
    {
        const auto result = render(request);
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        return result->picture;
    }

    std::filesystem::path model() const { return folder.path() / "galley-draft"; }

    TempFolder folder;
    std::unique_ptr<Engine> engine;
};

} // namespace

TEST_CASE("sameRequest_givesIdenticalBytes")
{
    Toy toy;
    const Picture first = toy.picture(requestFor("w1 w2"));
    toy.picture(requestFor("w3"));
    CHECK(toy.picture(requestFor("w1 w2")) == first);
    Toy another;
    CHECK(another.picture(requestFor("w1 w2")) == first);
}

TEST_CASE("everyInput_changesThePicture")
{
    Toy toy;
    const RenderRequest base = requestFor("w1");
    const Picture first = toy.picture(base);
    RenderRequest words = base, style = base, palette = base, seed = base, steps = base;
    words.prompt = "w2";
    style.style = "outline";
    palette.palette = {{255, 0, 0}};
    seed.seed = 2147483647;
    steps.steps = 3;
    for (const RenderRequest &request : {words, style, palette, seed, steps})
        CHECK_FALSE(toy.picture(request) == first);
    RenderRequest unused = base;
    unused.guidance = 7;
    unused.negativePrompt = "w9";
    CHECK(toy.picture(unused) == first);
}

TEST_CASE("picture_isPremultipliedAndOfTheSizeAskedFor")
{
    Toy toy;
    for (const PictureSize size : {PictureSize{64, 64}, PictureSize{96, 64}, PictureSize{32, 160}, PictureSize{512, 32}}) {
        RenderRequest request = requestFor("w5 w6");
        request.size = size;
        const Picture picture = toy.picture(request);
        CHECK(picture.size == size);
        REQUIRE(picture.rgba.size() == static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
        int brighterThanAlpha = 0;
        for (std::size_t i = 0; i < picture.rgba.size(); i += 4)
            for (std::size_t channel = 0; channel < 3; ++channel)
                brighterThanAlpha += picture.rgba[i + channel] > picture.rgba[i + 3];
        CHECK(brighterThanAlpha == 0);
    }
}

TEST_CASE("wrongInputs_areRefusedWithSentences")
{
    struct Row
    {
        const char *name;
        void (*change)(RenderRequest &);
        ErrorCode code;
    };
    const std::vector<Row> rows{
        {"other model", [](RenderRequest &r) { r.model = "none"; }, ErrorCode::NotFound},
        {"negative seed", [](RenderRequest &r) { r.seed = -1; }, ErrorCode::Invalid},
        {"large seed", [](RenderRequest &r) { r.seed = 2147483648; }, ErrorCode::Invalid},
        {"too many steps", [](RenderRequest &r) { r.steps = 5; }, ErrorCode::Invalid},
        {"negative steps", [](RenderRequest &r) { r.steps = -1; }, ErrorCode::Invalid},
        {"no width", [](RenderRequest &r) { r.size.width = 0; }, ErrorCode::Invalid},
        {"size between", [](RenderRequest &r) { r.size = {100, 64}; }, ErrorCode::Invalid},
        {"size too large", [](RenderRequest &r) { r.size = {544, 64}; }, ErrorCode::Invalid},
        {"other style", [](RenderRequest &r) { r.style = "baroque"; }, ErrorCode::Invalid},
        {"six colours", [](RenderRequest &r) { r.palette.resize(6); }, ErrorCode::Invalid},
        {"long prompt", [](RenderRequest &r) { r.prompt.assign(10'001, 'w'); }, ErrorCode::Invalid},
        {"an image", [](RenderRequest &r) { r.image = {r.size, std::vector<std::uint8_t>(4 * 64 * 64)}; }, ErrorCode::Unsupported},
    };
    Toy toy;
    for (const Row &row : rows) {
        CAPTURE(row.name);
        RenderRequest request = requestFor("w1");
        row.change(request);
        const auto result = toy.render(request);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == row.code);
        CHECK(result.error().message.ends_with("."));
    }
    RenderRequest longest = requestFor("");
    for (int i = 0; i < 10'000; ++i)
        longest.prompt += "é";
    CHECK(toy.render(longest));
}

TEST_CASE("cancel_endsBetweenSteps")
{
    Toy toy;
    RenderRequest request = requestFor("w1");
    request.steps = 4;
    std::stop_source stop;
    int steps = 0;
    RenderObserver observer;
    observer.progress = [&](int step, int of) {
        CHECK(of == 4);
        steps = step;
        if (step == 2)
            stop.request_stop();
    };
    const auto result = toy.render(request, observer, stop.get_token());
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Cancelled);
    CHECK(steps == 2);
    steps = 0;
    CHECK(toy.render(request, observer, stop.get_token()).error().code == ErrorCode::Cancelled);
    CHECK(steps == 0);
}

TEST_CASE("previews_comeAfterTheStepsAskedFor")
{
    Toy toy;
    for (const auto &[every, wanted] : std::vector<std::pair<int, std::vector<int>>>{{0, {}}, {1, {1, 2, 3}}, {2, {2}}, {3, {3}}, {4, {}}}) {
        RenderRequest request = requestFor("w1");
        request.steps = 4;
        request.previewEvery = every;
        std::vector<int> steps;
        RenderObserver observer;
        observer.preview = [&steps = steps](int step, const Picture &picture) {
            CHECK(picture.rgba.size() == 64u * 64u * 4u);
            steps.push_back(step);
        };
        CHECK(toy.render(request, observer));
        CHECK(steps == wanted);
    }
}

TEST_CASE("textFeatures_areCachedByRevisionAndPrompt")
{
    Toy toy;
    REQUIRE(toy.engine->load("galley-draft"));
    const TextCacheCounts start = toy.engine->stats().textCache;
    RenderRequest request = requestFor("w1 w2");
    CHECK_FALSE(toy.render(request)->textCached);
    request.seed = 5;
    request.style = "flat";
    CHECK(toy.render(request)->textCached);
    request.prompt = "w1  w2";
    CHECK_FALSE(toy.render(request)->textCached);
    const TextCacheCounts end = toy.engine->stats().textCache;
    CHECK(end.misses - start.misses == 2);
    CHECK(end.hits - start.hits == 1);
}

TEST_CASE("newFiles_areAnotherRevision")
{
    Toy toy;
    const auto before = toy.engine->load("galley-draft");
    REQUIRE(before);
    CHECK(before->revision.size() == 12);
    CHECK(toy.engine->load("galley-draft")->revision == before->revision);
    const Picture first = toy.picture(requestFor("w1"));
    makeToyModel(toy.folder.path(), "tall");
    const auto after = toy.engine->load("galley-draft");
    REQUIRE_MESSAGE(after, (after ? "" : after.error().message));
    CHECK(after->revision != before->revision);
    CHECK_FALSE(toy.picture(requestFor("w1")) == first);
    CHECK(toy.engine->unload("galley-draft"));
    CHECK(toy.engine->stats().loaded.empty());
    CHECK(toy.engine->stats().modelBytes == 0);
    CHECK(toy.render(requestFor("w1")));
}

TEST_CASE("brokenModel_isNamedAndRepairedByLoading")
{
    Toy toy;
    struct Row
    {
        const char *file;
        std::string bytes;
    };
    const std::string weights = readFile(toy.model() / "draft.safetensors");
    const std::string text = readFile(toy.model() / "text.safetensors");
    const std::string json = readFile(toy.model() / "draft.json");
    const auto with = [&](const char *key, nlohmann::json value) {
        auto changed = nlohmann::json::parse(json);
        changed[key] = std::move(value);
        return changed.dump();
    };
    auto huge = nlohmann::json::parse(json)["config"];
    huge["cond_dim"] = 16384;
    huge["stem_channels"] = 4096;
    huge["basis"] = 64;
    const std::vector<Row> rows{
        {"draft.safetensors", weights.substr(0, weights.size() / 2)},
        {"draft.safetensors", ""},
        {"draft.safetensors", "PK\x03\x04zip"},
        {"text.safetensors", text.substr(0, text.size() - 1)},
        {"text.safetensors", weights},
        {"draft.json", "{"},
        {"draft.json", "[]"},
        {"draft.json", with("config", huge)},
        {"draft.json", with("buckets", nlohmann::json::array({{1000, 64}}))},
        {"draft.json", with("buckets", "128")},
        {"draft.json", with("native", 0)},
        {"draft.json", with("steps", {{"default", 9}, {"max", 4}})},
        {"draft.json", with("styles", nlohmann::json::array({"a", "b", "c", "d", "e", "f"}))},
        {"draft.json", with("confidence", {{"a", "12"}})},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(i);
        const auto path = toy.model() / rows[i].file;
        const std::string good = readFile(path);
        writeFile(path, rows[i].bytes);
        Engine fresh(EngineOptions{toy.folder.path(), testDevice().kind, 2});
        const auto result = fresh.render(requestFor("w1"), {}, {});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::ModelFile);
        CHECK_MESSAGE(result.error().message.find(toy.model().string()) != std::string::npos, result.error().message);
        CHECK_FALSE(fresh.models().front().error.empty());
        writeFile(path, good);
        CHECK(fresh.load("galley-draft"));
        CHECK(fresh.models().front().error.empty());
        CHECK(fresh.render(requestFor("w1"), {}, {}));
    }
}

TEST_CASE("packedWeights_areWhatIsLoaded")
{
    Toy toy;
    const auto whole = toy.render(requestFor("w1"));
    REQUIRE(whole);
    const std::string weights = readFile(toy.model() / "draft.safetensors");
    std::string packed(ZSTD_compressBound(weights.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), weights.data(), weights.size(), 3));
    // A plain file beside it, which an older version may have left, does not count.
    writeFile(toy.model() / "draft.safetensors.zst", packed);
    writeFile(toy.model() / "draft.safetensors", "old");
    Engine fresh(EngineOptions{toy.folder.path(), testDevice().kind, 2});
    const auto result = fresh.render(requestFor("w1"), {}, {});
    REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
    CHECK(result->picture.rgba == whole->picture.rgba);
    writeFile(toy.model() / "draft.safetensors.zst", packed.substr(0, packed.size() / 2));
    Engine broken(EngineOptions{toy.folder.path(), testDevice().kind, 2});
    CHECK(broken.models().front().error.find("draft.safetensors.zst is damaged") != std::string::npos);
    CHECK(broken.render(requestFor("w1"), {}, {}).error().code == ErrorCode::ModelFile);
}

TEST_CASE("missingModel_isListedWithAReason")
{
    const TempFolder folder;
    Engine engine(EngineOptions{folder.path() / "none", testDevice().kind, 1});
    REQUIRE(engine.models().size() == 1);
    CHECK(engine.models().front().id == "galley-draft");
    CHECK_FALSE(engine.models().front().error.empty());
    CHECK(engine.render(requestFor("x"), {}, {}).error().code == ErrorCode::ModelFile);
    CHECK(engine.embed("", {"x"}).error().code == ErrorCode::ModelFile);
}

TEST_CASE("trialFolder_takesThePlaceOnlyWhenItWorks")
{
    Toy toy;
    REQUIRE(toy.engine->load("galley-draft"));
    const TempFolder other;
    CHECK_FALSE(toy.engine->load("galley-draft", other.path()));
    CHECK(toy.render(requestFor("w1")));
    makeToyModel(other.path(), "tall");
    const auto loaded = toy.engine->load("galley-draft", other.path() / "galley-draft");
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    CHECK(toy.engine->stats().loaded.front().revision == loaded->revision);
}

TEST_CASE("embed_givesUnitRows")
{
    Toy toy;
    const auto embedding = toy.engine->embed("", {"w1", "w1 w2", "", "w1"});
    REQUIRE(embedding);
    CHECK(embedding->rows == 4);
    CHECK(embedding->columns == 16);
    REQUIRE(embedding->values.size() == 64);
    const auto dot = [&](std::size_t a, std::size_t b) {
        double sum = 0;
        for (std::size_t i = 0; i < 16; ++i)
            sum += static_cast<double>(embedding->values[16 * a + i]) * embedding->values[16 * b + i];
        return sum;
    };
    CHECK(dot(0, 0) == doctest::Approx(1));
    CHECK(dot(0, 3) == doctest::Approx(1));
    CHECK(dot(0, 1) < 0.9999);
    CHECK(dot(2, 2) == 0);
}

TEST_CASE("whatTheGpuSays_isOutOfMemoryOrTheEndOfTheProcess")
{
    const auto thrown = [](const std::string &text, bool isOfTorch) {
        return guarded<void>([&]() -> Result<void> {
            TORCH_CHECK(!isOfTorch, text);
            throw std::runtime_error(text);
        });
    };
    for (const char *text : {"CUDA error: out of memory\nCUDA kernel errors might be …", "CUDA out of memory. Tried to allocate 2.00 GiB.", "CUDA driver error: out of memory",
                             "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                             "CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`", "cuDNN error: CUDNN_STATUS_NOT_INITIALIZED", "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
                             "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"}) {
        CAPTURE(text);
        for (const bool isOfTorch : {false, true}) {
            const auto result = thrown(text, isOfTorch);
            CHECK(result.error().code == ErrorCode::OutOfMemory);
            CHECK(result.error().message == "The GPU ran out of memory.");
            CHECK_FALSE(needsNewProcess(result.error().detail));
        }
    }
    for (const char *text : {"CUDA error: an illegal memory access was encountered", "CUDA error: device-side assert triggered", "CUDA error: unspecified launch failure",
                             "CUDA error: uncorrectable ECC error encountered", "CUDA error: unknown error", "CUDA driver error: device not ready",
                             "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(…)`", "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"}) {
        CAPTURE(text);
        for (const bool isOfTorch : {false, true}) {
            const auto result = thrown(text, isOfTorch);
            CHECK(result.error().code == ErrorCode::Internal);
            CHECK(result.error().message.starts_with("The GPU failed"));
            Toy toy;
            CHECK_FALSE(toy.engine->mustRestart());
            toy.engine->noteFailure(result.error());
            CHECK(toy.engine->mustRestart());
        }
    }
    const auto other = thrown("mat1 and mat2 shapes cannot be multiplied", true);
    CHECK(other.error().code == ErrorCode::Internal);
    CHECK_FALSE(needsNewProcess(other.error().detail));
    CHECK(thrown("could not create a primitive", false).error().code == ErrorCode::OutOfMemory);
}

TEST_CASE("device_saysWhatItIsAndWhyNotCuda")
{
    const Device cpu = chooseDevice("cpu", 1);
    CHECK(cpu.kind == "cpu");
    CHECK(cpu.threads == 1);
    CHECK((cpu.dtype == "fp32" || cpu.dtype == "bf16"));
    CHECK(cpu.notes.empty());
    const Device asked = chooseDevice("cuda", 2);
    CHECK((asked.kind == "cuda") == asked.notes.empty());
    CHECK(usableCores() >= 1);
    CHECK(defaultThreads() >= 1);
    CHECK(defaultThreads() <= std::max(1, usableCores() - 1));
    CHECK(chooseDevice("cpu", 0).threads == defaultThreads());
}
