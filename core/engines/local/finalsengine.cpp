#include "core/engines/local/finalsengine.h"

#include <QDir>
#include <QFileInfo>

namespace Galley {

namespace {

constexpr int defaultIdleEndMs = 5 * 60 * 1000;  // long enough to look at a final and ask for the next

} // namespace

LocalEngineOptions FinalsEngine::ownOptions(LocalEngineOptions options)
{
    if (options.idleEndMs == 0)
        options.idleEndMs = defaultIdleEndMs;
    options.isBackground = true;
    if (!options.logFile.isEmpty())
        options.logFile = QFileInfo(options.logFile).dir().filePath(QStringLiteral("finals-worker.log"));
    return options;
}

FinalsEngine::FinalsEngine(LocalEngine *drafts, LocalEngineOptions options, std::function<bool()> areDraftsLarge, QObject *parent)
    : QObject(parent)
    , m_drafts(drafts)
    , m_own(ownOptions(std::move(options)))
    , m_areDraftsLarge(std::move(areDraftsLarge))
{
    m_own.setNeighbour(m_drafts);
    m_drafts->setNeighbour(&m_own);
    connect(drafts, &LocalEngine::modelsChanged, &m_own, [this] { m_own.followModels(*m_drafts); });
    connect(&m_own, &LocalEngine::filesChanged, drafts, [drafts](const LocalModelFile &model) { drafts->addModel(model); });  // what can be asked for is what that one says
}

QFuture<Result<EngineCapabilities>> FinalsEngine::capabilities()
{
    return m_drafts->capabilities();
}

QFuture<Result<RenderResult>> FinalsEngine::render(const EngineRequest &request, RenderObserver observer, std::stop_token stop)
{
    if (m_areDraftsLarge())
        return m_drafts->render(request, std::move(observer), std::move(stop));
    m_own.followModels(*m_drafts);  // whatever became of what it was told before
    return m_own.render(request, std::move(observer), std::move(stop));
}

QFuture<Result<QList<QList<float>>>> FinalsEngine::embed(const QStringList &texts)
{
    return m_drafts->embed(texts);
}

void FinalsEngine::restart(LocalEngineOptions options)
{
    m_own.restart(ownOptions(std::move(options)), LocalEngine::Restart::IfRunning);
}

} // namespace Galley
