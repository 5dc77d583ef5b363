#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace Galley {

/// A new folder below the system's temporary one; goes with the object.
class TempFolder
{
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder &) = delete;
    TempFolder &operator=(const TempFolder &) = delete;

    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

std::string readFile(const std::filesystem::path &path);
void writeFile(const std::filesystem::path &path, const std::string &bytes);

/// tests/parity/data/draft
std::filesystem::path goldenFolder();
/// tests/parity/data/diffusers
std::filesystem::path diffusersFolder();
/// resources/models
std::filesystem::path shippedModels();

/// The bytes of a safetensors file with this header text and this many buffer bytes.
std::string safetensorsBytes(const std::string &header, std::size_t bufferBytes);

/// A model folder `<models>/galley-draft` of toy width from the golden files, with a text table of its own: words w0, w1, …, w57.
void makeToyModel(const std::filesystem::path &models, const std::string &golden = "square");

} // namespace Galley
