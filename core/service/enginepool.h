#pragma once

#include "core/render/modelentry.h"
#include "core/render/renderengine.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace Galley {

/// Makes the engine of a backend: the composition root knows how, the services do not. Null: there is none of this kind.
using EngineFactory = std::function<std::unique_ptr<RenderEngine>(const BackendEntry &backend)>;

/// One engine for each backend, made when it is first asked for. An entry of models.yaml that changes gets a new engine (where it stands in the file
/// does not matter); the old one is kept while a call is under way on it, since that may be billed. Backends of kind `local` all are \a local. An
/// engine is to be asked for at each call, not kept. Lives on one thread.
class EnginePool
{
public:
    /// Does not own \a local, which may be null (no worker in this build).
    EnginePool(RenderEngine *local, EngineFactory factory);
    ~EnginePool();

    /// Null when there is no engine for \a backend.
    RenderEngine *engineFor(const BackendEntry &backend);

private:
    class Counted;
    struct Made
    {
        BackendEntry backend;
        std::unique_ptr<Counted> engine;
    };

    RenderEngine *m_local;
    EngineFactory m_factory;
    std::map<QString, Made> m_engines;
    std::vector<std::unique_ptr<Counted>> m_former;
};

} // namespace Galley
