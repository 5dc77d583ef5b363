#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/engine.h"
#include "core/diffusion/models/captiondetails.h"
#include "core/diffusion/models/draftmodel.h"
#include "core/diffusion/models/layers.h"
#include "core/diffusion/pipelines/draftfolder.h"

#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/testdevice.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

constexpr double tolerance = 1e-4;
const std::set<std::string> draftCompanions{"captions", "untaught", detailMasksName, detailLevelsName, detailScalesName};

SafeTensors opened(const std::filesystem::path &path)
{
    auto file = SafeTensors::open(path);
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    return std::move(*file);
}

at::Tensor tensorOf(const SafeTensors &file, const std::string &name)
{
    auto tensor = readTensor(file, name);
    REQUIRE_MESSAGE(tensor, (tensor ? "" : tensor.error().message));
    return *tensor;
}

at::Tensor onDevice(const at::Tensor &tensor)
{
    return tensor.to(torchTestDevice());
}

double distance(const at::Tensor &a, const at::Tensor &b)
{
    REQUIRE(a.sizes() == b.sizes());
    return a.numel() == 0 ? 0 : (a.cpu() - b.cpu()).abs().max().item<double>();
}

struct Case
{
    DraftConfig config;
    std::int64_t height = 0;
    std::int64_t width = 0;
    std::vector<std::uint64_t> seeds;
    DraftModel model{nullptr};
    std::map<std::string, at::Tensor> io;
};

Case loadCase(const std::string &name)
{
    const auto json = nlohmann::json::parse(readFile(goldenFolder() / (name + ".json")));
    Case result;
    const auto config = DraftConfig::fromJson(json["config"]);
    REQUIRE_MESSAGE(config, (config ? "" : config.error().message));
    result.config = *config;
    result.height = json["height"];
    result.width = json["width"];
    result.seeds = json["seeds"].get<std::vector<std::uint64_t>>();
    result.model = DraftModel(*config);
    const auto loaded = loadStateDict(*result.model, opened(goldenFolder() / (name + ".weights.safetensors")), {.names = {.others = draftCompanions}});
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    const SafeTensors io = opened(goldenFolder() / (name + ".io.safetensors"));
    for (const TensorInfo &tensor : io.tensors())
        result.io[tensor.name] = tensorOf(io, tensor.name).to(torchTestDevice());
    result.model->to(torchTestDevice());
    return result;
}

void checkParity(const std::string &name)
{
    CAPTURE(name);
    const at::NoGradGuard noGrad;
    Case golden = loadCase(name);
    DraftModel &model = golden.model;
    model->convert(torchTestDevice(), at::kFloat);
    auto &io = golden.io;
    for (std::size_t i = 0; i < golden.seeds.size(); ++i)
        CHECK(distance(noiseFromSeed(golden.seeds[i], golden.config)[0], io["noise"][static_cast<std::int64_t>(i)]) <= tolerance);
    const at::Tensor cond = model->condition(io["vector"], io["style"], io["palette"], io["noise"]);
    CHECK(distance(cond, io["cond"]) <= tolerance);
    CHECK(distance(model->generator(cond, golden.height, golden.width), io["generator"]) <= tolerance);
    for (int steps = 1; steps <= 3; ++steps) {
        CAPTURE(steps);
        const at::Tensor out = model->forward(io["vector"], io["style"], io["palette"], io["noise"], golden.height, golden.width, steps);
        CHECK(distance(out, io["steps" + std::to_string(steps)]) <= tolerance);
    }
}

} // namespace

TEST_CASE("toyModels_equalThePythonDefinition")
{
    for (const char *name : {"square", "wide", "tall", "quantised"})
        checkParity(name);
}

TEST_CASE("details_equalThePythonDefinition")
{
    const at::NoGradGuard noGrad;
    constexpr std::int64_t lines = 4;
    constexpr std::int64_t without = 1;
    constexpr std::int64_t asked = 2;
    const SafeTensors file = opened(goldenFolder() / "detailed.weights.safetensors");
    Case golden = loadCase("detailed");
    auto &io = golden.io;
    const auto details = CaptionDetails::read(file, golden.config, lines, 32);
    REQUIRE_MESSAGE(details, (details ? "" : details.error().message));
    CHECK(distance(details->of(asked), io["detail"]) == 0);
    for (const std::int64_t line : {without, std::int64_t{-1}, lines})
        CHECK_FALSE(details->of(line).defined());
    golden.model->convert(torchTestDevice(), at::kFloat);
    const auto draw = [&](const at::Tensor &detail) {
        return golden.model->forward(io["vector"], io["style"], io["palette"], io["noise"], golden.height, golden.width, 2, detail);
    };
    CHECK(distance(draw(onDevice(details->of(asked))), io["steps2"]) <= tolerance);
    CHECK(distance(draw({}), io["without"]) <= tolerance);
    CHECK(distance(io["steps2"], io["without"]) > 100 * tolerance);

    // What does not fit the captions or the description is said, not read.
    CHECK(CaptionDetails::read(file, golden.config, lines + 1, 32).error().message.find("\"detail.masks\" as U8 of the shape [5, 2]") != std::string::npos);
    CHECK(CaptionDetails::read(file, golden.config, lines, 64).error().message.find("\"detail.masks\" as U8 of the shape [4, 8]") != std::string::npos);
    CHECK(CaptionDetails::read(file, golden.config, lines, 48).error().message.find("multiples of 32") != std::string::npos);
    DraftConfig more = golden.config;
    more.detailChannels = 6;
    CHECK(CaptionDetails::read(file, more, lines, 32).error().message.find("\"detail.levels\" as U8 of the shape [") != std::string::npos);
    more.detailChannels = 0;
    CHECK_FALSE(CaptionDetails::read(file, more, lines, 32)->of(asked).defined());
    std::string bytes = readFile(goldenFolder() / "detailed.weights.safetensors");
    const std::string type = R"("detail.scales":{"dtype":"F32")";
    const std::size_t place = bytes.find(type);
    REQUIRE(place != std::string::npos);
    const TempFolder folder;
    const auto problem = [&](const std::string &changed) {
        writeFile(folder.path() / "wrong.safetensors", changed);
        const auto wrong = CaptionDetails::read(opened(folder.path() / "wrong.safetensors"), golden.config, lines, 32);
        return wrong ? "" : wrong.error().message;
    };
    CHECK(problem(bytes) == "");
    std::string other = bytes;
    other.replace(place, type.size(), R"("detail.scales":{"dtype":"I32")");
    CHECK(problem(other).find("\"detail.scales\" as F32 of the shape [4]") != std::string::npos);
    const TensorInfo *scales = file.find(detailScalesName);
    REQUIRE(scales);
    const float notFinite = std::numeric_limits<float>::infinity();
    other = bytes;
    std::memcpy(other.data() + other.size() - file.tensors().back().end + scales->begin + sizeof(float), &notFinite, sizeof(float));
    CHECK(problem(other).find("not finite") != std::string::npos);
    CHECK_FALSE(CaptionDetails::read(opened(goldenFolder() / "square.weights.safetensors"), golden.config, lines, 32)->of(asked).defined());
    CHECK(golden.config.sizeFactor() == 16);
    golden.config.upsamplerChannels = 0;
    CHECK(golden.config.sizeFactor() == 8);
    CHECK(DraftConfig::fromJson(nlohmann::json::parse(R"({"detail_channels": 3})")).error().message.find("must be even") != std::string::npos);
}

TEST_CASE("parts_equalThePythonDefinition")
{
    const SafeTensors parts = opened(goldenFolder() / "parts.safetensors");
    CHECK(distance(cosineBasis(2, 2, 3, at::kCPU), tensorOf(parts, "basis.2x2")) <= tolerance);
    CHECK(distance(cosineBasis(6, 10, 8, at::kCPU), tensorOf(parts, "basis.6x10")) <= tolerance);
    const at::Tensor picture = tensorOf(parts, "premultiplied.in");
    CHECK(distance(premultiplied(picture), tensorOf(parts, "premultiplied.out")) <= tolerance);
    for (const std::uint64_t seed : {0ull, 1ull, 42ull, 2147483647ull})
        CHECK(distance(noiseFromSeed(seed, DraftConfig()), tensorOf(parts, "noise." + std::to_string(seed))) <= tolerance);
}

TEST_CASE("everyLayerType_actsInTheGoldenFiles")
{
    // Each kind of layer, changed alone, moves the golden output: a twin that skipped it could not pass.
    const at::NoGradGuard noGrad;
    const std::vector<std::string> kinds{"text_encoder.linear1.bias", "text_encoder.linear2.weight", "style_embedding.weight", "cond_in.weight",
                                         "cond_out.bias", "generator.stem.weight", "generator.stages.0.conv_in.weight",
                                         "generator.stages.1.resnets.0.norm1.weight", "generator.stages.1.resnets.0.conv1.weight",
                                         "generator.stages.1.resnets.0.cond_proj.weight", "generator.stages.1.resnets.0.norm2.bias",
                                         "generator.stages.1.resnets.0.conv2.bias", "generator.norm_out.weight", "generator.conv_out.weight",
                                         "refiner.conv_in.weight", "refiner.resnets.1.conv2.weight", "refiner.norm_out.bias", "refiner.conv_out.weight"};
    const std::vector<std::string> kindsWithDetails{"detail.conv_out.weight", "upsampler.conv_in.weight", "upsampler.blocks.1.conv1.weight", "upsampler.blocks.1.conv2.bias",
                                                    "upsampler.conv_out.bias"};
    const auto checkActs = [](const char *name, const std::string &kind) {
        CAPTURE(kind);
        Case golden = loadCase(name);
        const auto parameters = golden.model->named_parameters();
        const at::Tensor *changed = parameters.find(kind);
        REQUIRE(changed);
        changed->add_(0.2 * at::rand_like(*changed) + 0.1);
        const at::Tensor out = golden.model->forward(golden.io["vector"], golden.io["style"], golden.io["palette"], golden.io["noise"],
                                                     golden.height, golden.width, 2, golden.io["detail"]);
        CHECK(distance(out, golden.io["steps2"]) > tolerance);
    };
    for (const std::string &kind : kinds)
        checkActs("square", kind);
    for (const std::string &kind : kindsWithDetails)
        checkActs("detailed", kind);
}

TEST_CASE("shippedWeights_giveTheGoldenPictures")
{
    const auto golden = nlohmann::json::parse(readFile(goldenFolder() / "golden.json"));
    const auto folder = shippedModels() / "galley-draft";
    const auto described = DraftFolder::read(folder);
    REQUIRE_MESSAGE(described, (described ? "" : described.error().message));
    DraftModel model(described->config);
    const auto loaded = loadStateDict(*model, opened(folder / "draft.safetensors.zst"), {.names = {.others = draftCompanions}});
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    model->convert(torchTestDevice(), at::kFloat);
    REQUIRE(golden["revision"] == revisionOf({folder / "draft.safetensors.zst", folder / "text.safetensors.zst"}).value());
    const SafeTensors pictures = opened(goldenFolder() / "golden.safetensors");
    const auto text = StaticTextModel::fromFile(opened(folder / "text.safetensors.zst"));
    REQUIRE(text);
    const SafeTensors weights = opened(folder / "draft.safetensors.zst");
    const auto wordsOf = [&](const char *name) {
        const TensorInfo *words = weights.find(name);
        REQUIRE(words);
        std::string lines(words->bytes(), '\0');
        REQUIRE(weights.copy(*words, std::as_writable_bytes(std::span(lines))));
        const auto read = readTrainedCaptions(lines, *text, static_cast<std::size_t>(described->config.maxTokens));
        REQUIRE(read);
        return *read;
    };
    TrainedCaptions captions = wordsOf("captions");
    captions.untaught = wordsOf("untaught").vectors;
    std::string many;
    for (int i = 0; i < 70'000; ++i)
        many += "a\t";
    CHECK_FALSE(readTrainedCaptions(many, *text, 24));
    const auto gaps = readTrainedCaptions(std::string(500'000, '\t') + "cat\n\n\tdog", *text, 24);
    CHECK(gaps->names == std::vector<std::int64_t>{0, 1});
    CHECK(gaps->lines == std::vector<std::int64_t>{0, 2});
    CHECK(gaps->lineCount == 3);

    const auto details = CaptionDetails::read(weights, described->config, captions.lineCount, described->native / static_cast<int>(described->config.enlargement()));
    REQUIRE_MESSAGE(details, (details ? "" : details.error().message));

    const at::NoGradGuard noGrad;
    std::size_t number = 0;
    int untaught = 0;
    int detailed = 0;
    for (const auto &item : golden["cases"]) {
        CAPTURE(number);
        const auto most = static_cast<std::size_t>(described->config.maxTokens);
        const GroundedCaption caption = ground(item["prompt"].get<std::string>(), *text, most, captions, described->grounding);
        CHECK(caption.nearest == doctest::Approx(item["nearest"].get<double>()).epsilon(1e-4));
        untaught += caption.nearest == 0 && !item["prompt"].get<std::string>().empty();
        const at::Tensor vector = caption.vector.unsqueeze(0);
        at::Tensor palette = at::zeros({1, described->config.paletteSize, 4});
        for (std::size_t i = 0; i < item["palette"].size(); ++i) {
            for (std::size_t channel = 0; channel < 3; ++channel)
                palette[0][static_cast<std::int64_t>(i)][static_cast<std::int64_t>(channel)] = item["palette"][i][channel].get<double>() / 255;
            palette[0][static_cast<std::int64_t>(i)][3] = 1;
        }
        const std::string style = item["style"];
        const auto word = std::find(described->styles.begin(), described->styles.end(), style);
        const std::int64_t styleId = style.empty() ? 0 : word - described->styles.begin() + 1;
        const at::Tensor noise = noiseFromSeed(item["seed"].get<std::uint64_t>(), described->config);
        const bool isNative = item["height"] == described->native && item["width"] == described->native;
        at::Tensor detail = isNative && style.empty() ? details->of(caption.line) : at::Tensor();
        detailed += detail.defined();
        if (detail.defined())
            detail = onDevice(detail);
        const at::Tensor out = model->forward(onDevice(vector), onDevice(at::full({1}, styleId, at::kLong)), onDevice(palette), onDevice(noise),
                                              item["height"].get<int>(), item["width"].get<int>(), item["steps"].get<int>(), detail)[0];
        const at::Tensor sampled = out.slice(1, 4, c10::nullopt, 15).slice(2, 4, c10::nullopt, 15);
        CHECK(distance(sampled, tensorOf(pictures, "case." + std::to_string(number))) <= tolerance);
        CHECK(out.mean().item<double>() == doctest::Approx(item["mean"].get<double>()).epsilon(1e-3));
        CHECK(out.std().item<double>() == doctest::Approx(item["std"].get<double>()).epsilon(1e-3));
        ++number;
    }
    CHECK(number >= 6);
    CHECK_MESSAGE(untaught == 1, "one of the cases asks for what only the clip art has");
    CHECK(detailed >= 3);
}

/// Auto lives on these: a, b and the threshold of draft.json.
TEST_CASE("shippedConfidence_isTheGoldenOne")
{
    const auto golden = nlohmann::json::parse(readFile(goldenFolder() / "golden.json"));
    const auto description = nlohmann::json::parse(readFile(shippedModels() / "galley-draft" / "draft.json"));
    Engine engine(EngineOptions{shippedModels(), testDevice().kind, 2, "fp32"});
    const auto models = engine.models();
    const auto info = std::find_if(models.begin(), models.end(), [](const ModelInfo &model) { return model.id == "galley-draft"; });
    REQUIRE(info != models.end());
    CHECK(info->confidenceThreshold == description["evaluation"]["confidence"]["threshold"].get<double>());
    int sure = 0;
    for (const auto &item : golden["cases"]) {
        CAPTURE(item["prompt"]);
        RenderRequest request;
        request.model = info->id;
        request.prompt = item["prompt"];
        request.size = {64, 64};
        request.steps = 1;
        const auto result = engine.render(request, {}, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        CHECK(std::abs(result->confidence - item["confidence"].get<double>()) <= 1e-4);
        sure += result->confidence >= info->confidenceThreshold;
        if (item["nearest"] == 0.0)
            CHECK(result->confidence < info->confidenceThreshold);
    }
    CHECK(sure >= 4);
}

/// The pipeline finds the words' details itself, and leaves them out where they do not fit.
TEST_CASE("shippedModel_drawsTheGoldenPicturesByItself")
{
    const auto golden = nlohmann::json::parse(readFile(goldenFolder() / "golden.json"));
    const SafeTensors pictures = opened(goldenFolder() / "golden.safetensors");
    Engine engine(EngineOptions{shippedModels(), testDevice().kind, 2, "fp32"});
    std::size_t number = 0;
    for (const auto &item : golden["cases"]) {
        CAPTURE(number);
        RenderRequest request;
        request.model = "galley-draft";
        request.prompt = item["prompt"];
        request.style = item["style"];
        request.palette = item["palette"].get<decltype(request.palette)>();
        request.seed = item["seed"];
        request.steps = item["steps"];
        request.size = {item["width"], item["height"]};
        const auto result = engine.render(request, {}, {});
        REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
        const at::Tensor bytes = at::tensor(at::ArrayRef<std::uint8_t>(result->picture.rgba), at::kFloat).view({request.size.height, request.size.width, 4}).permute({2, 0, 1});
        const at::Tensor sampled = bytes.slice(1, 4, c10::nullopt, 15).slice(2, 4, c10::nullopt, 15) / 255;
        CHECK(distance(sampled, tensorOf(pictures, "case." + std::to_string(number))) <= 0.5 / 255 + tolerance);
        ++number;
    }
}

TEST_CASE("shippedModel_previewsAtTheGeneratorsSize")
{
    Engine engine(EngineOptions{shippedModels(), testDevice().kind, 2, "fp32"});
    RenderRequest request;
    request.model = "galley-draft";
    request.prompt = "cat";
    request.size = {256, 256};
    request.steps = 3;
    request.previewEvery = 1;
    std::vector<Picture> previews;
    RenderObserver observer;
    observer.preview = [&](int, const Picture &picture) { previews.push_back(picture); };
    const auto result = engine.render(request, observer, {});
    REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
    REQUIRE(previews.size() == 2);
    const auto planes = [](const Picture &picture) {
        return at::tensor(at::ArrayRef<std::uint8_t>(picture.rgba), at::kFloat).view({picture.size.height, picture.size.width, 4}) / 255;
    };
    // What is shown is the picture of the last step, enlarged: on the whole the same.
    const at::Tensor shown = at::avg_pool2d(planes(result->picture).permute({2, 0, 1}), 2).permute({1, 2, 0});
    for (const Picture &preview : previews) {
        REQUIRE((preview.size.width == 128 && preview.size.height == 128));
        CHECK((planes(preview) - shown).square().mean().item<double>() < 0.01);
    }
}

TEST_CASE("bf16_staysCloseToFp32")
{
    const at::NoGradGuard noGrad;
    const auto folder = shippedModels() / "galley-draft";
    const auto described = DraftFolder::read(folder);
    REQUIRE(described);
    const auto render = [&](at::ScalarType type) {
        DraftModel model(described->config);
        REQUIRE(loadStateDict(*model, opened(folder / "draft.safetensors.zst"), {.names = {.others = draftCompanions}}));
        model->convert(torchTestDevice(), type);
        at::Tensor vector = at::zeros({1, described->config.textDim});
        vector[0][3] = 1;
        return model->forward(onDevice(vector), onDevice(at::zeros({1}, at::kLong)), onDevice(at::zeros({1, described->config.paletteSize, 4})),
                              onDevice(noiseFromSeed(5, described->config)), described->native, described->native, 2);
    };
    const at::Tensor exact = render(at::kFloat);
    const at::Tensor rounded = render(at::kBFloat16);
    const double error = (exact - rounded).square().mean().item<double>();
    MESSAGE("bf16 against fp32: " << -10 * std::log10(error) << " dB");
    CHECK(error < 1e-3);  // 30 dB
}

TEST_CASE("stateDict_listsWhatDoesNotFit")
{
    const Case golden = loadCase("square");
    const SafeTensors weights = opened(goldenFolder() / "square.weights.safetensors");
    const auto problemWith = [&](const DraftConfig &config) {
        DraftModel model(config);
        const auto loaded = loadStateDict(*model, weights);
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().code == ErrorCode::ModelFile);
        return loaded.error().message;
    };
    DraftConfig more = golden.config;
    more.refinerBlocks += 1;
    const std::string missing = problemWith(more);
    CHECK(missing.find("Missing: refiner.resnets.2.") != std::string::npos);
    CHECK(missing.find("Unexpected") == std::string::npos);
    DraftConfig fewer = golden.config;
    fewer.refinerBlocks -= 1;
    CHECK(problemWith(fewer).find("Unexpected: refiner.resnets.1.") != std::string::npos);
    DraftConfig wider = golden.config;
    wider.textHidden += 1;
    const std::string shapes = problemWith(wider);
    CHECK(shapes.find("text_encoder.linear1.weight [24, 16] instead of [25, 16]") != std::string::npos);
}

TEST_CASE("readTensor_scalesRowsAndRefusesBareIntegers")
{
    const TempFolder folder;
    const auto path = folder.path() / "w.safetensors";
    const std::string values("\x01\x02\x03\xff\x00\x7f", 6);
    const std::string header = R"({"w":{"dtype":"I8","shape":[2,3],"data_offsets":[0,6]},"w.scale":{"dtype":"F16","shape":[2],"data_offsets":[6,10]}})";
    writeFile(path, safetensorsBytes(header, 0) + values + std::string("\x00\x38\x00\x40", 4));  // 0.5 and 2
    const at::Tensor scaled = tensorOf(opened(path), "w");
    CHECK(distance(scaled, at::tensor({0.5f, 1.0f, 1.5f, -2.0f, 0.0f, 254.0f}).view({2, 3})) == 0);

    struct OneWeightImpl : torch::nn::Module
    {
        OneWeightImpl() { register_parameter("w", at::zeros({2, 3})); }
    } module;
    CHECK(loadStateDict(module, opened(path)));
    const std::string wrong = R"({"w":{"dtype":"I8","shape":[2,3],"data_offsets":[0,6]},"w.scale":{"dtype":"F16","shape":[1],"data_offsets":[6,8]}})";
    writeFile(path, safetensorsBytes(wrong, 8));
    CHECK(loadStateDict(module, opened(path)).error().message.find("one number a row") != std::string::npos);
    writeFile(path, safetensorsBytes(R"({"w":{"dtype":"I8","shape":[2,3],"data_offsets":[0,6]}})", 6));
    CHECK(loadStateDict(module, opened(path)).error().message.find("no scale") != std::string::npos);
    writeFile(path, safetensorsBytes(R"({"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}})", 0) + std::string(24, '\xff'));
    CHECK(loadStateDict(module, opened(path)).error().message.find("not finite") != std::string::npos);
}

TEST_CASE("stateDict_keepsLargeLayersApart")
{
    // Large enough to be read into memory that the next layer gets as well.
    constexpr std::int64_t side = 1024;
    constexpr int layers = 5;
    constexpr std::size_t bytes = side * side * 2;
    const TempFolder folder;
    const auto path = folder.path() / "w.safetensors";
    nlohmann::json header;
    std::string values;
    std::vector<at::Tensor> expected;
    for (int i = 0; i < layers; ++i) {
        const nlohmann::json entry{{"dtype", "F16"}, {"shape", {side, side}}, {"data_offsets", {values.size(), values.size() + bytes}}};
        header[std::to_string(i) + ".weight"] = entry;
        expected.push_back(at::randn({side, side}, at::kFloat).to(at::kHalf));
        values.append(static_cast<const char *>(expected.back().const_data_ptr()), bytes);
    }
    writeFile(path, safetensorsBytes(header.dump(), 0) + values);

    const auto load = [&](const std::function<void(torch::nn::Module &)> &filled) {
        Branch branch;
        std::vector<Linear> found;
        for (int i = 0; i < layers; ++i)
            found.push_back(branch->add(std::to_string(i), Linear(side, side, false)));
        StateDictOptions options{{}, at::kBFloat16};
        options.filled = filled;
        const auto loaded = loadStateDict(*branch, opened(path), options);
        REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
        return found;
    };
    const auto kept = load([](torch::nn::Module &) {});
    const auto packed = load(packWeights);
    const at::NoGradGuard noGrad;
    const at::Tensor x = at::randn({3, side}, at::kFloat).to(at::kBFloat16);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const at::Tensor weight = expected[i].to(at::kFloat).to(at::kBFloat16);
        CHECK(at::equal(kept[i]->weight, weight));
        const at::Tensor y = at::linear(x.to(at::kFloat), weight.to(at::kFloat));
        CHECK((packed[i]->forward(x).to(at::kFloat) - y).abs().max().item<float>() <= 0.01f * y.abs().max().item<float>());
    }
}

TEST_CASE("config_refusesWhatNoModelCanBe")
{
    using Json = nlohmann::json;
    const std::vector<std::pair<Json, const char *>> rows{
        {Json::array(), "must be an object"},
        {{{"cond_dim", -1}}, "cond_dim"},
        {{{"cond_dim", 1.5}}, "cond_dim"},
        {{{"cond_dim", "512"}}, "cond_dim"},
        {{{"cond_dim", 1000000}}, "cond_dim"},
        {{{"groups", 0}}, "groups"},
        {{{"groups", 7}}, "multiples of \"groups\""},
        {{{"channels", 4}}, "channels"},
        {{{"channels", Json::array()}}, "channels"},
        {{{"channels", {8, 8}}}, "as many numbers"},
        {{{"channels", {8, 8, 8, 0}}}, "multiples"},
        {{{"blocks", {1, 1, 1, 1000}}}, "blocks"},
        {{{"layers", 4}}, "not a key"},
    };
    for (const auto &[json, sentence] : rows) {
        CAPTURE(json.dump());
        const auto config = DraftConfig::fromJson(Json::parse(json.dump()));  // numbers as a file gives them
        REQUIRE_FALSE(config);
        CHECK(config.error().message.find(sentence) != std::string::npos);
    }
    CHECK(DraftConfig::fromJson(Json::object()).value() == DraftConfig());
}

TEST_CASE("parameterCount_isWhatTheModelHolds")
{
    for (const char *name : {"square", "wide", "tall", "detailed"}) {
        const Case golden = loadCase(name);
        std::int64_t count = 0;
        for (const at::Tensor &parameter : golden.model->parameters())
            count += parameter.numel();
        CHECK(golden.config.parameterCount() == count);
    }
}
