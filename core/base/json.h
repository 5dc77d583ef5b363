#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>

namespace Galley {

/// Keeps the order of keys, which is part of several of our formats.
using Json = nlohmann::ordered_json;

/// What a JSON text from outside may not exceed.
struct JsonLimits
{
    qsizetype bytes = 10 * 1024 * 1024;
    int depth = 32;
    std::size_t members = 5000;  ///< of one object: looking a key up takes time for each member before it
};

/// Parses \a text from outside: a byte order mark is skipped; size, depth, too many members, duplicate keys, invalid UTF-8, NaN and trailing
/// text are errors. The sentence names \a name, the line and the column.
Result<Json> parseJson(const QByteArray &text, const QString &name, const JsonLimits &limits = {});

/// UTF-8, compact (\a indent < 0) or indented by \a indent spaces. Invalid UTF-16 becomes U+FFFD.
QByteArray dumpJson(const Json &json, int indent = -1);

/// SHA-256 of \a json with sorted keys and no spaces, in lower-case hex: the digest of requests.
QString canonicalDigest(const Json &json);

inline QString toQString(const Json &json)
{
    return json.is_string() ? QString::fromStdString(json.get_ref<const std::string &>()) : QString();
}

} // namespace Galley
