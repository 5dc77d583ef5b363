#include "core/engines/remote/remoteengine.h"

#include "core/engines/remote/bfl/bflcall.h"
#include "core/engines/remote/gemini/geminicall.h"
#include "core/engines/remote/ideogram/ideogramcall.h"
#include "core/engines/remote/stability/stabilitycall.h"

namespace Galley {

// One line for each folder here.

namespace {

QList<const ServiceKind *> serviceKinds()
{
    return {
        &bflKind(),
        &geminiKind(),
        &ideogramKind(),
        &stabilityKind(),
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
