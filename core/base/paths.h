#pragma once

#include <QString>

namespace Galley {

/// Where Galley's files live (product.md §7): the XDG folders, or everything below $GALLEY_HOME. A plain value.
struct Paths
{
    QString config;     ///< galley.conf, routes.yaml, models.yaml
    QString data;       ///< library.db, originals/, models/, recovery/, log/
    QString cache;      ///< renders/
    QString resources;  ///< shipped templates, models, cut-outs; read-only
    QString worker;     ///< the galley-worker binary

    /// Reads the environment ($GALLEY_HOME, $GALLEY_RESOURCES, $GALLEY_WORKER) once. Needs a QCoreApplication. Makes no folder.
    static Paths fromEnvironment();

    QString recovery() const { return data + QStringLiteral("/recovery"); }
    QString log() const { return data + QStringLiteral("/log"); }

    bool operator==(const Paths &) const = default;
};

} // namespace Galley
