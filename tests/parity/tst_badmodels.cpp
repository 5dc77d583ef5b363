#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/engine.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/memoryof.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <random>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr long long mostMemory = 64 * 1024 * 1024;
const char *const unetWeights = "unet/diffusion_pytorch_model.safetensors";

/// A copy of a toy SD-Turbo that a test spoils, and an engine on it. No refusal may take more memory than is allowed.
struct Spoilt
{
    Spoilt()
        : engine(makeEngine())
    {
        REQUIRE(engine.load("model"));  // so that libtorch's own memory is there
        REQUIRE(engine.unload("model"));
        peak = memoryOf("VmHWM:");
    }

    Engine makeEngine() const
    {
        fs::copy(diffusersFolder() / "pipelines" / "toy-sd-turbo", model(), fs::copy_options::recursive);
        return Engine(EngineOptions{folder.path(), "cpu", 1, "fp32"});
    }

    fs::path model() const { return folder.path() / "model"; }

    /// The sentence with which the folder is refused.
    std::string problem()
    {
        const auto loaded = engine.load("model");
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().code == ErrorCode::ModelFile);
        CHECK_MESSAGE(loaded.error().message.find(folder.path().string()) != std::string::npos, loaded.error().message);
        CHECK(loaded.error().message.ends_with("."));
        CHECK(memoryOf("VmHWM:") - peak <= mostMemory);
        return loaded.error().message;
    }

    void checkProblem(const char *words)
    {
        const std::string text = problem();
        CHECK_MESSAGE(text.find(words) != std::string::npos, text);
    }

    void change(const std::string &file, const std::function<void(Json &)> &edit) const
    {
        Json json = Json::parse(readFile(model() / file));
        edit(json);
        writeFile(model() / file, json.dump());
    }

    /// By a file with one other weight that takes the name of the UNet's.
    void replaceUNet() const
    {
        const fs::path file = model() / unetWeights;
        std::string bytes = readFile(file);
        bytes[bytes.size() - 1] = static_cast<char>(bytes[bytes.size() - 1] ^ 1);
        writeFile(file.string() + ".new", bytes);
        fs::rename(file.string() + ".new", file);
    }

    /// Edits the header of the UNet's weights; what follows it stays.
    void changeHeader(const std::function<void(Json &)> &edit) const
    {
        const std::string bytes = readFile(model() / unetWeights);
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof length);
        Json header = Json::parse(bytes.substr(8, length));
        edit(header);
        writeFile(model() / unetWeights, safetensorsBytes(header.dump(), 0) + bytes.substr(8 + length));
    }

    TempFolder folder;
    Engine engine;
    long long peak = 0;
};

/// The name of some tensor of two dimensions.
std::string someMatrix(const Json &header)
{
    for (const auto &[name, info] : header.items())
        if (info.contains("shape") && info["shape"].size() == 2 && info["shape"][0] != info["shape"][1])
            return name;
    return {};
}

} // namespace

TEST_CASE("truncatedWeights_areRefusedAtAThousandOffsets")
{
    Spoilt spoilt;
    const fs::path file = spoilt.model() / unetWeights;
    const std::string whole = readFile(file);
    constexpr std::size_t cuts = 1000;
    for (std::size_t i = 0; i < cuts; ++i) {
        const std::size_t length = i < 100 ? i : i * whole.size() / cuts;
        CAPTURE(length);
        writeFile(file, whole.substr(0, length));
        spoilt.checkProblem("diffusion_pytorch_model.safetensors");
    }
    writeFile(file, whole);
    CHECK(spoilt.engine.load("model"));
}

/// Whatever bit of the header is wrong, the file is refused, or one of its tensors is another one, and then the model says which.
TEST_CASE("flippedHeaderBits_giveNoOtherModel")
{
    const TempFolder folder;
    const fs::path file = folder.path() / "w.safetensors";
    const std::string whole = readFile(diffusersFolder() / "unet-sd15.weights.safetensors");
    writeFile(file, whole);
    std::uint64_t length = 0;
    std::memcpy(&length, whole.data(), sizeof length);
    const auto config = UNetConfig::fromJson(Json::parse(readFile(diffusersFolder() / "unet-sd15.json")));
    REQUIRE(config);
    const int handle = ::open(file.c_str(), O_RDWR);
    REQUIRE(handle >= 0);
    const auto right = SafeTensors::open(file);
    REQUIRE(right);
    const UNet2DConditionModel model(*config);
    REQUIRE(checkStateDict(*model, *right));
    const long long peak = memoryOf("VmHWM:");
    std::mt19937_64 dice(3);
    int opened = 0, changed = 0;
    for (int flip = 0; flip < 10'000; ++flip) {
        const auto place = static_cast<off_t>(flip < 64 ? flip / 8 : dice() % (8 + length));
        const char good = whole[static_cast<std::size_t>(place)];
        const char bad = static_cast<char>(good ^ (1 << (flip < 64 ? flip % 8 : static_cast<int>(dice() % 8))));
        REQUIRE(::pwrite(handle, &bad, 1, place) == 1);
        if (const auto read = SafeTensors::open(file)) {
            ++opened;
            const auto &tensors = read->tensors();
            REQUIRE(tensors.size() == right->tensors().size());
            const auto [before, now] = std::mismatch(right->tensors().begin(), right->tensors().end(), tensors.begin());
            const bool isSame = now == tensors.end();
            CHECK((isSame || std::equal(before + 1, right->tensors().end(), now + 1)));
            const auto fits = checkStateDict(*model, *read);
            CHECK(fits.has_value() == isSame);
            if (!fits)
                CHECK_MESSAGE(fits.error().message.find(before->name) != std::string::npos, fits.error().message);
            changed += !isSame;
        }
        REQUIRE(::pwrite(handle, &good, 1, place) == 1);
    }
    ::close(handle);
    CHECK(opened < 9000);
    CHECK(changed > 1000);
    CHECK(memoryOf("VmHWM:") - peak <= mostMemory);
    CHECK(SafeTensors::open(file));
}

TEST_CASE("wrongTensors_areListed")
{
    Spoilt spoilt;
    std::string name;
    SUBCASE("missing")
    {
        spoilt.changeHeader([&](Json &header) {
            name = someMatrix(header);
            header["another.weight"] = header[name];
            header.erase(name);
        });
        const std::string text = spoilt.problem();
        CHECK_MESSAGE(text.find("Missing: " + name) != std::string::npos, text);
        CHECK_MESSAGE(text.find("Unexpected: another.weight") != std::string::npos, text);
    }
    SUBCASE("extra")
    {
        std::string bytes;
        spoilt.changeHeader([](Json &header) { header["extra.empty"] = {{"dtype", "F16"}, {"shape", {0}}, {"data_offsets", {0, 0}}}; });
        spoilt.checkProblem("Unexpected: extra.empty");
    }
    SUBCASE("another shape")
    {
        spoilt.changeHeader([&](Json &header) {
            name = someMatrix(header);
            std::swap(header[name]["shape"][0], header[name]["shape"][1]);
        });
        const std::string text = spoilt.problem();
        CHECK_MESSAGE(text.find("Of another shape: " + name) != std::string::npos, text);
    }
    SUBCASE("another type")
    {
        for (const char *type : {"I16", "U16"}) {
            spoilt.changeHeader([&](Json &header) {
                name = someMatrix(header);
                header[name]["dtype"] = type;
            });
            const std::string text = spoilt.problem();
            CHECK_MESSAGE(text.find("Tensor \"" + name + '"') != std::string::npos, text);
            CHECK_MESSAGE(text.find(type) != std::string::npos, text);
        }
    }
    SUBCASE("too many to list")
    {
        spoilt.changeHeader([](Json &header) {
            for (int i = 0; i < 10'000; ++i)
                header["extra." + std::to_string(i)] = {{"dtype", "F16"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
        });
        CHECK(spoilt.problem().size() < 2000);
    }
}

/// Said when the model is added, not when it draws first.
TEST_CASE("whatCannotBeDrawnWith_isNotAdded")
{
    Spoilt spoilt;
    const auto refused = [&] {
        const auto added = spoilt.engine.add("added", spoilt.model());
        REQUIRE_FALSE(added);
        return added.error().message;
    };
    const auto checkRefused = [&](const char *words) {
        const std::string text = refused();
        CHECK_MESSAGE(text.find(words) != std::string::npos, text);
    };
    SUBCASE("eight bits")
    {
        const fs::path file = spoilt.model() / unetWeights;
        const std::string whole = readFile(file);
        std::uint64_t length = 0;
        std::memcpy(&length, whole.data(), sizeof length);
        for (const char *type : {"F8_E4M3", "F8_E5M2", "I8"}) {
            Json header = Json::parse(whole.substr(8, length));
            header.erase("__metadata__");
            for (auto &[name, info] : header.items()) {
                REQUIRE(info["dtype"] == "F16");
                info["dtype"] = type;
                for (Json &offset : info["data_offsets"])
                    offset = offset.get<std::uint64_t>() / 2;
            }
            writeFile(file, safetensorsBytes(header.dump(), (whole.size() - 8 - length) / 2));
            checkRefused(("has the type " + std::string(type)).c_str());
            checkRefused("F16, BF16 or F32");
            checkRefused("Tensor \"");
        }
    }
    SUBCASE("no vocabulary")
    {
        fs::remove(spoilt.model() / "tokenizer/merges.txt");
        checkRefused("merges.txt. Download the whole model again.");
        writeFile(spoilt.model() / "tokenizer/tokenizer.json", "{}");
        checkRefused("tokenizer.json beside it is not read");
    }
    SUBCASE("another vocabulary")
    {
        writeFile(spoilt.model() / "tokenizer/merges.txt", "a b c d\n");
        checkRefused("merges");
    }
}

TEST_CASE("configurationThatNoWeightsCanFill_isRefused")
{
    Spoilt spoilt;
    SUBCASE("wider")
    {
        spoilt.change("unet/config.json", [](Json &json) { json["block_out_channels"] = {4096, 8192}; });
        spoilt.checkProblem("unet");
    }
    SUBCASE("more layers")
    {
        spoilt.change("unet/config.json", [](Json &json) { json["transformer_layers_per_block"] = 64; });
        spoilt.checkProblem("Missing: ");
        spoilt.change("unet/config.json", [](Json &json) { json["layers_per_block"] = 16; });
        spoilt.checkProblem("transformers, more than 512");
    }
    SUBCASE("a larger vocabulary")
    {
        spoilt.change("text_encoder/config.json", [](Json &json) { json["vocab_size"] = 1'000'000; });
        spoilt.checkProblem("text_encoder");
    }
    SUBCASE("a deeper text encoder")
    {
        spoilt.change("text_encoder/config.json", [](Json &json) {
            json["num_hidden_layers"] = 128;
            json["intermediate_size"] = 65536;
        });
        spoilt.checkProblem("text_encoder");
    }
    SUBCASE("another autoencoder")
    {
        spoilt.change("vae/config.json", [](Json &json) { json["layers_per_block"] = 16; });
        spoilt.checkProblem("vae");
    }
}

TEST_CASE("otherFilesUnderAFalseName_areNeverRead")
{
    Spoilt spoilt;
    const fs::path file = spoilt.model() / unetWeights;
    for (const auto &[bytes, words] : std::vector<std::pair<std::string, const char *>>{{"PK\x03\x04" + std::string(1000, 'x'), "PyTorch archive"},
                                                                                        {"\x80\x02}q\x01." + std::string(1000, 'x'), "pickle"},
                                                                                        {"GGUF\x03" + std::string(1000, '\0'), "GGUF"},
                                                                                        {"<!doctype html>" + std::string(1000, ' '), "web page"},
                                                                                        {std::string(), "0 bytes"}}) {
        writeFile(file, bytes);
        spoilt.checkProblem(words);
    }
}

TEST_CASE("whatIsNoFile_isRefused")
{
    Spoilt spoilt;
    const fs::path file = spoilt.model() / unetWeights;
    fs::remove(file);
    SUBCASE("links in a circle")
    {
        fs::create_symlink("b.safetensors", file);
        fs::create_symlink(file.filename(), file.parent_path() / "b.safetensors");
        spoilt.checkProblem("diffusion_pytorch_model.safetensors");
    }
    SUBCASE("a folder that is in itself")
    {
        fs::remove_all(spoilt.model() / "unet");
        fs::create_directory_symlink(".", spoilt.model() / "unet");
        spoilt.checkProblem("config.json");
    }
    SUBCASE("a link to nothing")
    {
        fs::create_symlink("/nowhere/at/all", file);
        spoilt.checkProblem("diffusion_pytorch_model.safetensors");
    }
    SUBCASE("a folder")
    {
        fs::create_directory(file);
        spoilt.checkProblem("is not a file");
    }
    SUBCASE("a pipe that nobody writes to")
    {
        REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
        spoilt.checkProblem("is not a file");
    }
    SUBCASE("a device without an end")
    {
        fs::create_symlink("/dev/zero", file);
        spoilt.checkProblem("is not a file");
    }
    SUBCASE("a configuration without an end")
    {
        fs::remove(spoilt.model() / "unet/config.json");
        fs::create_symlink("/dev/zero", spoilt.model() / "unet/config.json");
        spoilt.checkProblem("is not a file");
    }
}

/// Parts are read one by one: the text's features of the old files and the UNet of the new ones would be a picture of neither.
TEST_CASE("fileReplacedBetweenParts_isSaidAndDescribedAnew")
{
    Spoilt spoilt;
    ModelInfo info;
    for (const ModelInfo &one : spoilt.engine.models())
        if (one.id == "model")
            info = one;
    REQUIRE(info.leastBytes < info.neededBytes);
    Engine parts(EngineOptions{spoilt.folder.path(), "cpu", 1, "fp32", info.neededBytes - 1});
    RenderRequest request;
    request.model = "model";
    request.size = {48, 32};
    request.prompt = "a red apple";
    const auto before = parts.render(request, {}, {});
    REQUIRE_MESSAGE(before, (before ? "" : before.error().message));
    const auto checkReplaced = [&](const Result<RenderResult> &result) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::ModelFile);
        CHECK_MESSAGE(result.error().message.find("was replaced") != std::string::npos, result.error().message);
        CHECK_MESSAGE(result.error().message.find(unetWeights) != std::string::npos, result.error().message);
    };
    const auto checkFresh = [&](const std::string &revision) {
        Engine fresh(EngineOptions{spoilt.folder.path(), "cpu", 1, "fp32"});
        const auto expected = fresh.render(request, {}, {});
        const auto now = parts.render(request, {}, {});
        REQUIRE(expected);
        REQUIRE_MESSAGE(now, (now ? "" : now.error().message));
        CHECK(now->revision == expected->revision);
        CHECK(now->revision != revision);
        CHECK(now->picture == expected->picture);
        return now->revision;
    };
    spoilt.replaceUNet();
    checkReplaced(parts.render(request, {}, {}));
    const std::string second = checkFresh(before->revision);

    // While the first part is read.
    RenderRequest other = request;
    other.prompt = "a green pear";
    bool isReplaced = false;
    RenderObserver observer;
    observer.loading = [&](std::uint64_t, std::uint64_t) {
        if (!std::exchange(isReplaced, true))
            spoilt.replaceUNet();
    };
    checkReplaced(parts.render(other, observer, {}));
    REQUIRE(isReplaced);
    request = other;
    checkFresh(second);

    // One that is loaded whole, and is loaded again as others needed its place.
    Engine whole(EngineOptions{spoilt.folder.path(), "cpu", 1, "fp32"});
    isReplaced = false;
    checkReplaced(whole.render(other, observer, {}));
    CHECK(whole.render(other, {}, {}));
}

/// The mapping keeps the old file when another takes its name; the next load sees the new one.
TEST_CASE("replacedFile_isAnotherModel")
{
    Spoilt spoilt;
    const auto before = spoilt.engine.load("model");
    REQUIRE(before);
    RenderRequest request;
    request.model = "model";
    request.size = {48, 32};
    const auto picture = spoilt.engine.render(request, {}, {});
    REQUIRE(picture);
    spoilt.replaceUNet();
    CHECK(spoilt.engine.render(request, {}, {})->picture == picture->picture);
    const auto after = spoilt.engine.load("model");
    REQUIRE(after);
    CHECK(after->revision != before->revision);
}
