#pragma once

#include "core/net/httpclient.h"

#include <QByteArrayView>

#include <memory>

namespace Galley {

class Inflater;

/// Reads one HTTP/1.1 answer (RFC 9112) out of bytes as they arrive, however they are split. Knows no socket. Every limit holds while bytes come
/// in: nothing is kept that is over it. Interim answers (1xx) are skipped. Errors are Ambiguous and name \a place.
class ResponseReader
{
public:
    ResponseReader(const QByteArray &method, const HttpLimits &limits, const QString &place);
    ~ResponseReader();

    /// Takes the next bytes; after an error or the end nothing more is read.
    Result<void> append(QByteArrayView bytes);
    /// The connection was closed: fine when the body runs until then, otherwise the answer was cut.
    Result<void> finish();

    bool hasHeaders() const { return m_state != State::Head; }
    bool isComplete() const { return m_state == State::Complete; }
    int status() const { return m_reply.status; }
    qint64 bytesReceived() const { return m_received; }
    const HttpReply &reply() const { return m_reply; }

    /// The body so far, decompressed; the reader forgets it. For an event stream it is taken again and again.
    QByteArray takeBody();

private:
    enum class State { Head, Length, ChunkSize, ChunkData, ChunkEnd, Trailer, UntilClose, Complete };

    Result<qsizetype> readHead(QByteArrayView bytes);
    Result<void> parseHead(const QByteArray &head);
    Result<void> parseHeaderLines(const QList<QByteArray> &lines);
    Result<void> chooseBody();
    Result<void> chooseEncoding();
    Result<qsizetype> readBody(QByteArrayView bytes);
    Result<qsizetype> readChunkLine(QByteArrayView bytes);
    Result<void> takeChunkLine();
    Result<qsizetype> takeData(QByteArrayView bytes);
    Result<void> complete();

    tl::unexpected<Error> broken(const QString &detail) const;
    tl::unexpected<Error> tooLarge(const QString &what, qint64 limit) const;

    QByteArray m_method;
    HttpLimits m_limits;
    QString m_place;
    State m_state = State::Head;
    QByteArray m_line;          ///< the head, or a line of the chunked encoding, as far as it has come
    qint64 m_headerBytes = 0;   ///< heads of interim answers, trailers and chunk lines included
    qint64 m_left = 0;          ///< of the length or the chunk
    qint64 m_received = 0;      ///< body bytes as they came
    qint64 m_decoded = 0;       ///< body bytes after decompression
    HttpReply m_reply;
    std::unique_ptr<Inflater> m_inflater;
};

} // namespace Galley
