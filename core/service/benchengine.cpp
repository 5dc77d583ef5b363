#include "core/service/benchengine.h"

#include "core/base/async.h"
#include "core/service/finalpicture.h"

#include <QTimer>

namespace Galley {

namespace {

BenchOutcome outcomeOf(const Result<RenderResult> &result, const BenchRender &render)
{
    BenchOutcome outcome;
    outcome.timingsMs = render.timingsMs;
    if (!result) {
        outcome.error = result.error();
        if (mayBeBilled(result.error()))
            outcome.costUsd = render.estimateUsd;
        return outcome;
    }
    outcome.costUsd = result->costUsd.value_or(render.estimateUsd);
    for (auto it = result->timingsMs.cbegin(); it != result->timingsMs.cend(); ++it) {
        if (it.key() != QLatin1String("total"))  // the runner's own clock tells it
            outcome.timingsMs.insert(it.key(), it.value());
    }
    if (render.textsOf && !result->image.isNull())
        outcome.quality = [picture = result->image, textsOf = render.textsOf] { return meanScore(picture, textsOf(picture.size())); };
    return outcome;
}

} // namespace

bool mayBeBilled(const Error &error)
{
    return error.billed || error.failure == FailureClass::Ambiguous || error.code == ErrorCode::Cancelled;
}

EngineBenchTarget::EngineBenchTarget(Source source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
{}

void EngineBenchTarget::send(int index, std::stop_token stop, Done done)
{
    if (m_isPrepared || !prepare) {
        render(index, stop, done);
        return;
    }
    m_isPrepared = true;
    onFinished(prepare(), this, [this, index, stop, done](const QFuture<Result<void>> &future) {
        if (const auto ready = future.result(); !ready)
            done({.error = ready.error()});
        else
            render(index, stop, done);
    });
}

void EngineBenchTarget::render(int index, std::stop_token stop, const Done &done)
{
    const auto render = m_source(index);
    if (!render) {
        QTimer::singleShot(0, this, [done, error = render.error()] { done({.error = error}); });
        return;
    }
    const auto future = render->engine->render(render->request, {}, stop);
    onFinished(future, this, [this, done, render = *render](const QFuture<Result<RenderResult>> &finished) {
        const auto result = finished.result();
        if (result && m_facts.empty()) {
            for (const auto &[name, value] : {std::pair("served", result->model), std::pair("revision", result->revision), std::pair("device", result->device),
                                              std::pair("dtype", result->dtype)}) {
                if (!value.isEmpty())
                    m_facts[name] = value.toStdString();
            }
        }
        done(outcomeOf(result, render));
    });
}

} // namespace Galley
