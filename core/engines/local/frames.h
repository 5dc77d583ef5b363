#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QImage>

#include <optional>

namespace Galley {

/// One message between Galley and its worker: a JSON object with a "type", and raw bytes that its "attachments" describe.
struct WorkerFrame
{
    static constexpr quint32 maxJsonBytes = 1024 * 1024;
    static constexpr quint32 maxAttachmentBytes = 256 * 1024 * 1024;

    Json message;
    QByteArray attachment;

    QString type() const;
    QString id() const;  ///< empty when there is none

    /// The bytes of the attachment called \a name; an error when it is missing.
    Result<QByteArray> bytes(const QString &name) const;
    /// The rgba8 attachment called \a name as a premultiplied picture.
    Result<QImage> picture(const QString &name) const;
};

/// The bytes of \a frame, header first. Fails when a limit of the protocol is exceeded.
Result<QByteArray> writeFrame(const WorkerFrame &frame);

/// Cuts a stream of bytes into frames. Nothing is trusted: lengths are checked before anything is kept, JSON is parsed strictly,
/// every attachment must lie inside the bytes that came. After an error the stream cannot be used any more. Not thread-safe.
class FrameReader
{
public:
    void append(const QByteArray &bytes);

    /// The next whole frame; nothing yet when bytes are missing; an error when the stream is not ours.
    Result<std::optional<WorkerFrame>> next();

    qsizetype buffered() const { return m_buffer.size() - m_offset; }

private:
    QByteArray m_buffer;
    qsizetype m_offset = 0;
    std::optional<Error> m_error;
};

/// Reads a whole number between \a low and \a high at \a key of \a object; nothing when it is absent or anything else.
std::optional<qint64> integerAt(const Json &object, const char *key, qint64 low, qint64 high);
/// Reads a finite number.
std::optional<double> numberAt(const Json &object, const char *key);
/// Reads a string; empty when it is absent or anything else.
QString stringAt(const Json &object, const char *key);

} // namespace Galley
