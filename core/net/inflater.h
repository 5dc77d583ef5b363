#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace Galley {

/// Undoes `Content-Encoding: gzip` and `deflate` piece by piece. Galley never asks for compression (pictures are compressed already), but some
/// servers compress whatever they are told.
class Inflater
{
public:
    Inflater();
    ~Inflater();

    /// Appends what \a bytes hold to \a out, as long as that grows by \a room bytes at most; false for bytes that are no gzip or more than fit.
    bool append(QByteArrayView bytes, qint64 room, QByteArray &out);
    bool hadTooMuch() const { return m_tooMuch; }
    bool isComplete() const { return m_complete; }

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_tooMuch = false;
    bool m_complete = false;
};

} // namespace Galley
