#include "tests/parity/support/files.h"

#include "testpaths.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <nlohmann/json.hpp>
#include <stdlib.h>

namespace Galley {

namespace fs = std::filesystem;

TempFolder::TempFolder()
{
    std::string name = (fs::temp_directory_path() / "galley-test-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw std::runtime_error("no temporary folder");
    m_path = name;
}

TempFolder::~TempFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string readFile(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const fs::path &path, const std::string &bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush())
        throw std::runtime_error("cannot write " + path.string());
}

fs::path goldenFolder()
{
    return fs::path(GALLEY_SOURCE_DIR) / "tests" / "parity" / "data" / "draft";
}

fs::path diffusersFolder()
{
    return fs::path(GALLEY_SOURCE_DIR) / "tests" / "parity" / "data" / "diffusers";
}

fs::path shippedModels()
{
    return fs::path(GALLEY_SOURCE_DIR) / "resources" / "models";
}

std::string safetensorsBytes(const std::string &header, std::size_t bufferBytes)
{
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(header.size()) >> (8 * i));
    return bytes + header + std::string(bufferBytes, '\1');
}

void makeToyModel(const fs::path &models, const std::string &golden)
{
    using Json = nlohmann::ordered_json;
    const fs::path folder = models / "galley-draft";
    fs::create_directories(folder);
    const Json described = Json::parse(readFile(goldenFolder() / (golden + ".json")));
    const Json &config = described["config"];
    const Json draft{{"config", config},
                     {"native", 64},
                     {"buckets", Json::array({Json::array({64, 64}), Json::array({96, 64})})},
                     {"steps", Json{{"default", 2}, {"max", 4}}},
                     {"styles", Json::array({"", "flat", "outline"})},
                     {"confidence", Json{{"a", 12.0}, {"b", -8.0}, {"threshold", 0.5}}}};
    writeFile(folder / "draft.json", draft.dump(1));
    fs::copy_file(goldenFolder() / (golden + ".weights.safetensors"), folder / "draft.safetensors", fs::copy_options::overwrite_existing);

    const std::size_t rows = config["vocab_size"];
    const std::size_t dim = config["text_dim"];
    std::string vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n##s";
    for (std::size_t i = 6; i < rows; ++i)
        vocabulary += "\nw" + std::to_string(i - 6);
    const std::size_t tableEnd = rows * dim;
    const std::size_t scaleEnd = tableEnd + 2 * rows;
    Json header{{"table", Json{{"dtype", "I8"}, {"shape", {rows, dim}}, {"data_offsets", {std::size_t{0}, tableEnd}}}},
                {"scale", Json{{"dtype", "F16"}, {"shape", {rows}}, {"data_offsets", {tableEnd, scaleEnd}}}},
                {"vocab", Json{{"dtype", "U8"}, {"shape", {vocabulary.size()}}, {"data_offsets", {scaleEnd, scaleEnd + vocabulary.size()}}}}};
    std::string bytes = safetensorsBytes(header.dump(), 0);
    for (std::size_t i = 0; i < tableEnd; ++i)
        bytes += static_cast<char>((static_cast<std::uint32_t>(i + 1) * 2654435761u >> 16) % 255 - 127);
    for (std::size_t i = 0; i < rows; ++i)
        bytes += std::string("\x00\x20", 2);  // 2^-7
    writeFile(folder / "text.safetensors", bytes + vocabulary);
}

} // namespace Galley
