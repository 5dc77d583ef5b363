#include "core/engines/local/frames.h"

#include <QCoreApplication>
#include <QtEndian>

#include <cmath>
#include <cstring>
#include <limits>

namespace Galley {

namespace {

constexpr qsizetype headerBytes = 8;
constexpr int maxDepth = 64;
constexpr int maxSide = 16384;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::WorkerFrame", text);
}

tl::unexpected<Error> garbage(const QString &detail)
{
    return fail(ErrorCode::WorkerFailed,
                tr("The drawing worker sent something that is not an answer. It will be started again."), detail);
}

struct AttachmentInfo
{
    qsizetype offset = 0;
    qsizetype bytes = 0;
    int width = 0;
    int height = 0;
    QString format;
};

/// Checks one entry of "attachments" against the \a available bytes.
std::optional<AttachmentInfo> readAttachment(const Json &entry, qsizetype available)
{
    if (!entry.is_object() || stringAt(entry, "name").isEmpty())
        return std::nullopt;
    const auto offset = integerAt(entry, "offset", 0, available);
    const auto bytes = integerAt(entry, "bytes", 0, available);
    if (!offset || !bytes || *bytes > available - *offset)
        return std::nullopt;
    AttachmentInfo info{qsizetype(*offset), qsizetype(*bytes), 0, 0, stringAt(entry, "format")};
    if (info.format == QLatin1String("rgba8")) {
        const auto width = integerAt(entry, "width", 1, maxSide);
        const auto height = integerAt(entry, "height", 1, maxSide);
        if (!width || !height || *width * *height * 4 != *bytes)
            return std::nullopt;
        info.width = int(*width);
        info.height = int(*height);
    }
    return info;
}

std::optional<AttachmentInfo> findAttachment(const WorkerFrame &frame, const QString &name)
{
    const auto list = frame.message.find("attachments");
    if (list == frame.message.end() || !list->is_array())
        return std::nullopt;
    for (const Json &entry : *list) {
        if (stringAt(entry, "name") == name)
            return readAttachment(entry, frame.attachment.size());
    }
    return std::nullopt;
}

/// What is wrong with \a frame, for the log; empty when it is well-formed.
QString frameProblem(const WorkerFrame &frame)
{
    if (!frame.message.is_object())
        return QStringLiteral("the message is not an object");
    if (frame.type().isEmpty())
        return QStringLiteral("the message has no type");
    const auto list = frame.message.find("attachments");
    if (list == frame.message.end())
        return {};
    if (!list->is_array())
        return QStringLiteral("\"attachments\" is not a list");
    for (const Json &entry : *list) {
        if (!readAttachment(entry, frame.attachment.size()))
            return QStringLiteral("an attachment lies outside the bytes that came, or its size is wrong: ")
                + QString::fromUtf8(dumpJson(entry).left(200));
    }
    return {};
}

} // namespace

QString WorkerFrame::type() const
{
    return stringAt(message, "type");
}

QString WorkerFrame::id() const
{
    return stringAt(message, "id");
}

Result<QByteArray> WorkerFrame::bytes(const QString &name) const
{
    const auto info = findAttachment(*this, name);
    if (!info)
        return garbage(QStringLiteral("no attachment \"%1\"").arg(name));
    return attachment.mid(info->offset, info->bytes);
}

Result<QImage> WorkerFrame::picture(const QString &name) const
{
    const auto info = findAttachment(*this, name);
    if (!info || info->width == 0)
        return garbage(QStringLiteral("no picture \"%1\"").arg(name));
    QImage image(info->width, info->height, QImage::Format_RGBA8888_Premultiplied);
    if (image.isNull())
        return fail(ErrorCode::OutOfMemory, tr("There is not enough memory for a picture of %1 × %2 pixels.").arg(info->width).arg(info->height));
    const qsizetype row = qsizetype(info->width) * 4;
    for (int y = 0; y < info->height; ++y)
        std::memcpy(image.scanLine(y), attachment.constData() + info->offset + y * row, size_t(row));
    return image;
}

Result<QByteArray> writeFrame(const WorkerFrame &frame)
{
    const QByteArray json = dumpJson(frame.message);
    if (json.size() > qsizetype(WorkerFrame::maxJsonBytes) || frame.attachment.size() > qsizetype(WorkerFrame::maxAttachmentBytes)) {
        return fail(ErrorCode::TooLarge, tr("This request is too large for the drawing worker. Shorten the words or take a smaller picture."),
                    QStringLiteral("%1 bytes of JSON, %2 bytes attached").arg(json.size()).arg(frame.attachment.size()));
    }
    QByteArray bytes(headerBytes, Qt::Uninitialized);
    qToLittleEndian(quint32(json.size()), bytes.data());
    qToLittleEndian(quint32(frame.attachment.size()), bytes.data() + 4);
    bytes += json;
    bytes += frame.attachment;
    return bytes;
}

void FrameReader::append(const QByteArray &bytes)
{
    if (!m_error)
        m_buffer += bytes;
}

Result<std::optional<WorkerFrame>> FrameReader::next()
{
    if (m_error)
        return fail(*m_error);
    const auto refuse = [this](const tl::unexpected<Error> &error) {
        m_error = error.value();
        m_buffer.clear();
        m_offset = 0;
        return fail(*m_error);
    };
    if (buffered() < headerBytes)
        return std::nullopt;
    const char *header = m_buffer.constData() + m_offset;
    const quint32 jsonBytes = qFromLittleEndian<quint32>(header);
    const quint32 attachmentBytes = qFromLittleEndian<quint32>(header + 4);
    // Checked before the rest is awaited: a wild length must not make us collect gigabytes.
    if (jsonBytes == 0 || jsonBytes > WorkerFrame::maxJsonBytes || attachmentBytes > WorkerFrame::maxAttachmentBytes)
        return refuse(garbage(QStringLiteral("frame header %1 + %2 bytes").arg(jsonBytes).arg(attachmentBytes)));
    const qsizetype total = headerBytes + qsizetype(jsonBytes) + qsizetype(attachmentBytes);
    if (buffered() < total)
        return std::nullopt;

    auto parsed = parseJson(m_buffer.mid(m_offset + headerBytes, jsonBytes), QStringLiteral("frame"),
                            {qsizetype(WorkerFrame::maxJsonBytes), maxDepth});
    if (!parsed)
        return refuse(garbage(parsed.error().message));
    WorkerFrame frame{std::move(*parsed), m_buffer.mid(m_offset + headerBytes + jsonBytes, attachmentBytes)};
    const QString problem = frameProblem(frame);
    if (!problem.isEmpty())
        return refuse(garbage(problem));
    m_offset += total;
    if (m_offset == m_buffer.size()) {
        m_buffer.clear();
        m_offset = 0;
    } else if (m_offset > 1024 * 1024) {
        m_buffer.remove(0, m_offset);
        m_offset = 0;
    }
    return frame;
}

std::optional<qint64> integerAt(const Json &object, const char *key, qint64 low, qint64 high)
{
    if (!object.is_object())
        return std::nullopt;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer())
        return std::nullopt;
    if (found->is_number_unsigned() && found->get<quint64>() > quint64(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    const qint64 value = found->get<qint64>();
    return value < low || value > high ? std::nullopt : std::optional(value);
}

std::optional<double> numberAt(const Json &object, const char *key)
{
    if (!object.is_object())
        return std::nullopt;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    const double value = found->get<double>();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

QString stringAt(const Json &object, const char *key)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    return found == object.end() ? QString() : toQString(*found);
}

} // namespace Galley
