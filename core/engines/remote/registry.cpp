#include "core/engines/remote/remoteengine.h"

namespace Galley {

// One line for each folder here.

namespace {

QList<const ServiceKind *> serviceKinds()
{
    return {
    };
}

} // namespace

const ServiceKind *findServiceKind(const QString &name)
{
    for (const ServiceKind *kind : serviceKinds()) {
        if (kind->name == name)
            return kind;
    }
    return nullptr;
}

QStringList serviceKindNames()
{
    QStringList names;
    for (const ServiceKind *kind : serviceKinds())
        names.append(kind->name);
    return names;
}

} // namespace Galley
