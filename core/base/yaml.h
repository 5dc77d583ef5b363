#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QList>
#include <QString>

#include <optional>

namespace Galley {

/// What a YAML text from outside may not exceed. Aliases count as often as they are inserted.
struct YamlLimits
{
    qsizetype bytes = 512 * 1024;
    qsizetype valueBytes = 64 * 1024;  ///< of one text, or of everything between an outer pair of brackets
    int depth = 32;
    int nodes = 20'000;
};

/// One value of a YAML text and where it stands. A plain value that shares its parts: copies are cheap.
struct YamlNode
{
    enum class Kind { Null, Scalar, List, Map };

    Kind kind = Kind::Null;
    QString text;       ///< Scalar: as written, without quotes
    bool plain = true;  ///< Scalar: written without quotes, so that it may be a number or true / false
    QList<YamlNode> items;  ///< of a List, or the members of a Map in the order of the file
    QString key;        ///< of a member of a Map
    int keyLine = 0;    ///< where the key stands, from 1
    int keyColumn = 0;
    int line = 0;       ///< where the value stands, from 1
    int column = 0;
    int nodes = 1;      ///< this one and everything below it

    bool isNull() const { return kind == Kind::Null; }
    bool isList() const { return kind == Kind::List; }
    bool isMap() const { return kind == Kind::Map; }

    /// The member of that name; null when there is none, or this is no map.
    const YamlNode *find(const QString &name) const;

    std::optional<QString> asText() const;    ///< any scalar: `1024x1024`, `70`, `"70"`
    std::optional<double> asNumber() const;   ///< a finite decimal number without quotes: neither .nan nor .inf nor 1e999
    std::optional<int> asInteger() const;     ///< the same without a fraction
    std::optional<bool> asBool() const;       ///< true or false; yes, no, on and off are words

    /// The value without its places. Scalars without quotes become null, booleans or numbers where they are such.
    Json toJson() const;
};

/// Where and why a YAML text cannot be read.
struct YamlProblem
{
    ErrorCode code = ErrorCode::InvalidInput;
    int line = 0;      ///< from 1; 0 when it is about the text as a whole
    int column = 0;
    QString sentence;  ///< without the place: "The key "weight" stands twice …"
    QString detail = {};

    /// "routes.yaml:3: The key … Column 5."
    Error toError(const QString &name) const;
};

/// Parses one YAML document from outside. A byte order mark and CR LF are taken; size, depth, node count (after aliases), control characters,
/// invalid UTF-8, duplicate keys, keys that are no words, tags, merge keys and further documents are problems with a place. Pure; thread-safe.
tl::expected<YamlNode, YamlProblem> parseYaml(const QByteArray &text, const YamlLimits &limits = {});

} // namespace Galley
