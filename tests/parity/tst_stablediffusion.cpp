#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/engine.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/testdevice.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr double tolerance = 1e-3 + 0.5 / 255;  // of a colour from 0 to 1; ours are bytes

fs::path toys()
{
    return diffusersFolder() / "pipelines";
}

/// The pictures of diffusers: [height, width, 3] from 0 to 1.
std::vector<float> expectedPicture(const fs::path &path, const std::string &name)
{
    const auto file = SafeTensors::open(path);
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    const TensorInfo *info = file->find(name);
    REQUIRE(info);
    std::vector<float> values(info->bytes() / sizeof(float));
    REQUIRE(file->copy(*info, std::as_writable_bytes(std::span(values))));
    return values;
}

Picture startPicture(const fs::path &folder)
{
    const auto file = SafeTensors::open(folder / "images.safetensors");
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    const TensorInfo *info = file->find("start");
    REQUIRE(info);
    std::string colours(info->bytes(), '\0');
    REQUIRE(file->copy(*info, std::as_writable_bytes(std::span(colours))));
    Picture picture{{static_cast<int>(info->shape[1]), static_cast<int>(info->shape[0])}, {}};
    for (std::size_t i = 0; i < colours.size(); ++i) {
        picture.rgba.push_back(static_cast<std::uint8_t>(colours[i]));
        if (i % 3 == 2)
            picture.rgba.push_back(255);
    }
    return picture;
}

double farthest(const Picture &picture, const std::vector<float> &expected)
{
    REQUIRE(expected.size() == picture.rgba.size() / 4 * 3);
    double most = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        most = std::max(most, std::abs(picture.rgba[i / 3 * 4 + i % 3] / 255.0 - double(expected[i])));
    return most;
}

/// Peak signal to noise, alpha left out.
double decibels(const Picture &a, const Picture &b)
{
    REQUIRE(a.rgba.size() == b.rgba.size());
    double squares = 0;
    for (std::size_t i = 0; i < a.rgba.size(); ++i)
        squares += std::pow(int(a.rgba[i]) - int(b.rgba[i]), 2);
    return 10 * std::log10(255.0 * 255.0 * double(a.rgba.size() / 4 * 3) / squares);
}

/// How many bytes are not those that the exact colours round to. An error of 1e-4 turns one in forty.
double turned(const Picture &picture, const std::vector<float> &expected)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        count += picture.rgba[i / 3 * 4 + i % 3] != std::lround(std::clamp(expected[i], 0.0f, 1.0f) * 255);
    return double(count) / double(expected.size());
}

RenderRequest requestFor(const std::string &model)
{
    RenderRequest request;
    request.model = model;
    request.prompt = "a red apple";
    request.size = {48, 32};
    request.steps = 2;
    return request;
}

/// Eight bits, as ours are.
std::vector<float> expectedBytes(const fs::path &path, const std::string &name)
{
    const auto file = SafeTensors::open(path);
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    const TensorInfo *info = file->find(name);
    REQUIRE(info);
    std::vector<std::uint8_t> bytes(info->bytes());
    REQUIRE(file->copy(*info, std::as_writable_bytes(std::span(bytes))));
    std::vector<float> values;
    for (const std::uint8_t byte : bytes)
        values.push_back(static_cast<float>(byte) / 255);
    return values;
}

/// One of requests.json or imagerequests.json of a toy.
RenderRequest requestFor(const std::string &model, const Json &json)
{
    RenderRequest request = requestFor(model);
    request.prompt = json["prompt"];
    request.negativePrompt = json["negative"];
    request.steps = json["steps"];
    request.seed = json["seed"];
    return request;
}

Engine engineOn(const fs::path &folder)
{
    return Engine(EngineOptions{folder, testDevice().kind, 1, "fp32"});
}

/// A copy of one toy that a test may spoil.
struct Copy
{
    explicit Copy(const std::string &toy = "toy-sd-turbo") { fs::copy(toys() / toy, model(), fs::copy_options::recursive); }
    void addSmallAutoencoder() const { fs::copy(diffusersFolder() / "taesd", model() / "taesd"); }
    fs::path model() const { return folder.path() / "model"; }
    std::string problem() const
    {
        Engine engine = engineOn(folder.path());
        const auto result = engine.render(requestFor("model"), {}, {});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::ModelFile);
        return result.error().message;
    }
    void change(const std::string &file, const std::function<void(Json &)> &edit) const
    {
        Json json = Json::parse(readFile(model() / file));
        edit(json);
        writeFile(model() / file, json.dump());
    }

    TempFolder folder;
};

} // namespace

TEST_CASE("pictures_equalDiffusers")
{
    Engine engine = engineOn(toys());
    int pictures = 0;
    for (const auto &entry : fs::directory_iterator(toys())) {
        const std::string name = entry.path().filename().string();
        const Json requests = Json::parse(readFile(entry.path() / "requests.json"));
        for (std::size_t i = 0; i < requests.size(); ++i) {
            CAPTURE(name);
            CAPTURE(i);
            RenderRequest request = requestFor(name, requests[i]);
            request.guidance = requests[i].value("guidance", 0.0);
            const auto result = engine.render(request, {}, {});
            REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
            const auto expected = expectedPicture(entry.path() / "pictures.safetensors", std::to_string(i));
            CHECK(farthest(result->picture, expected) <= tolerance);
            CHECK(turned(result->picture, expected) <= 0.01);
            ++pictures;
        }
    }
    CHECK(pictures >= 8);
}

TEST_CASE("picturesFromPictures_equalDiffusers")
{
    Engine engine = engineOn(toys());
    int pictures = 0;
    for (const auto &entry : fs::directory_iterator(toys())) {
        const std::string name = entry.path().filename().string();
        const Json requests = Json::parse(readFile(entry.path() / "imagerequests.json"));
        for (std::size_t i = 0; i < requests.size(); ++i) {
            CAPTURE(name);
            CAPTURE(i);
            RenderRequest request = requestFor(name, requests[i]);
            request.strength = requests[i]["strength"].get<double>();
            request.image = startPicture(entry.path());
            const auto result = engine.render(request, {}, {});
            REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
            const auto expected = expectedPicture(entry.path() / "images.safetensors", std::to_string(i));
            CHECK(farthest(result->picture, expected) <= tolerance);
            CHECK(turned(result->picture, expected) <= 0.01);
            ++pictures;
        }
    }
    CHECK(pictures >= 6);
}

/// Prompts longer than CLIP's window, the small autoencoder in the place of the large one, other schedulers.
TEST_CASE("variants_equalDiffusers")
{
    const Json variants = Json::parse(readFile(diffusersFolder() / "variants.json"));
    REQUIRE(variants.size() >= 9);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        CAPTURE(i);
        const Json &variant = variants[i];
        const Copy copy(variant["toy"]);
        copy.addSmallAutoencoder();
        if (variant.contains("scheduler"))
            writeFile(copy.model() / "scheduler/scheduler_config.json", variant["scheduler"].dump());
        Engine engine = engineOn(copy.folder.path());
        RenderRequest request = requestFor("model", variant);
        request.guidance = variant["guidance"];
        request.quick = variant.value("quick", false);
        const auto result = engine.render(request, {}, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        const auto expected = expectedBytes(diffusersFolder() / "variants.safetensors", std::to_string(i));
        CHECK(farthest(result->picture, expected) <= tolerance + 0.5 / 255);
        CHECK(turned(result->picture, expected) <= 0.01);
        RenderRequest other = request;
        other.quick = !request.quick;
        CHECK(turned(engine.render(other, {}, {})->picture, expected) > 0.5);
    }
}

TEST_CASE("wordsBehindTheWindow_count")
{
    Engine engine = engineOn(toys());
    for (const char *name : {"toy-sd15", "toy-lcm", "toy-sd-turbo", "toy-sdxl"}) {
        for (const bool isWeighted : {false, true}) {
            CAPTURE(name);
            RenderRequest request = requestFor(name);
            request.weights = isWeighted;
            for (int i = 0; i < 6; ++i)
                request.prompt += " and a house by the sea";
            const auto whole = engine.render(request, {}, {});
            REQUIRE(whole);
            request.prompt += " at night";
            const auto longer = engine.render(request, {}, {});
            REQUIRE(longer);
            CHECK(longer->picture != whole->picture);
            CHECK(engine.render(request, {}, {})->textCached);
        }
    }
    RenderRequest request = requestFor("toy-sdxl");
    request.prompt = std::string(10'000, 'z');
    std::stop_source stop;
    stop.request_stop();
    CHECK(engine.render(request, {}, stop.get_token()).error().code == ErrorCode::Cancelled);
    CHECK(engine.render(request, {}, {}));
}

/// Each preview is what the model holds the picture to be, not the noise that is still in it: nearer to the end from step to step.
TEST_CASE("previews_comeNearerToThePicture")
{
    for (const char *name : {"toy-sd-turbo", "toy-sd15", "toy-sdxl", "toy-sdxl-turbo", "toy-lcm"}) {
        CAPTURE(name);
        const Copy copy(name);
        copy.addSmallAutoencoder();
        Engine engine = engineOn(copy.folder.path());
        RenderRequest request = requestFor("model");
        request.steps = 8;
        request.previewEvery = 3;
        std::vector<std::pair<int, Picture>> previews;
        RenderObserver observer;
        observer.preview = [&](int step, const Picture &picture) { previews.emplace_back(step, picture); };
        const auto plain = engine.render(request, {}, {});
        const auto watched = engine.render(request, observer, {});
        REQUIRE_MESSAGE(watched, (watched ? "" : watched.error().message));
        CHECK(watched->picture == plain->picture);
        request.quick = true;
        const auto quick = engine.render(request, {}, {});
        REQUIRE(quick);
        CHECK(quick->picture != plain->picture);
        REQUIRE_FALSE(previews.empty());
        for (const auto &[step, preview] : previews)
            CHECK(decibels(preview, quick->picture) > (step == 6 ? 20 : 5));
        if (testDevice().kind != "cpu")  // there the last may not be ready before the picture
            continue;
        REQUIRE(previews.size() == 2);
        CHECK(previews[0].first == 3);
        CHECK(previews[1].first == 6);
        CHECK(decibels(previews[1].second, quick->picture) > decibels(previews[0].second, quick->picture));
    }
}

/// As weights do that overflow in bf16.
TEST_CASE("pictureOfNoNumbers_isAnErrorInWords")
{
    const Copy copy;
    const fs::path file = copy.model() / "vae/diffusion_pytorch_model.safetensors";
    std::string bytes = readFile(file);
    const auto header = SafeTensors::open(file);
    REQUIRE(header);
    const std::size_t start = bytes.size() - header->tensors().back().end;
    // The largest number that F16 holds: each layer multiplies by it.
    for (const TensorInfo &tensor : header->tensors())
        if (tensor.name.starts_with("decoder.") && tensor.name.ends_with(".weight"))
            for (std::uint64_t i = 0; i < tensor.bytes(); i += 2)
                std::memcpy(bytes.data() + start + tensor.begin + i, "\xff\x7b", 2);
    writeFile(file, bytes);
    Engine engine = engineOn(copy.folder.path());
    const auto result = engine.render(requestFor("model"), {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Internal);
    CHECK(result.error().message.find("no numbers") != std::string::npos);
}

/// The references are diffusers' pictures of text features that were weighted outside of it.
TEST_CASE("weightedPictures_equalTheReference")
{
    Engine engine = engineOn(toys());
    for (const char *name : {"toy-sd15", "toy-sdxl"}) {
        const Json requests = Json::parse(readFile(toys() / name / "weightrequests.json"));
        for (std::size_t i = 0; i < requests.size(); ++i) {
            CAPTURE(name);
            RenderRequest request = requestFor(name, requests[i]);
            request.size = {32, 32};
            request.weights = true;
            const auto expected = expectedBytes(toys() / name / "weights.safetensors", std::to_string(i));
            const auto result = engine.render(request, {}, {});
            REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
            CHECK(farthest(result->picture, expected) <= tolerance + 0.5 / 255);
            request.weights = false;
            CHECK(farthest(engine.render(request, {}, {})->picture, expected) > 2 * tolerance);  // the reference can tell
        }
    }
}

TEST_CASE("weights_changeNothingWhereThereAreNone")
{
    Engine engine = engineOn(toys());
    for (const char *name : {"toy-sd15", "toy-lcm", "toy-sd-turbo", "toy-sdxl"}) {
        CAPTURE(name);
        const auto picture = [&](const std::string &prompt, const std::string &negative, bool weights) {
            RenderRequest request = requestFor(name);
            request.prompt = prompt;
            request.negativePrompt = negative;
            request.weights = weights;
            const auto result = engine.render(request, {}, {});
            REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
            return result->picture;
        };
        const Picture plain = picture("a red pea", "bad", false);
        CHECK(picture("a red pea", "bad", true) == plain);
        CHECK(picture("a (red:1) pea", "(bad:1)", true) == plain);
        CHECK(picture("a (red:1.0) pea", "bad", false) != plain);  // characters
        CHECK(picture("a (red:1.9) pea", "bad", true) != plain);
        CHECK(picture("a \\(red\\) pea", "bad", true) == picture("a (red) pea", "bad", false));
        CHECK(picture("a red pea", "bad", false) == plain);
    }
}

TEST_CASE("weights_areNeverMixedUpInTheCache")
{
    Engine engine = engineOn(toys());
    RenderRequest request = requestFor("toy-sd15");
    request.prompt = "(pea:3)";
    const Picture asCharacters = engine.render(request, {}, {})->picture;
    request.weights = true;
    const auto weighted = engine.render(request, {}, {});
    CHECK_FALSE(weighted->textCached);
    CHECK(weighted->picture != asCharacters);
    CHECK(engine.render(request, {}, {})->textCached);
    request.weights = false;
    CHECK(engine.render(request, {}, {})->picture == asCharacters);
}

TEST_CASE("strangeWeights_makePictures")
{
    Engine engine = engineOn(toys());
    for (const std::string &prompt : {std::string("(a:0)"), std::string("(a:-10)"), std::string(9'999, '('), std::string("(a:") + std::string(9'000, '9') + ')', std::string("()"),
                                      std::string("(a cat and a pea by the sea in a big red house:0)")}) {
        CAPTURE(prompt);
        RenderRequest request = requestFor("toy-sdxl");
        request.prompt = prompt;
        request.weights = true;
        CHECK(engine.render(request, {}, {}));
    }
}

TEST_CASE("startPicture_isChecked")
{
    Engine engine = engineOn(toys());
    RenderRequest request = requestFor("toy-sd-turbo");
    request.image = startPicture(toys() / "toy-sd-turbo");
    const auto words = [&](RenderRequest changed) {
        const auto result = engine.render(changed, {}, {});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::Invalid);
        return result.error().message;
    };
    RenderRequest other = request;
    other.size = {32, 32};
    CHECK(words(other).find("32 × 32") != std::string::npos);
    other = request;
    other.image.rgba.pop_back();
    CHECK(words(other).find("start picture") != std::string::npos);
    other = request;
    other.strength = NAN;
    CHECK(words(other).find("strength") != std::string::npos);
    other = request;
    other.strength = 0.1;
    CHECK(words(other).find("No step is left") != std::string::npos);
    // What is transparent is white, whatever its colours say.
    RenderRequest clear = request, white = request;
    for (std::size_t i = 0; i < request.image.rgba.size(); i += 4)
        clear.image.rgba[i + 3] = 0;
    std::fill(white.image.rgba.begin(), white.image.rgba.end(), std::uint8_t{255});
    CHECK(engine.render(clear, {}, {})->picture == engine.render(white, {}, {})->picture);
}

TEST_CASE("folder_saysWhatTheModelCanDo")
{
    const std::vector<ModelInfo> models = engineOn(toys()).models();
    const auto named = [&](const std::string &id) {
        const auto found = std::find_if(models.begin(), models.end(), [&](const ModelInfo &info) { return info.id == id; });
        REQUIRE(found != models.end());
        CHECK(found->error.empty());
        CHECK(found->revision.size() == 12);
        CHECK(found->native == 32);  // eight latents of four pixels
        CHECK(found->sizeMultiple == 4);
        return *found;
    };
    CHECK(named("toy-sd-turbo").defaultSteps == 1);
    CHECK(named("toy-lcm").defaultSteps == 4);
    CHECK(named("toy-sd15").defaultSteps == 20);
    CHECK(named("toy-sdxl").defaultSteps == 30);
    CHECK(named("toy-lcm").revision != named("toy-sd15").revision);  // but for the UNet the same files
}

/// The number type of fast processors: no toy is near its limits.
TEST_CASE("pictures_lookAlikeInHalfPrecision")
{
    Engine exact = engineOn(toys());
    Engine quick(EngineOptions{toys(), testDevice().kind, 1, "bf16"});
    for (const char *name : {"toy-sd15", "toy-lcm", "toy-sd-turbo", "toy-sdxl"}) {
        CAPTURE(name);
        const auto a = exact.render(requestFor(name), {}, {});
        const auto b = quick.render(requestFor(name), {}, {});
        REQUIRE(a);
        REQUIRE(b);
        CHECK(decibels(a->picture, b->picture) >= 25);
        CHECK(b->picture.rgba != a->picture.rgba);
    }
}

TEST_CASE("swappedModels_keepTheirPictures")
{
    Engine engine = engineOn(toys());
    const auto fresh = engineOn(toys()).render(requestFor("toy-sd-turbo"), {}, {});
    REQUIRE(fresh);
    for (int i = 0; i < 3; ++i) {
        for (const char *name : {"toy-sd-turbo", "toy-sdxl", "toy-sd15"}) {
            const auto result = engine.render(requestFor(name), {}, {});
            REQUIRE(result);
            CHECK((result->picture == fresh->picture) == (std::string(name) == "toy-sd-turbo"));
            REQUIRE(engine.unload(name));
        }
    }
}

TEST_CASE("render_reportsStepsAndStopsBetweenThem")
{
    Engine engine = engineOn(toys());
    RenderRequest request = requestFor("toy-sd15");
    request.steps = 6;
    std::vector<int> steps;
    std::stop_source stop;
    RenderObserver observer;
    observer.progress = [&](int step, int of) {
        CHECK(of == 6);
        steps.push_back(step);
        if (step == 3)
            stop.request_stop();
    };
    const auto result = engine.render(request, observer, stop.get_token());
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Cancelled);
    CHECK(steps == std::vector<int>{1, 2, 3});
}

/// Decoding the picture takes longer than a step.
TEST_CASE("render_stopsInTheDecoder")
{
    Engine engine = engineOn(toys());
    RenderRequest request = requestFor("toy-sd15");
    const Picture expected = engine.render(request, {}, {})->picture;
    std::stop_source stop;
    RenderObserver observer;
    observer.progress = [&](int step, int of) {
        if (step == of)
            stop.request_stop();
    };
    const auto result = engine.render(request, observer, stop.get_token());
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Cancelled);
    CHECK(engine.render(request, {}, {})->picture == expected);
}

TEST_CASE("loading_endsForTheNextRequestUnlessItIsToStop")
{
    Engine engine = engineOn(toys());
    std::stop_source stop;
    RenderObserver observer;
    observer.loading = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); };
    const auto cancelled = engine.render(requestFor("toy-sd15"), observer, stop.get_token());
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
    CHECK(engine.stats().loaded.size() == 1);
}

TEST_CASE("loading_isReportedAndCanBeCancelled")
{
    EngineOptions options{toys(), testDevice().kind, 1, "fp32"};
    options.stopsLoading = true;
    Engine engine(options);
    for (const char *name : {"toy-sd15", "toy-sdxl"}) {
        CAPTURE(name);
        const RenderRequest request = requestFor(name);
        std::vector<std::uint64_t> read;
        std::uint64_t all = 0;
        int steps = 0;
        std::stop_source stop;
        std::size_t stopAt = 20;
        RenderObserver observer;
        observer.progress = [&](int, int) { ++steps; };
        observer.loading = [&](std::uint64_t bytes, std::uint64_t of) {
            CHECK(steps == 0);
            CHECK((read.empty() || bytes >= read.back()));
            read.push_back(bytes);
            all = of;
            if (read.size() == stopAt)
                stop.request_stop();
        };
        const auto cancelled = engine.render(request, observer, stop.get_token());
        REQUIRE_FALSE(cancelled);
        CHECK(cancelled.error().code == ErrorCode::Cancelled);
        CHECK(read.size() == stopAt);  // not one tensor more
        CHECK(steps == 0);
        CHECK(engine.stats().loaded.empty());

        read.clear();
        stopAt = 0;
        const auto result = engine.render(request, observer, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        CHECK(all > 0);
        CHECK(read.back() <= all);
        CHECK(static_cast<double>(read.back()) >= 0.8 * static_cast<double>(all));  // the rest are the headers, which are large beside toys
        CHECK(steps == 2);
        steps = 0;
        read.clear();
        CHECK(engine.render(request, observer, {})->picture == result->picture);
        CHECK(read.empty());  // it was there
        REQUIRE(engine.unload(name));
    }
}

TEST_CASE("prompt_isEncodedOnce")
{
    Engine engine = engineOn(toys());
    RenderRequest request = requestFor("toy-sd15");
    CHECK_FALSE(engine.render(request, {}, {})->textCached);
    request.seed = 9;
    CHECK(engine.render(request, {}, {})->textCached);
    request.negativePrompt = "people";
    CHECK_FALSE(engine.render(request, {}, {})->textCached);
}

TEST_CASE("badRequest_isRefusedInWords")
{
    Engine engine = engineOn(toys());
    for (const auto &[words, change] : std::vector<std::pair<std::string, std::function<void(RenderRequest &)>>>{
             {"multiples of 4", [](RenderRequest &r) { r.size = {50, 32}; }},
             {"multiples of 4", [](RenderRequest &r) { r.size = {1 << 20, 32}; }},
             {"multiples of 4", [](RenderRequest &r) { r.size = {0, 0}; }},
             {"1 to 100 steps", [](RenderRequest &r) { r.steps = 1'000'000; }},
             {"1 to 100 steps", [](RenderRequest &r) { r.steps = -1; }},
             {"guidance", [](RenderRequest &r) { r.guidance = NAN; }},
             {"guidance", [](RenderRequest &r) { r.guidance = -1; }},
             {"characters", [](RenderRequest &r) { r.prompt = std::string(10'001, 'a'); }},
             {"seed", [](RenderRequest &r) { r.seed = -1; }},
             {"palette", [](RenderRequest &r) { r.palette = {{1, 2, 3}}; }},
             {"style", [](RenderRequest &r) { r.style = "flat"; }}}) {
        CAPTURE(words);
        RenderRequest request = requestFor("toy-sd15");
        change(request);
        const auto result = engine.render(request, {}, {});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::Invalid);
        CHECK(result.error().message.find(words) != std::string::npos);
    }
}

TEST_CASE("spoiltFolder_isRefusedInWords")
{
    const auto has = [](const std::string &text, const char *words) {
        CAPTURE(text);
        CHECK(text.find(words) != std::string::npos);
    };
    SUBCASE("another pipeline")
    {
        Copy copy;
        copy.change("model_index.json", [](Json &json) { json["_class_name"] = "FluxPipeline"; });
        has(copy.problem(), "FluxPipeline");
    }
    SUBCASE("a pickle")
    {
        Copy copy;
        fs::rename(copy.model() / "unet/diffusion_pytorch_model.safetensors", copy.model() / "unet/diffusion_pytorch_model.bin");
        has(copy.problem(), "never read");
    }
    SUBCASE("no text encoder")
    {
        Copy copy;
        fs::remove_all(copy.model() / "text_encoder");
        has(copy.problem(), "text_encoder");
    }
    SUBCASE("parts of two models")
    {
        Copy copy;
        copy.change("unet/config.json", [](Json &json) { json["cross_attention_dim"] = 24; });
        has(copy.problem(), "different models");
    }
    SUBCASE("a configuration that the weights contradict")
    {
        Copy copy;
        copy.change("unet/config.json", [](Json &json) { json["layers_per_block"] = 2; });
        has(copy.problem(), "Missing: ");
    }
    SUBCASE("weights that are cut off")
    {
        Copy copy;
        const fs::path file = copy.model() / "vae/diffusion_pytorch_model.safetensors";
        fs::resize_file(file, fs::file_size(file) / 2);
        has(copy.problem(), "diffusion_pytorch_model.safetensors");
    }
    SUBCASE("values that are no numbers")
    {
        Copy copy;
        const fs::path file = copy.model() / "unet/diffusion_pytorch_model.safetensors";
        std::string bytes = readFile(file);
        std::memcpy(bytes.data() + bytes.size() - 2, "\x00\x7e", 2);  // an F16 NaN
        writeFile(file, bytes);
        has(copy.problem(), "not finite");
    }
    SUBCASE("another tokenizer")
    {
        Copy copy;
        fs::copy_file(shippedModels() / "clip" / "merges.txt", copy.model() / "tokenizer/merges.txt", fs::copy_options::overwrite_existing);
        has(copy.problem(), "merges.txt");
    }
    SUBCASE("another scheduler")
    {
        Copy copy;
        copy.change("scheduler/scheduler_config.json", [](Json &json) { json["_class_name"] = "FlowMatchEulerDiscreteScheduler"; });
        has(copy.problem(), "scheduler_config.json");
    }
    SUBCASE("a deep configuration")
    {
        Copy copy;
        writeFile(copy.model() / "unet/config.json", std::string(500'000, '['));
        has(copy.problem(), "config.json");
    }
}

/// LCM's guidance is an input of the UNet: there is nothing that a negative prompt would be compared with.
TEST_CASE("negativePrompt_isAnInputWhereItIsUsed")
{
    Engine engine(EngineOptions{toys(), "cpu", 2, "fp32"});
    for (const ModelInfo &info : engine.models()) {
        if (!info.error.empty())
            continue;
        CAPTURE(info.id);
        const bool isInput = std::find(info.inputs.begin(), info.inputs.end(), "negative_prompt") != info.inputs.end();
        CHECK(isInput == (info.id != "toy-lcm"));
        RenderRequest plain = requestFor(info.id), negative = plain;
        plain.guidance = negative.guidance = 7;
        negative.negativePrompt = "a green pear";
        const auto first = engine.render(plain, {}, {}), second = engine.render(negative, {}, {});
        REQUIRE(first);
        REQUIRE(second);
        CHECK((first->picture == second->picture) == !isInput);
    }
}
