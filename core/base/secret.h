#pragma once

#include <QByteArray>

#include <utility>

namespace Galley {

/// An API key or password. Cannot be printed, logged, compared with text or turned into JSON by accident: whoever needs the bytes says
/// reveal(), so that every place that touches a key is found by one search. A plain value.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {}

    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &reveal() const { return m_bytes; }

    bool operator==(const Secret &) const = default;

private:
    QByteArray m_bytes;
};

} // namespace Galley
