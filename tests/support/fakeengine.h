#pragma once

#include "core/render/renderengine.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace Galley {

/// An engine without a model, for tests: counts what it is asked and answers at once or when told. A picture is a disc whose colour
/// follows from words, style, seed and steps; words with "unsure" are answered with little confidence. Lives on one thread.
class FakeEngine : public RenderEngine
{
public:
    FakeEngine();

    bool answersAtOnce = true;
    qint64 memoryBytes = 0;  ///< what each picture takes, as a worker would say; 0: it does not
    EngineCapabilities offered;
    std::optional<Error> capabilitiesError;
    std::optional<Error> renderError;
    std::optional<Error> embedError;

    QList<EngineRequest> renders;  ///< every request ever made
    QStringList embeds;
    int cancelled = 0;
    int inFlight = 0;
    int mostInFlight = 0;

    /// Answers the oldest open request; false when there is none.
    bool answerOne();
    /// A preview, then progress, of the oldest open request.
    void previewOne(int step);
    /// The oldest open request's model is being loaded.
    void loadOne(qint64 bytes, qint64 of);
    int open() const;

    static QImage picture(const EngineRequest &request);

    QFuture<Result<EngineCapabilities>> capabilities() override;
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override;

private:
    struct Open;
    void finish(Open &entry, Result<RenderResult> result);

    std::vector<std::shared_ptr<Open>> m_open;
};

} // namespace Galley
