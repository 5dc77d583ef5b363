#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace Galley {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t maxJsonBytes = 1024 * 1024;
constexpr std::uint32_t maxAttachmentBytes = 256 * 1024 * 1024;
constexpr int maxJsonDepth = 64;

/// One message of the protocol (PROTOCOL.md).
struct Frame
{
    Json message;
    std::vector<std::uint8_t> attachment;
};

/// Reads frames from a descriptor, which it does not own. Blocks; one thread.
class FrameReader
{
public:
    enum class Status { Frame, End, Bad };

    explicit FrameReader(int fd);

    /// On Bad, problem() is a sentence and nothing more can be read.
    Status read(Frame &frame);
    const std::string &problem() const { return m_problem; }

private:
    std::size_t readBytes(std::span<std::uint8_t> target);
    Status bad(std::string problem);

    int m_fd;
    std::string m_problem;
};

/// Writes whole frames to a descriptor, which it does not own. Any thread.
class FrameWriter
{
public:
    explicit FrameWriter(int fd);

    /// False once the other side is gone or the message breaks the limits.
    bool write(const Json &message, std::span<const std::uint8_t> attachment = {});

private:
    bool writeBytes(std::span<const std::uint8_t> bytes);

    int m_fd;
    std::mutex m_mutex;
    bool m_failed = false;
};

/// Parses one message: an object, nested at most maxJsonDepth deep. Nothing, with a sentence in \a problem, otherwise.
std::optional<Json> parseMessage(std::string_view text, std::string &problem);

/// Checks "attachments" against the bytes that came: names, ranges, formats, sizes. Empty when all is well.
std::string attachmentProblem(const Json &message, std::size_t bytes);

} // namespace Galley
