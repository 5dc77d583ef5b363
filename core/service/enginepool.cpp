#include "core/service/enginepool.h"

#include <utility>

namespace Galley {

EnginePool::EnginePool(RenderEngine *local, EngineFactory factory)
    : m_local(local)
    , m_factory(std::move(factory))
{}

EnginePool::~EnginePool() = default;

RenderEngine *EnginePool::engineFor(const BackendEntry &backend)
{
    if (backend.kind == QLatin1String("local"))
        return m_local;
    const auto known = m_engines.find(backend.id);
    if (known != m_engines.end() && known->second.backend == backend)
        return known->second.engine.get();
    if (known != m_engines.end()) {
        if (known->second.engine)
            m_former.push_back(std::move(known->second.engine));
        m_engines.erase(known);
    }
    Made made{backend, m_factory ? m_factory(backend) : nullptr};
    return m_engines.emplace(backend.id, std::move(made)).first->second.engine.get();
}

} // namespace Galley
