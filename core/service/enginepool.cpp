#include "core/service/enginepool.h"

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

bool isSame(BackendEntry a, const BackendEntry &b)
{
    a.file = b.file;
    a.line = b.line;
    return a == b;
}

} // namespace

/// An engine that knows whether anybody still waits for it.
class EnginePool::Counted : public RenderEngine
{
public:
    explicit Counted(std::unique_ptr<RenderEngine> engine)
        : m_engine(std::move(engine))
    {}

    bool isIdle()
    {
        m_calls.erase(std::remove_if(m_calls.begin(), m_calls.end(), [](const QFuture<void> &call) { return call.isFinished(); }), m_calls.end());
        return m_calls.empty();
    }

    QFuture<Result<EngineCapabilities>> capabilities() override { return counted(m_engine->capabilities()); }
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override
    {
        return counted(m_engine->render(request, std::move(observer), std::move(stop)));
    }
    QFuture<Result<RenderResult>> lookUp(const EngineRequest &request, const QString &remoteId, RenderObserver observer, std::stop_token stop) override
    {
        return counted(m_engine->lookUp(request, remoteId, std::move(observer), std::move(stop)));
    }
    QFuture<Result<QString>> testConnection(std::stop_token stop) override { return counted(m_engine->testConnection(std::move(stop))); }
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override { return counted(m_engine->embed(texts)); }

private:
    template<typename T>
    QFuture<T> counted(QFuture<T> call)
    {
        isIdle();
        m_calls.push_back(QFuture<void>(call));
        return call;
    }

    std::unique_ptr<RenderEngine> m_engine;
    std::vector<QFuture<void>> m_calls;
};

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
    if (known != m_engines.end() && isSame(known->second.backend, backend))
        return known->second.engine.get();
    if (known != m_engines.end()) {
        m_former.erase(std::remove_if(m_former.begin(), m_former.end(), [](const auto &former) { return former->isIdle(); }), m_former.end());
        if (known->second.engine)
            m_former.push_back(std::move(known->second.engine));
        m_engines.erase(known);
    }
    auto engine = m_factory ? m_factory(backend) : nullptr;
    Made made{backend, engine ? std::make_unique<Counted>(std::move(engine)) : nullptr};
    return m_engines.emplace(backend.id, std::move(made)).first->second.engine.get();
}

} // namespace Galley
