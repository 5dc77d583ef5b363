#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/models/autoencoderkl.h"
#include "core/diffusion/models/cliptextmodel.h"
#include "core/diffusion/models/tiles.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/testdevice.h"

#include <algorithm>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Tensors = std::map<std::string, at::Tensor>;

constexpr double tolerance = 1e-4;  // of max(1, the largest value of the reference)

template<class T>
T valueOf(Result<T> result)
{
    REQUIRE_MESSAGE(result, (result ? "" : result.error().message));
    return std::move(*result);
}

Json configOf(const std::string &name)
{
    return Json::parse(readFile(diffusersFolder() / (name + ".json")));
}

Tensors ioOf(const std::string &name)
{
    const SafeTensors file = valueOf(SafeTensors::open(diffusersFolder() / (name + ".io.safetensors")));
    Tensors tensors;
    for (const TensorInfo &info : file.tensors())
        tensors[info.name] = valueOf(readTensor(file, info.name)).to(torchTestDevice());
    return tensors;
}

template<class Module>
void fill(Module &module, const std::string &name, StateDictOptions options = {})
{
    const SafeTensors file = valueOf(SafeTensors::open(diffusersFolder() / (name + ".weights.safetensors")));
    const auto loaded = loadStateDict(*module, file, options);
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    module->to(torchTestDevice());
}

void checkClose(const at::Tensor &value, const at::Tensor &expected)
{
    REQUIRE(value.sizes() == expected.sizes());
    REQUIRE(value.device() == expected.device());
    CHECK((value - expected).abs().max().item<double>() <= tolerance * std::max(1.0, expected.abs().max().item<double>()));
}

/// The lines "name [shape]" of make_diffusers_fixtures.py.
std::string keysDigest(const torch::nn::Module &module, std::size_t &tensors, std::int64_t &numbers)
{
    std::vector<std::string> lines;
    for (const auto &item : module.named_parameters()) {
        std::string line = item.key() + " [";
        for (std::int64_t i = 0; i < item.value().dim(); ++i)
            line += (i ? ", " : "") + std::to_string(item.value().size(i));
        lines.push_back(line + ']');
        numbers += item.value().numel();
    }
    std::sort(lines.begin(), lines.end());
    tensors = lines.size();
    Sha256 sum;
    for (std::size_t i = 0; i < lines.size(); ++i)
        sum.add((i ? "\n" : "") + lines[i]);
    return sum.hex();
}

std::shared_ptr<torch::nn::Module> moduleOf(const std::string &kind, const Json &config)
{
    if (kind == "UNet2DConditionModel")
        return std::make_shared<UNet2DConditionModelImpl>(valueOf(UNetConfig::fromJson(config)));
    if (kind == "AutoencoderKL")
        return std::make_shared<AutoencoderKlImpl>(valueOf(AutoencoderKlConfig::fromJson(config)));
    if (kind == "AutoencoderTiny")
        return std::make_shared<AutoencoderTinyImpl>(valueOf(AutoencoderTinyConfig::fromJson(config)));
    return std::make_shared<ClipTextModelImpl>(valueOf(ClipTextConfig::fromJson(config)));
}

} // namespace

TEST_CASE("clipText_equalsTransformers")
{
    const at::NoGradGuard noGrad;
    for (const std::string name : {"clip-l", "clip-g"}) {
        CAPTURE(name);
        ClipTextModel model(valueOf(ClipTextConfig::fromJson(configOf(name))));
        fill(model, name);
        Tensors io = ioOf(name);
        const ClipTextFeatures features = model->forward(io["ids"], 98);
        checkClose(features.last, io["last"]);
        checkClose(features.penultimate, io["penultimate"]);
        checkClose(features.pooled, io["pooled"]);
    }
}

TEST_CASE("unet_equalsDiffusers")
{
    const at::NoGradGuard noGrad;
    for (const std::string name : {"unet-sd15", "unet-lcm", "unet-sd21", "unet-sdxl"}) {
        CAPTURE(name);
        UNet2DConditionModel model(valueOf(UNetConfig::fromJson(configOf(name))));
        fill(model, name);
        Tensors io = ioOf(name);
        const UNetCondition condition{io["text"], io["pooled"], io["time_ids"], io["time_cond"]};
        checkClose(model->forward(io["sample"], io["timestep"], condition), io["out"]);
        checkClose(model->forward(io["odd_sample"], io["timestep"], condition), io["odd_out"]);
    }
}

TEST_CASE("autoencoders_equalDiffusers")
{
    const at::NoGradGuard noGrad;
    Tensors io = ioOf("vae");
    AutoencoderKl vae(valueOf(AutoencoderKlConfig::fromJson(configOf("vae"))));
    fill(vae, "vae", {.names = autoencoderNames()});
    checkClose(vae->encode(io["picture"]).mean, io["encoded"]);
    checkClose(vae->decode(io["latents"]), io["decoded"]);
    Tensors tiles = ioOf("tiles");
    checkClose(decodeInTiles(tiles["latents"], 4, 4, [&](const at::Tensor &part) { return vae->decode(part); }), tiles["decoded"]);
    CHECK(decodeInTiles(io["latents"], 64, 4, [&](const at::Tensor &part) { return vae->decode(part); }).equal(vae->decode(io["latents"])));
    Tensors small = ioOf("taesd");
    AutoencoderTiny tiny(valueOf(AutoencoderTinyConfig::fromJson(configOf("taesd"))));
    fill(tiny, "taesd");
    checkClose(tiny->encode(small["picture"]), small["encoded"]);
    checkClose(tiny->decode(small["latents"]), small["decoded"]);
}

/// What a real file must hold, so that it loads: names, shapes and counts of each published model.
TEST_CASE("publishedModels_haveTheirTensors")
{
    const Json keys = Json::parse(readFile(diffusersFolder() / "keys.json"));
    REQUIRE(keys.size() >= 9);
    for (const auto &[name, model] : keys.items()) {
        CAPTURE(name);
        std::size_t tensors = 0;
        std::int64_t numbers = 0;
        const std::string digest = keysDigest(*moduleOf(model["class"], model["config"]), tensors, numbers);
        CHECK(tensors == model["tensors"]);
        CHECK(numbers == model["numbers"]);
        CHECK(digest == model["sha256"].get<std::string>());
    }
}

TEST_CASE("oldAutoencoderNames_areThoseOfToday")
{
    const TempFolder folder;
    const fs::path path = folder.path() / "old.safetensors";
    Json header;
    for (const char *name : {"encoder.mid_block.attentions.0.query.weight", "decoder.mid_block.attentions.0.proj_attn.bias", "decoder.mid_block.attentions.0.to_v.bias"})
        header[name] = {{"dtype", "F16"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
    writeFile(path, safetensorsBytes(header.dump(), 0));
    const SafeTensors file = valueOf(SafeTensors::open(path));
    const auto nameOf = [&](const char *name) { return autoencoderNames().of(name, file).name; };
    CHECK(nameOf("encoder.mid_block.attentions.0.to_q.weight") == "encoder.mid_block.attentions.0.query.weight");
    CHECK(nameOf("decoder.mid_block.attentions.0.to_out.0.bias") == "decoder.mid_block.attentions.0.proj_attn.bias");
    CHECK(nameOf("decoder.mid_block.attentions.0.to_v.bias") == "decoder.mid_block.attentions.0.to_v.bias");
    CHECK(nameOf("decoder.conv_in.weight") == "decoder.conv_in.weight");
}

TEST_CASE("configThatNeedsAnotherModel_isRefused")
{
    const Json unet = configOf("unet-sd15");
    for (const auto &[key, value] : std::map<std::string, Json>{{"class_embed_type", "timestep"},
                                                                {"block_out_channels", Json::array({9, 9, 9, 9})},
                                                                {"attention_head_dim", 3},
                                                                {"layers_per_block", Json::array({1})},
                                                                {"down_block_types", Json::array({"SimpleCrossAttnDownBlock2D"})},
                                                                {"cross_attention_dim", -1},
                                                                {"norm_eps", 0},
                                                                {"act_fn", "gelu"},
                                                                {"mid_block_scale_factor", 2},
                                                                {"resnet_out_scale_factor", 0.5},
                                                                {"resnet_skip_time_act", true},
                                                                {"mid_block_only_cross_attention", true},
                                                                {"cross_attention_norm", "layer_norm"},
                                                                {"attention_type", "gated"},
                                                                {"mid_block_type", nullptr},
                                                                {"norm_num_groups", nullptr}}) {
        CAPTURE(key);
        Json changed = unet;
        changed[key] = value;
        const auto config = UNetConfig::fromJson(changed);
        REQUIRE_FALSE(config);
        CHECK(config.error().code == ErrorCode::ModelFile);
        CHECK_MESSAGE(config.error().message.find('"' + key + '"') != std::string::npos, config.error().message);
    }
    for (const char *key : {"latents_mean", "latents_std"}) {
        Json changed = configOf("vae");
        CHECK(AutoencoderKlConfig::fromJson(changed));
        changed[key] = {0.1, 0.2, 0.3, 0.4};
        const auto config = AutoencoderKlConfig::fromJson(changed);
        REQUIRE_FALSE(config);
        CHECK(config.error().message == '"' + std::string(key) + "\" must be null.");
    }
    Json tiny = configOf("taesd");
    tiny["shift_factor"] = 0.1;
    CHECK(AutoencoderTinyConfig::fromJson(tiny).error().message == "\"shift_factor\" must be 0.");
}
