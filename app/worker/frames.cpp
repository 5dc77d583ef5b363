#include "app/worker/frames.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace Galley {

namespace {

std::uint32_t littleEndian32(const std::uint8_t *bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 | static_cast<std::uint32_t>(bytes[2]) << 16
           | static_cast<std::uint32_t>(bytes[3]) << 24;
}

void putLittleEndian32(std::uint32_t value, std::uint8_t *bytes)
{
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

constexpr std::uint64_t absent = UINT64_MAX;

std::uint64_t unsignedField(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : absent;
}

/// How many bytes one item must have by its format and sides; absent when the description is wrong.
std::uint64_t describedBytes(const Json &item)
{
    const auto format = item.find("format");
    if (format == item.end() || !format->is_string())
        return absent;
    const bool picture = *format == "rgba8";
    if (!picture && *format != "f32")
        return absent;
    const auto a = unsignedField(item, picture ? "width" : "rows");
    const auto b = unsignedField(item, picture ? "height" : "columns");
    return a > maxAttachmentBytes || b > maxAttachmentBytes ? absent : a * b * 4;
}

} // namespace

FrameReader::FrameReader(int fd)
    : m_fd(fd)
{
}

std::size_t FrameReader::readBytes(std::span<std::uint8_t> target)
{
    std::size_t done = 0;
    while (done < target.size()) {
        const ssize_t count = ::read(m_fd, target.data() + done, target.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

FrameReader::Status FrameReader::bad(std::string problem)
{
    m_problem = std::move(problem);
    return Status::Bad;
}

FrameReader::Status FrameReader::read(Frame &frame)
{
    std::array<std::uint8_t, 8> header;
    const std::size_t got = readBytes(header);
    if (got == 0)
        return Status::End;
    if (got < header.size())
        return bad("The input ended inside a frame header.");
    const std::uint32_t jsonBytes = littleEndian32(header.data());
    const std::uint32_t attachmentBytes = littleEndian32(header.data() + 4);
    if (jsonBytes == 0 || jsonBytes > maxJsonBytes)
        return bad("A frame announces " + std::to_string(jsonBytes) + " bytes of JSON; 1 to 1048576 are allowed.");
    if (attachmentBytes > maxAttachmentBytes)
        return bad("A frame announces " + std::to_string(attachmentBytes) + " attachment bytes; at most 268435456 are allowed.");

    std::string text(jsonBytes, '\0');
    if (readBytes({reinterpret_cast<std::uint8_t *>(text.data()), text.size()}) < text.size())
        return bad("The input ended inside a message.");
    std::string problem;
    auto message = parseMessage(text, problem);
    if (!message)
        return bad(std::move(problem));

    // Grows with what really arrives, so that a false announcement costs nothing.
    constexpr std::size_t part = 1024 * 1024;
    frame.attachment.clear();
    while (frame.attachment.size() < attachmentBytes) {
        const std::size_t begin = frame.attachment.size();
        const std::size_t count = std::min<std::size_t>(part, attachmentBytes - begin);
        frame.attachment.resize(begin + count);
        if (readBytes(std::span(frame.attachment).subspan(begin)) < count)
            return bad("The input ended inside an attachment.");
    }
    if (std::string wrong = attachmentProblem(*message, attachmentBytes); !wrong.empty())
        return bad(std::move(wrong));
    frame.message = std::move(*message);
    return Status::Frame;
}

FrameWriter::FrameWriter(int fd)
    : m_fd(fd)
{
}

bool FrameWriter::writeBytes(std::span<const std::uint8_t> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(m_fd, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

bool FrameWriter::write(const Json &message, std::span<const std::uint8_t> attachment)
{
    const std::string text = message.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > maxJsonBytes || attachment.size() > maxAttachmentBytes)
        return false;
    std::vector<std::uint8_t> head(8 + text.size());
    putLittleEndian32(static_cast<std::uint32_t>(text.size()), head.data());
    putLittleEndian32(static_cast<std::uint32_t>(attachment.size()), head.data() + 4);
    std::memcpy(head.data() + 8, text.data(), text.size());
    const std::lock_guard lock(m_mutex);
    if (!m_failed)
        m_failed = !writeBytes(head) || !writeBytes(attachment);
    return !m_failed;
}

std::optional<Json> parseMessage(std::string_view text, std::string &problem)
{
    bool tooDeep = false;
    const auto watchDepth = [&tooDeep](int depth, Json::parse_event_t, const Json &) {
        tooDeep = tooDeep || depth > maxJsonDepth;
        return !tooDeep;
    };
    Json message = Json::parse(text, watchDepth, false);
    if (tooDeep)
        problem = "A message is nested deeper than " + std::to_string(maxJsonDepth) + " levels.";
    else if (!message.is_object())
        problem = "A message is not a JSON object in UTF-8.";
    else
        return message;
    return std::nullopt;
}

std::string attachmentProblem(const Json &message, std::size_t bytes)
{
    const auto found = message.find("attachments");
    if (found == message.end())
        return bytes == 0 ? "" : "A message has attachment bytes that it does not describe.";
    if (!found->is_array() || found->size() > 64)
        return "\"attachments\" is not a list of at most 64 items.";
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const Json &item : *found) {
        if (!item.is_object() || !item.contains("name") || !item["name"].is_string())
            return "An attachment needs a name.";
        const std::uint64_t wanted = describedBytes(item);
        const std::uint64_t offset = unsignedField(item, "offset");
        const std::uint64_t size = unsignedField(item, "bytes");
        if (wanted == absent || size != wanted)
            return "An attachment needs a known format, its sides and the bytes that agree with them.";
        if (offset > bytes || size > bytes - offset)
            return "An attachment lies outside the bytes of its frame.";
        ranges.emplace_back(offset, offset + size);
    }
    std::sort(ranges.begin(), ranges.end());
    for (std::size_t i = 1; i < ranges.size(); ++i)
        if (ranges[i].first < ranges[i - 1].second)
            return "Two attachments overlap.";
    return {};
}

} // namespace Galley
