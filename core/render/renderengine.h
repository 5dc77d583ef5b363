#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QColor>
#include <QFuture>
#include <QImage>
#include <QList>
#include <QMap>
#include <QSize>
#include <QString>

#include <functional>
#include <optional>
#include <stop_token>

namespace Galley {

/// Everything that influences a model's pixels, for one model; immutable once made. For a draft: one layer.
struct EngineRequest
{
    QString model;     ///< "galley-draft"
    QString revision;  ///< weights digest or server revision; part of the digest
    QString prompt;
    QString negativePrompt;
    QString style;     ///< draft layers: one of the model's style words, or empty
    QList<QColor> palette;
    QSize size;
    int seed = 0;      ///< 0–2147483647; 0 is a seed
    int steps = 2;
    double guidance = 0;
    bool rgba = true;  ///< a cut-out with alpha (a draft layer) instead of an opaque picture
    int previewEvery = 0;  ///< previews after every n-th step; 0 = none. Does not influence the result, not in the digest

    Json toCanonicalJson() const;
    /// SHA-256 of toCanonicalJson(): the key of every cache.
    QString digest() const;

    bool operator==(const EngineRequest &) const = default;
};

/// A finished picture and how it came to be.
struct RenderResult
{
    QImage image;  ///< Format_RGBA8888_Premultiplied for layers
    QString model;
    QString revision;
    QString device;  ///< "cpu", "cuda"
    QString dtype;   ///< "fp32", "bf16"
    int seed = 0;
    int steps = 0;
    double confidence = 1;
    QMap<QString, double> timingsMs;
    bool fromCache = false;
};

/// Called on an unspecified thread while a render runs.
struct RenderObserver
{
    std::function<void(int step, int of)> progress;
    std::function<void(int step, const QImage &preview)> preview;
};

/// What one model of an engine can do.
struct ModelCapabilities
{
    QString model;
    QString revision;
    int defaultSteps = 2;
    int maxSteps = 4;
    int nativeSize = 128;
    QList<QSize> buckets;
    QStringList styles;
    double confidenceThreshold = 0.5;  ///< Auto takes the model's subject from this confidence on (calibrated with the weights)
    QString problem;  ///< a sentence when the model cannot be used

    bool operator==(const ModelCapabilities &) const = default;
};

struct EngineCapabilities
{
    QString device;
    QString dtype;
    int threads = 0;
    QString library;  ///< "libtorch 2.15.0"
    QStringList notes;  ///< sentences about this start, such as why it runs on the CPU although CUDA was asked for
    QList<ModelCapabilities> models;

    bool operator==(const EngineCapabilities &) const = default;
    const ModelCapabilities *findModel(const QString &model) const;
};

/// Something that can turn a request into a picture. Implementations live in core/engines.
/// render() returns at once; the future finishes on an unspecified thread.
class RenderEngine
{
public:
    virtual ~RenderEngine() = default;

    /// Starts whatever is needed and tells what can be rendered.
    virtual QFuture<Result<EngineCapabilities>> capabilities() = 0;

    /// Reports through \a observer and stops soon after \a stop is requested, finishing with ErrorCode::Cancelled.
    virtual QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) = 0;

    /// Unit vectors of captions, \a texts.size() × 256, for finding cut-outs by meaning.
    virtual QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) = 0;
};

} // namespace Galley
