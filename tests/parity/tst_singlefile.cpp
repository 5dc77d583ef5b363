#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/engine.h"
#include "core/diffusion/models/autoencoderkl.h"
#include "core/diffusion/models/cliptextmodel.h"
#include "core/diffusion/models/ldmnames.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "core/diffusion/pipelines/stablediffusionparts.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/testdevice.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using State = std::map<std::string, at::Tensor>;

const char *const resolution = "64x64";  // the toys' native size, since they are small

template<class T>
T valueOf(Result<T> result)
{
    REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
    return std::move(*result);
}

const Json &ldm()
{
    static const Json json = Json::parse(readFile(diffusersFolder() / "ldm.json"));
    return json;
}

const char *typeName(at::ScalarType type)
{
    return type == at::kHalf ? "F16" : type == at::kBFloat16 ? "BF16" : "F32";
}

void writeState(const fs::path &path, const State &state, const Json &metadata = Json::object())
{
    fs::create_directories(path.parent_path());
    Json header{{"__metadata__", metadata}};
    std::string bytes;
    for (const auto &[name, tensor] : state) {
        const at::Tensor plain = tensor.contiguous();
        header[name] = {{"dtype", typeName(plain.scalar_type())}, {"shape", plain.sizes().vec()}, {"data_offsets", {bytes.size(), bytes.size() + plain.nbytes()}}};
        bytes.append(static_cast<const char *>(plain.const_data_ptr()), plain.nbytes());
    }
    writeFile(path, safetensorsBytes(header.dump(), 0) + bytes);
}

State randomState(const torch::nn::Module &module, at::Generator &generator, at::ScalarType type)
{
    State state;
    for (const auto &item : module.named_parameters()) {
        const at::Tensor &shape = item.value();
        const double size = shape.dim() == 1 ? 0.3 : 1 / std::sqrt(double(shape.numel()) / double(shape.size(0)));
        state[item.key()] = (at::randn(shape.sizes(), generator, at::kFloat) * size + (shape.dim() == 1 ? 0.5 : 0)).to(type);
    }
    return state;
}

/// What ldm.json says that the original file has.
void addOriginal(const Json &part, const State &state, State &file)
{
    const std::string prefix = part["prefix"];
    std::map<std::string, std::vector<at::Tensor>> pieces;
    for (const auto &[name, origin] : part["names"].items()) {
        const bool isWhole = origin.is_string();
        const std::string theirs = prefix + (isWhole ? origin : origin[0]).get<std::string>();
        auto &list = pieces[theirs];
        list.resize(isWhole ? 1 : origin[2].get<std::size_t>());
        const at::Tensor &tensor = state.at(name);
        list[isWhole ? 0 : origin[1].get<std::size_t>()] = !isWhole && origin[3].get<bool>() ? tensor.t() : tensor;
    }
    for (const auto &[name, list] : pieces) {
        at::Tensor whole = at::cat(list, 0);
        if (name.find(".attn_1.") != std::string::npos && whole.dim() == 2)
            whole = whole.unsqueeze(2).unsqueeze(3);
        file[name] = whole;
    }
}

/// What the real files bring along and no picture needs.
void addTraining(const std::string &family, State &file)
{
    const at::Tensor number = at::ones({1}, at::kFloat);
    for (const char *name : {"betas", "alphas_cumprod", "posterior_mean_coef1", "model_ema.decay", "model_ema.diffusion_modelout0weight", "first_stage_model.loss.logvar"})
        file[name] = number;
    if (family == "sd15")
        file["cond_stage_model.transformer.text_model.embeddings.position_ids"] = number;
    if (family != "sd21")
        return;
    file["cond_stage_model.model.logit_scale"] = number;
    file["cond_stage_model.model.text_projection"] = at::ones({64, 64}, at::kFloat);
    State last;
    for (const auto &[name, tensor] : file)
        if (const auto place = name.find(".resblocks.1."); place != std::string::npos)
            last[std::string(name).replace(place, 13, ".resblocks.2.")] = tensor;
    file.merge(last);
}

Json schedulerOf(const std::string &family)
{
    Json json{{"beta_start", 0.00085}, {"beta_end", 0.012}, {"beta_schedule", "scaled_linear"}, {"steps_offset", 1}, {"timestep_spacing", "leading"}};
    json["_class_name"] = family == "sd21" ? "DDIMScheduler" : family == "sdxl" ? "EulerDiscreteScheduler" : "PNDMScheduler";
    if (family == "sd21") {
        json["set_alpha_to_one"] = json["clip_sample"] = false;
        json["prediction_type"] = "v_prediction";
    }
    return json;
}

/// One toy twice: as a folder of diffusers and as one file, with CLIP's vocabulary beside them.
struct Toy
{
    explicit Toy(const std::string &name, at::ScalarType type = at::kHalf)
        : family(name)
        , toy(ldm()["toys"][name])
        , path(folder.path() / "models" / (family == "sd21" ? "v2-1_768.safetensors" : family + ".safetensors"))
    {
        at::Generator generator = at::detail::createCPUGenerator(7);
        const auto add = [&](const torch::nn::Module &module, const char *part, const char *stem, Json config) {
            const State state = randomState(module, generator, type);
            writeState(diffusers() / part / (std::string(stem) + ".safetensors"), state);
            writeFile(diffusers() / part / "config.json", config.dump());
            addOriginal(ldm()["origins"][toy["origins"][next++].get<std::size_t>()], state, original);
        };
        Json unet = toy["unet"];
        unet["sample_size"] = 16;
        add(*UNet2DConditionModel(valueOf(UNetConfig::fromJson(unet))), "unet", "diffusion_pytorch_model", unet);
        Json vae = toy["vae"];
        vae["scaling_factor"] = family == "sdxl" ? 0.13025 : 0.18215;
        add(*AutoencoderKl(valueOf(AutoencoderKlConfig::fromJson(vae))), "vae", "diffusion_pytorch_model", vae);
        const fs::path merges = diffusersFolder() / "pipelines/toy-sd15/tokenizer/merges.txt";
        for (std::size_t i = 0; i < toy["texts"].size(); ++i) {
            const std::string suffix = i == 0 ? "" : "_2";
            const Json text = toy["texts"][i];
            add(*ClipTextModel(valueOf(ClipTextConfig::fromJson(text))), ("text_encoder" + suffix).c_str(), "model", text);
            const fs::path tokenizer = diffusers() / ("tokenizer" + suffix);
            fs::create_directories(tokenizer);
            fs::copy_file(merges, tokenizer / "merges.txt");
            writeFile(tokenizer / "special_tokens_map.json", Json{{"pad_token", i == 1 || family == "sd21" ? "!" : "<|endoftext|>"}}.dump());
        }
        addTraining(family, original);
        fs::create_directories(folder.path() / "models/clip");
        fs::copy_file(merges, folder.path() / "models/clip/merges.txt");
        fs::create_directories(diffusers() / "scheduler");
        writeFile(diffusers() / "scheduler/scheduler_config.json", schedulerOf(family).dump());
        writeFile(diffusers() / "model_index.json", Json{{"_class_name", family == "sdxl" ? "StableDiffusionXLPipeline" : "StableDiffusionPipeline"}}.dump());
        write();
    }

    fs::path diffusers() const { return folder.path() / "models" / "folder"; }
    void write() const { writeState(path, original, {{"modelspec.resolution", resolution}}); }
    Engine engine() const { return Engine(EngineOptions{.modelsFolder = folder.path() / "models", .device = testDevice().kind, .threads = 1, .dtype = "fp32"}); }
    std::string problem() const
    {
        Engine one = engine();
        const auto added = one.add("file", path);
        REQUIRE_FALSE(added);
        CHECK(added.error().code == ErrorCode::ModelFile);
        CHECK(added.error().message.find(path.string()) != std::string::npos);
        return added.error().message;
    }

    TempFolder folder;
    std::string family;
    const Json &toy;
    fs::path path;
    State original;
    std::size_t next = 0;
};

Picture pictureOf(Engine &engine, const std::string &model)
{
    RenderRequest request;
    request.model = model;
    request.prompt = "a red apple";
    request.negativePrompt = "blurry";
    request.size = {48, 32};
    request.steps = 2;
    request.seed = 4;
    return valueOf(engine.render(request, {}, {})).picture;
}

void checkHas(const std::string &text, const std::string &words)
{
    CHECK_MESSAGE(text.find(words) != std::string::npos, text);
}

/// The parts of a published model, without values.
struct Published
{
    explicit Published(const std::string &family)
    {
        const Json keys = Json::parse(readFile(diffusersFolder() / "keys.json"));
        const auto config = [&](const char *name) -> const Json & { return keys[name]["config"]; };
        unet = valueOf(UNetConfig::fromJson(config(family == "sd15" ? "sd15-unet" : family == "sd21" ? "sd-turbo-unet" : "sdxl-unet")));
        vae = valueOf(AutoencoderKlConfig::fromJson(config("vae")));
        add(*UNet2DConditionModel(unet), ldmUNetNames(unet, "model.diffusion_model."));
        add(*AutoencoderKl(vae), ldmAutoencoderNames(vae, "first_stage_model."));
        const auto addText = [&](const char *name, const WeightNames &names) {
            texts.push_back(valueOf(ClipTextConfig::fromJson(config(name))));
            add(*ClipTextModel(texts.back()), names);
        };
        if (family == "sd15")
            addText("clip-l", clipNames("cond_stage_model.transformer.", false));
        else if (family == "sd21")
            addText("openclip-h", openClipNames("cond_stage_model.model."));
        else
            addText("clip-l", clipNames("conditioner.embedders.0.transformer.", false));
        if (family == "sdxl")
            addText("openclip-bigg", openClipNames("conditioner.embedders.1.model."));
    }

    void add(const torch::nn::Module &module, const WeightNames &names)
    {
        const SafeTensors any = valueOf(SafeTensors::open(diffusersFolder() / "vae.weights.safetensors"));
        for (const auto &item : module.named_parameters()) {
            const TensorOrigin origin = names.of(item.key(), any);
            std::vector<std::int64_t> shape = item.value().sizes().vec();
            if (origin.isTransposed)
                std::reverse(shape.begin(), shape.end());
            shape.front() *= origin.pieces;
            shapes[origin.name] = shape;
        }
    }

    /// As make_diffusers_fixtures.py writes it: the digest of the sorted lines.
    std::string digest() const
    {
        std::vector<std::string> lines;
        for (const auto &[name, shape] : shapes) {
            const bool isPixel = shape.size() == 4 && shape[2] == 1 && shape[3] == 1;
            std::string line = name + " [";
            for (std::size_t i = 0; i < (isPixel ? 2 : shape.size()); ++i)
                line.append(i ? ", " : "").append(std::to_string(shape[i]));
            lines.push_back(line + ']');
        }
        std::sort(lines.begin(), lines.end());
        Sha256 sum;
        for (std::size_t i = 0; i < lines.size(); ++i)
            sum.add((i ? "\n" : "") + lines[i]);
        return sum.hex();
    }

    /// A file of the full size with holes in place of weights.
    void write(const fs::path &path) const
    {
        Json header;
        std::uint64_t end = 0;
        for (const auto &[name, shape] : shapes) {
            std::uint64_t bytes = 2;
            for (const std::int64_t side : shape)
                bytes *= static_cast<std::uint64_t>(side);
            header[name] = {{"dtype", "F16"}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
            end += bytes;
        }
        const std::string bytes = safetensorsBytes(header.dump(), 0);
        writeFile(path, bytes);
        fs::resize_file(path, bytes.size() + end);
    }

    UNetConfig unet;
    AutoencoderKlConfig vae;
    std::vector<ClipTextConfig> texts;
    std::map<std::string, std::vector<std::int64_t>> shapes;
};

struct Named
{
    const char *family;
    const char *stem;
    const char *name;
    int steps;
    std::int64_t native;
    SchedulerKind scheduler;
    PredictionType prediction = PredictionType::Epsilon;
};

} // namespace

TEST_CASE("singleFile_makesThePictureOfItsFolder")
{
    for (const char *family : {"sd15", "sd21", "sdxl"}) {
        for (const at::ScalarType type : {at::kHalf, at::kBFloat16, at::kFloat}) {
            CAPTURE(family);
            CAPTURE(typeName(type));
            const Toy toy(family, type);
            Engine engine = toy.engine();
            ModelInfo fromFile = valueOf(engine.add("file", toy.path));
            const ModelInfo fromFolder = valueOf(engine.load("folder"));
            CHECK(pictureOf(engine, "file") == pictureOf(engine, "folder"));
            CHECK(fromFile.revision != fromFolder.revision);
            fromFile.revision = fromFolder.revision;
            fromFile.id = fromFolder.id;
            fromFile.files = fromFolder.files;
            fromFile.fits = fromFolder.fits;
            CHECK(fromFile.fileBytes == fs::file_size(toy.path));
            fromFile.fileBytes = fromFolder.fileBytes;
            CHECK(fromFile == fromFolder);
            CHECK(fromFile.native == 64);
        }
    }
}

TEST_CASE("smallAutoencoderBesideASingleFile_isTakenForItsFamily")
{
    for (const char *family : {"sd15", "sdxl"}) {
        CAPTURE(family);
        const Toy toy(family);
        const std::string name = family == std::string("sdxl") ? "taesdxl" : "taesd";
        const fs::path models = toy.path.parent_path();
        RenderRequest request;
        request.model = "file";
        request.size = {32, 32};
        request.steps = 3;
        request.previewEvery = 1;
        int previews = 0;
        RenderObserver observer;
        observer.preview = [&](int, const Picture &) { ++previews; };
        const auto pictureOf = [&](bool isQuick) {
            Engine engine = toy.engine();
            (void)valueOf(engine.add("file", toy.path));
            request.quick = isQuick;
            previews = 0;
            return valueOf(engine.render(request, observer, {})).picture;
        };
        const Picture plain = pictureOf(false);
        fs::create_directories(models / name);  // a download that is not done
        CHECK(pictureOf(true) == plain);
        fs::remove_all(models / name);
        fs::copy(diffusersFolder() / "taesd", models / (name == "taesd" ? "taesdxl" : "taesd"));  // the other family's
        CHECK(pictureOf(true) == plain);
        CHECK(previews == 0);
        fs::copy(diffusersFolder() / "taesd", models / name);
        CHECK(pictureOf(false) == plain);
        CHECK(previews > 0);
        CHECK(pictureOf(true) != plain);
    }
}

TEST_CASE("publishedSingleFiles_haveTheirTensors")
{
    for (const std::string family : {"sd15", "sd21", "sdxl"}) {
        CAPTURE(family);
        const Published model(family);
        CHECK(model.shapes.size() == ldm()["published"][family]["tensors"]);
        CHECK(model.digest() == ldm()["published"][family]["sha256"].get<std::string>());
    }
}

/// Sizes from the tensors, the rest from the name: nothing but the header is read.
TEST_CASE("publishedSingleFile_isRecognised")
{
    const TempFolder folder;
    const std::vector<Named> table{
        {"sd15", "v1-5-pruned-emaonly", "SD 1.5", 20, 512, SchedulerKind::Euler},
        {"sd15", "dreamshaper_8_LCM", "SD 1.5 LCM", 4, 512, SchedulerKind::Lcm},
        {"sd21", "v2-1_768-ema-pruned", "SD 2.1", 20, 768, SchedulerKind::Ddim, PredictionType::VPrediction},
        {"sd21", "v2-1_512-ema-pruned", "SD 2.1", 20, 512, SchedulerKind::Ddim},
        {"sd21", "sd_turbo", "SD-Turbo", 1, 512, SchedulerKind::Euler},
        {"sdxl", "sd_xl_base_1.0", "SDXL", 30, 1024, SchedulerKind::Euler},
        {"sdxl", "someXL_vpred", "SDXL", 30, 1024, SchedulerKind::Euler, PredictionType::VPrediction},
        {"sdxl", "sd_xl_turbo_1.0_fp16", "SDXL-Turbo", 1, 512, SchedulerKind::EulerAncestral},
        {"sdxl", "sdxl_lightning_4step", "SDXL-Lightning", 4, 1024, SchedulerKind::Euler},
        {"sdxl", "sdxl_lightning_1step_x0", "SDXL-Lightning", 1, 1024, SchedulerKind::Euler, PredictionType::Sample},
    };
    fs::path file;
    for (const Named &one : table) {
        CAPTURE(one.stem);
        const Published model(one.family);
        const fs::path path = folder.path() / (std::string(one.stem) + ".safetensors");
        model.write(path);
        const StableDiffusionParts parts = valueOf(StableDiffusionParts::read({path, shippedModels() / "clip/merges.txt"}));
        CHECK(parts.unet == model.unet);
        CHECK(parts.vae->channels == model.vae.channels);
        CHECK(parts.vae->layersPerBlock == model.vae.layersPerBlock);
        CHECK(parts.vae->scalingFactor == (parts.isXl() ? 0.13025 : 0.18215));
        REQUIRE(parts.texts.size() == model.texts.size());
        for (std::size_t i = 0; i < parts.texts.size(); ++i)
            CHECK(parts.texts[i].config == model.texts[i]);
        CHECK(parts.family() == one.name);
        CHECK(parts.defaultSteps() == one.steps);
        CHECK(parts.sampleSize * 8 == one.native);
        CHECK(parts.scheduler.kind == one.scheduler);
        CHECK(parts.scheduler.prediction == one.prediction);
        CHECK((parts.scheduler.spacing == TimestepSpacing::Trailing) == (one.steps <= 4 && !parts.isConsistent()));
        CHECK(parts.files().size() == 1);
        if (std::string(one.stem) != "sd_xl_base_1.0")
            fs::remove(path);
    }
    Engine engine(EngineOptions{.modelsFolder = shippedModels(), .device = "cpu", .threads = 1});
    const ModelInfo info = valueOf(engine.add("xl", folder.path() / "sd_xl_base_1.0.safetensors"));
    CHECK(info.native == 1024);
    CHECK(info.weightsBytes >= 6'900'000'000);
}

TEST_CASE("whatIsNoModel_isRefusedByName")
{
    const TempFolder folder;
    const fs::path path = folder.path() / "some.safetensors";
    for (const auto &[name, words] : std::vector<std::pair<std::string, std::string>>{
             {"lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight", "LoRA"},
             {"unet.down_blocks.0.attentions.0.to_q.lora_A.weight", "LoRA"},
             {"model.diffusion_model.joint_blocks.0.context_block.mlp.fc1.weight", "Stable Diffusion 3"},
             {"double_blocks.0.img_attn.proj.weight", "FLUX"},
             {"control_model.input_blocks.0.0.weight", "ControlNet"},
             {"conditioner.embedders.0.model.ln_final.weight", "no model that Galley knows"},
             {"model.diffusion_model.input_blocks.0.0.weight", "folder \"unet\""},
             {"down_blocks.0.resnets.0.norm1.weight", "folder \"unet\""},
             {"first_stage_model.decoder.conv_in.weight", "autoencoder alone"},
             {"x", "no model that Galley knows"}}) {
        CAPTURE(name);
        writeState(path, {{name, at::ones({1}, at::kFloat)}});
        const auto read = readStableDiffusionFile(path, {});
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::ModelFile);
        checkHas(read.error().message, words);
        checkHas(read.error().message, path.string());
    }
}

TEST_CASE("spoiltSingleFile_isRefusedInWords")
{
    Toy toy("sd21");
    const std::string fused = "cond_stage_model.model.transformer.resblocks.1.attn.in_proj_weight";
    SUBCASE("missing and extra")
    {
        toy.original["model.diffusion_model.out.3.weight"] = toy.original["model.diffusion_model.out.2.weight"];
        toy.original.erase("model.diffusion_model.out.0.bias");
        toy.write();
        const std::string text = toy.problem();
        checkHas(text, "Missing: model.diffusion_model.out.0.bias.");
        checkHas(text, "Unexpected: model.diffusion_model.out.3.weight.");
    }
    SUBCASE("nobody's")
    {
        toy.original["somebody.weight"] = at::ones({1}, at::kFloat);
        toy.write();
        checkHas(toy.problem(), "Unexpected: somebody.weight.");
    }
    SUBCASE("a fused tensor of two")
    {
        toy.original[fused] = toy.original[fused].narrow(0, 0, 128);
        toy.write();
        checkHas(toy.problem(), "Of another shape: " + fused + " [128, 64] instead of [192, 64]");
    }
    SUBCASE("made for filling in")
    {
        toy.original["model.diffusion_model.input_blocks.0.0.weight"] = at::ones({64, 9, 3, 3}, at::kHalf);
        toy.write();
        checkHas(toy.problem(), "9 channels");
    }
    SUBCASE("no attention anywhere")
    {
        std::erase_if(toy.original, [](const auto &item) { return item.first.find("transformer_blocks") != std::string::npos; });
        toy.write();
        checkHas(toy.problem(), "cross_attention_dim");
    }
    SUBCASE("no blocks")
    {
        std::erase_if(toy.original, [](const auto &item) { return item.first.find("_blocks.") != std::string::npos && !item.first.starts_with("cond"); });
        toy.write();
        checkHas(toy.problem(), "in_channels");
    }
    SUBCASE("a noise schedule without signal at its end")
    {
        toy.original["ztsnr"] = at::ones({1}, at::kFloat);
        toy.write();
        checkHas(toy.problem(), "ztsnr");
    }
    SUBCASE("no vocabulary")
    {
        fs::remove(toy.folder.path() / "models/clip/merges.txt");
        Engine engine = toy.engine();
        const auto added = engine.add("file", toy.path);
        REQUIRE_FALSE(added);
        checkHas(added.error().message, "models/clip/merges.txt, which comes with Galley");
    }
    SUBCASE("cut off")
    {
        const std::string whole = readFile(toy.path);
        for (std::size_t i = 0; i < 50; ++i) {
            writeFile(toy.path, whole.substr(0, i * whole.size() / 50));
            toy.problem();
        }
    }
    SUBCASE("values that are no numbers")
    {
        toy.original[fused].fill_(NAN);
        toy.write();
        Engine engine = toy.engine();
        REQUIRE(engine.add("file", toy.path));
        checkHas(engine.load("file").error().message, fused);
    }
}

/// The UNet of SDXL-Lightning in the folder of SDXL, in either layout.
TEST_CASE("swappedUNet_isTakenWithItsSteps")
{
    const Toy toy("sdxl");
    const fs::path unet = toy.diffusers() / "unet";
    const fs::path swapped = unet / "sdxl_lightning_2step_unet.safetensors";
    Engine engine = toy.engine();
    const Picture before = pictureOf(engine, "folder");
    fs::rename(unet / "diffusion_pytorch_model.safetensors", swapped);
    const ModelInfo info = valueOf(engine.load("folder"));
    CHECK(info.family == "SDXL-Lightning");
    CHECK(info.defaultSteps == 2);
    CHECK(info.defaultGuidance == 0);
    const Picture lightning = pictureOf(engine, "folder");
    CHECK(lightning != before);
    State original;
    for (const auto &[name, tensor] : toy.original)
        if (name.starts_with("model.diffusion_model."))
            original[name] = tensor;
    writeState(swapped, original);
    REQUIRE(engine.load("folder"));
    CHECK(pictureOf(engine, "folder") == lightning);
    fs::copy_file(swapped, unet / "another.safetensors");
    checkHas(engine.load("folder").error().message, "2 files of weights");
}
