#include "core/engines/remote/remoteengine.h"

#include "core/engines/remote/a1111/a1111call.h"
#include "core/engines/remote/bfl/bflcall.h"
#include "core/engines/remote/comfyui/comfyuicall.h"
#include "core/engines/remote/custom/customcall.h"
#include "core/engines/remote/gemini/geminicall.h"
#include "core/engines/remote/ideogram/ideogramcall.h"
#include "core/engines/remote/openai/openaicall.h"
#include "core/engines/remote/stability/stabilitycall.h"

namespace Galley {

// Two lines for each folder here: an include and a pointer.

namespace {

QList<const ServiceKind *> serviceKinds()
{
    return {
        &a1111Kind(),
        &bflKind(),
        &comfyuiKind(),
        &customKind(),
        &geminiKind(),
        &ideogramKind(),
        &openaiKind(),
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
