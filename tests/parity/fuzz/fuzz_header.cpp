// libFuzzer: the header text of a safetensors file, the checks of its layout through a file of the same bytes, and the same bytes as a packed file.
#include "core/diffusion/checkpoint/safetensorsheader.h"

#include <cstdint>
#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

using namespace Galley::Diffusion;

namespace {

/// A file without a name on any disk.
const std::string &path()
{
    static const int handle = ::memfd_create("fuzz", 0);
    static const std::string name = "/proc/self/fd/" + std::to_string(handle);
    return name;
}

void write(const std::uint8_t *data, std::size_t size)
{
    const int handle = std::atoi(path().c_str() + sizeof("/proc/self/fd/") - 1);
    if (::ftruncate(handle, 0) != 0 || ::pwrite(handle, data, size, 0) != static_cast<ssize_t>(size))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // What the header says after its length is parsed even when the length is wrong.
    if (size > 8)
        (void)parseSafetensorsHeader({reinterpret_cast<const char *>(data) + 8, size - 8});
    write(data, size);
    if (const auto packed = MappedFile::openPacked(path()); packed && packed->size() <= 1024 * 1024) {
        std::string bytes(packed->size(), '\0');
        const auto all = std::as_writable_bytes(std::span(bytes));
        (void)packed->copy(0, all.first(all.size() / 2));
        (void)packed->copy(0, all);
    }
    const auto file = SafeTensors::open(path());
    if (!file) {
        if (file.error().message.empty())
            std::abort();
        return 0;
    }
    std::uint64_t end = 0;
    for (const TensorInfo &tensor : file->tensors()) {
        if (tensor.begin != end || file->find(tensor.name) != &tensor)
            std::abort();
        end = tensor.end;
        std::string bytes(tensor.bytes(), '\0');
        if (!file->copy(tensor, std::as_writable_bytes(std::span(bytes))))
            std::abort();
    }
    return 0;
}
