#pragma once

#include "core/base/yaml.h"
#include "core/routing/modelreader.h"
#include "core/routing/routepolicy.h"

#include <QMap>

#include <initializer_list>
#include <optional>

namespace Galley {

/// One entry of `routes` with the nodes that it was made from, for the places of what is wrong with it as a whole.
struct RouteEntry
{
    RouteRule rule;
    QString path;
    QMap<QString, YamlNode> given;
    bool isBroken = false;  ///< something is wrong with it, so that it cannot be in force
};

/// Reads one entry at \a path ("/routes/0"). What is wrong goes to \a sink and breaks the entry; nothing when it is no map at all.
std::optional<RouteEntry> readRouteEntry(const YamlNode &node, const QString &path, const ModelCatalogue &catalogue, FindingSink &sink);

/// Reports what is wrong with the value of \a at; \a offset: characters into it, when it stands in one line.
void reportAt(FindingSink &sink, const YamlNode &at, const QString &path, const char *code, const QString &message, const QString &fix, Severity severity,
              int offset = 0);

/// A list of keys and other words of the file.
QStringList words(std::initializer_list<const char *> list);

/// What to do about a model that there is not.
QString unknownModelFix(const QString &name, const ModelCatalogue &catalogue);

} // namespace Galley
