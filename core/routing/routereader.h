#pragma once

#include "core/base/yaml.h"
#include "core/routing/modelreader.h"
#include "core/routing/routepolicy.h"

#include <QMap>
#include <QStringList>

namespace Galley {

/// Every key of routes.yaml by where it stands: "" is the file itself, then "default", "routes" (of an entry), "split" (of an item), "fallback" (of an
/// item), "burst", "budget", "canary". The JSON Schema for editors is tested against it.
QMap<QString, QStringList> routeFileKeys();

/// Reads the rules of \a root into \a policy: what is wrong goes to \a sink, and the entry is left out.
void readRules(const YamlNode &root, const ModelCatalogue &catalogue, FindingSink &sink, RoutePolicy &policy);

/// Warns of rules that cannot be reached, because an earlier one takes whatever they match, or because their conditions exclude each other.
void warnOfUnreachable(const QList<RouteRule> &rules, FindingSink &sink);

} // namespace Galley
