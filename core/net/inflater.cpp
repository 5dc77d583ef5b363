#include "core/net/inflater.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace Galley {

struct Inflater::Stream
{
    z_stream z{};
    bool ok = false;

    Stream() { ok = inflateInit2(&z, MAX_WBITS + 32) == Z_OK; }  // + 32: gzip or zlib, by the first bytes
    ~Stream() { inflateEnd(&z); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;
};

Inflater::Inflater()
    : m_stream(std::make_unique<Stream>())
{}

Inflater::~Inflater() = default;

bool Inflater::append(QByteArrayView bytes, qint64 room, QByteArray &out)
{
    z_stream &z = m_stream->z;
    if (!m_stream->ok || m_complete)
        return m_stream->ok;
    std::array<char, 64 * 1024> piece;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    z.avail_in = uInt(bytes.size());
    int outcome = Z_OK;
    do {
        z.next_out = reinterpret_cast<Bytef *>(piece.data());
        z.avail_out = uInt(piece.size());
        outcome = inflate(&z, Z_NO_FLUSH);
        if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
            return false;
        const auto got = qsizetype(piece.size() - z.avail_out);
        if (got > room) {
            m_tooMuch = true;
            return false;
        }
        room -= got;
        out.append(piece.data(), got);
    } while (outcome != Z_STREAM_END && (z.avail_in > 0 || z.avail_out == 0) && outcome != Z_BUF_ERROR);
    m_complete = outcome == Z_STREAM_END;
    return true;
}

} // namespace Galley
