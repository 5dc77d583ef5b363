#pragma once

#include "core/engines/local/localengine.h"

namespace Galley {

/// Finals of this machine beside its drafts. A worker does one thing at a time, and one step of a large model may take a minute: while it makes a final, nobody
/// could draft. So finals get a worker of their own, which starts with the first of them, gives way to drafts where the processor is short, and ends when there
/// have been none for a while, so that its memory is free again.
///
/// While drafts are made by a model of the user's, finals go to the drafts' worker as well: two large models in two processes would take the memory from each
/// other, which one worker's budget prevents, and a final may be of the very model that is loaded there. For the same reason the two workers are neighbours
/// (LocalEngine::setNeighbour()): what drafts were made with before is unloaded for a final, and a draft of a large model waits for the final under way.
class FinalsEngine : public QObject, public RenderEngine
{
    Q_OBJECT

public:
    /// \a drafts outlives this. \a options are the drafts' own. \a areDraftsLarge: whether a model of the user's makes them now.
    FinalsEngine(LocalEngine *drafts, LocalEngineOptions options, std::function<bool()> areDraftsLarge, QObject *parent = nullptr);

    QFuture<Result<EngineCapabilities>> capabilities() override;
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override;

    /// As LocalEngine::restart(), but only if the worker runs.
    void restart(LocalEngineOptions options);
    qint64 processId() const { return m_own.processId(); }  ///< of its own worker; 0 when there is none

    static LocalEngineOptions ownOptions(LocalEngineOptions options);

private:
    LocalEngine *m_drafts;
    LocalEngine m_own;
    std::function<bool()> m_areDraftsLarge;
};

} // namespace Galley
