#include "tests/support/fakeengine.h"

#include "core/base/async.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QPainter>

#include <algorithm>
#include <functional>
#include <utility>

namespace Galley {

struct FakeEngine::Open
{
    EngineRequest request;
    RenderObserver observer;
    QPromise<Result<RenderResult>> promise;
    std::optional<std::stop_callback<std::function<void()>>> onStop;
    bool finished = false;
};

FakeEngine::FakeEngine()
{
    ModelCapabilities model;
    model.model = QStringLiteral("galley-draft");
    model.revision = QStringLiteral("fake-1");
    model.defaultSteps = 2;
    model.maxSteps = 4;
    model.nativeSize = 32;
    model.buckets = {{32, 32}};
    model.styles = {QStringLiteral("flat"), QStringLiteral("outline")};
    model.confidenceThreshold = 0.5;
    offered.device = QStringLiteral("cpu");
    offered.dtype = QStringLiteral("fp32");
    offered.threads = 1;
    offered.models = {model};
}

QImage FakeEngine::picture(const EngineRequest &request)
{
    const QByteArray hash = QCryptographicHash::hash(dumpJson(request.toCanonicalJson()), QCryptographicHash::Sha256);
    QImage image(request.size, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(uchar(hash[0]), uchar(hash[1]), uchar(hash[2])));
    painter.drawEllipse(image.rect().adjusted(2, 2, -2, -2));
    return image;
}

int FakeEngine::open() const
{
    return int(m_open.size());
}

void FakeEngine::finish(Open &entry, Result<RenderResult> result)
{
    if (std::exchange(entry.finished, true))
        return;
    --inFlight;
    entry.promise.addResult(std::move(result));
    entry.promise.finish();
}

bool FakeEngine::answerOne()
{
    if (m_open.empty())
        return false;
    const std::shared_ptr<Open> entry = m_open.front();
    m_open.erase(m_open.begin());
    if (renderError) {
        finish(*entry, fail(*renderError));
        return true;
    }
    RenderResult result;
    result.image = picture(entry->request);
    result.model = entry->request.model;
    result.revision = entry->request.revision;
    result.device = offered.device;
    result.dtype = offered.dtype;
    result.seed = entry->request.seed;
    result.steps = entry->request.steps;
    result.confidence = entry->request.prompt.contains(QLatin1String("unsure")) ? 0.2 : 0.9;
    result.timingsMs = {{QStringLiteral("total"), 1.5}};
    if (memoryBytes > 0)
        result.answer["memory"]["peak_bytes"] = memoryBytes;
    for (EngineRequest each = entry->request; each.count > 1 && result.pictures.size() < each.count; ++each.seed) {
        ServicePicture made;
        made.image = picture(each);
        made.mediaType = "image/png";
        QBuffer buffer(&made.bytes);
        buffer.open(QIODevice::WriteOnly);
        made.image.save(&buffer, "PNG");
        result.pictures.append(made);
    }
    finish(*entry, result);
    return true;
}

void FakeEngine::previewOne(int step)
{
    if (m_open.empty())
        return;
    const Open &entry = *m_open.front();
    QImage half = picture(entry.request).scaled(entry.request.size / 4).scaled(entry.request.size);
    if (entry.observer.progress)
        entry.observer.progress(step, entry.request.steps);
    if (entry.observer.preview && entry.request.previewEvery > 0)
        entry.observer.preview(step, half);
}

void FakeEngine::loadOne(qint64 bytes, qint64 of)
{
    if (!m_open.empty() && m_open.front()->observer.loading)
        m_open.front()->observer.loading(bytes, of);
}

QFuture<Result<EngineCapabilities>> FakeEngine::capabilities()
{
    if (capabilitiesError)
        return readyFuture<Result<EngineCapabilities>>(fail(*capabilitiesError));
    return readyFuture<Result<EngineCapabilities>>(offered);
}

QFuture<Result<RenderResult>> FakeEngine::render(const EngineRequest &request, RenderObserver observer, std::stop_token stop)
{
    renders.append(request);
    mostInFlight = std::max(mostInFlight, ++inFlight);
    auto entry = std::make_shared<Open>();
    entry->request = request;
    entry->observer = std::move(observer);
    entry->promise.start();
    m_open.push_back(entry);
    const auto future = entry->promise.future();
    entry->onStop.emplace(std::move(stop), [this, weak = std::weak_ptr<Open>(entry)] {
        const auto stopped = weak.lock();
        if (!stopped || stopped->finished)
            return;
        ++cancelled;
        m_open.erase(std::remove(m_open.begin(), m_open.end(), stopped), m_open.end());
        finish(*stopped, fail(ErrorCode::Cancelled, QStringLiteral("Cancelled.")));
    });
    if (answersAtOnce)
        answerOne();
    return future;
}

QFuture<Result<QList<QList<float>>>> FakeEngine::embed(const QStringList &texts)
{
    embeds += texts;
    if (embedError)
        return readyFuture<Result<QList<QList<float>>>>(fail(*embedError));
    QList<QList<float>> vectors;
    for (const QString &text : texts) {
        QList<float> vector(256);
        for (const char c : text.toUtf8())
            vector[uchar(c)] += 1;
        vectors.append(vector);
    }
    return readyFuture<Result<QList<QList<float>>>>(vectors);
}

} // namespace Galley
