#pragma once

#include "core/imaging/readtext.h"
#include "core/render/renderengine.h"
#include "core/service/benchrun.h"

#include <QHash>
#include <QObject>

namespace Galley {

/// One request that an engine is asked, and how to judge what comes back.
struct BenchRender
{
    RenderEngine *engine = nullptr;
    EngineRequest request;
    std::function<QList<TextToRead>(const QSize &)> textsOf = {};  ///< the drawn texts of a picture of that size; empty: there are none to read
    double estimateUsd = 0;  ///< counted where the engine does not say what it charged
    QMap<QString, double> timingsMs = {};  ///< what choosing took
};

/// Asks engines for pictures: a model, or whatever the rules chose. Keeps no picture. Lives on the engines' thread; owns nothing.
class EngineBenchTarget : public QObject, public BenchTarget
{
    Q_OBJECT

public:
    /// What request \a index (negative: warm-up) is; called once for each, on the clock.
    using Source = std::function<Result<BenchRender>(int index)>;

    explicit EngineBenchTarget(Source source, QObject *parent = nullptr);

    /// Whatever tells the memory of the process that draws; empty: not known.
    std::function<BenchMemory()> memorySource;
    /// Runs before the first request, on its clock: starting the worker belongs to the cold start. Its error fails the request.
    std::function<QFuture<Result<void>>()> prepare;

    void send(int index, std::stop_token stop, Done done) override;
    /// What the first picture said of itself: served model, revision, device, number type. Empty before.
    const Json &facts() const { return m_facts; }
    BenchMemory memory() override { return memorySource ? memorySource() : BenchMemory(); }

private:
    void render(int index, std::stop_token stop, const Done &done);

    Source m_source;
    Json m_facts = Json::object();
    bool m_isPrepared = false;
};

/// Whether the failure of a paid request has to be counted as spent: nobody can know that it was not billed.
bool mayBeBilled(const Error &error);

} // namespace Galley
