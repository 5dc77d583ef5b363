#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/prompt/promptcompiler.h"

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

/// A picture that goes along with a request: the start of image-to-image, or what an edit may change.
struct ReferencePicture
{
    enum class Use { Start, Mask };

    Use use = Use::Start;
    QByteArray png;   ///< encoded; a mask has the size of the start picture, its transparent pixels are to be drawn anew
    QSize size;
    QString digest;   ///< SHA-256 of png, lower-case hex: part of the request's digest

    bool operator==(const ReferencePicture &) const = default;
};

/// Everything that influences a model's pixels, for one model; immutable once made. For a draft: one layer.
struct EngineRequest
{
    QString model;     ///< id in models.yaml: "galley-draft"
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
    bool quick = false;  ///< of a model of this machine: less time for less fine detail, where the model knows a way
    bool mayShrink = false;  ///< a smaller picture is better than none. Not in the digest: pictures of the size asked for are the same, and others are not cached
    int previewEvery = 0;  ///< previews after every n-th step; 0 = none. Does not influence the result, not in the digest

    // Only for services; at their defaults they are not in the digest.
    QString backend = {};   ///< id of the backend
    QString upstream = {};  ///< the service's own name of the model
    Dialect dialect = Dialect::Draft;  ///< what prompt is written in
    bool seedWanted = true; ///< false: the service may choose; seed is then 0
    QString ratio = {};     ///< "4x5": asked for instead of a size
    int count = 1;
    QList<ReferencePicture> references = {};
    bool weights = false;   ///< brackets in the prompts say how much words count: "(word:1.2)", "[word]"; else they are characters
    double strength = 0;    ///< with a start picture: 0 = unchanged, 1 = only a hint
    Json options = Json::object();  ///< the model entry's own, sent as they are

    Json toCanonicalJson() const;
    /// SHA-256 of toCanonicalJson(): the key of every cache.
    QString digest() const;

    bool operator==(const EngineRequest &) const = default;
};

/// One picture of a service, as it came.
struct ServicePicture
{
    QByteArray bytes;      ///< the file, never altered: it may be signed
    QByteArray mediaType;  ///< told from the bytes: "image/png"
    QImage image;          ///< decoded
    std::optional<qint64> seed = {};

    bool operator==(const ServicePicture &) const = default;
};

/// A finished picture and how it came to be.
struct RenderResult
{
    QImage image;  ///< Format_RGBA8888_Premultiplied for layers; the first picture of a service
    QString model; ///< what the engine or service says it used: the *served* model
    QString revision;
    QString device;  ///< "cpu", "cuda"
    QString dtype;   ///< "fp32", "bf16"
    int seed = 0;
    int steps = 0;
    double confidence = 1;
    QMap<QString, double> timingsMs;
    bool fromCache = false;

    // Only from services.
    QString backend = {};
    bool seedKnown = true;           ///< false: the service takes none, or did not say which it took
    QList<ServicePicture> pictures = {};
    QString remoteId = {};           ///< the service's id of the job or generation
    QString requestId = {};          ///< the service's id of the HTTP request, for its support
    std::optional<double> costUsd = {};  ///< what the service says it charged
    int requestsSent = 0;            ///< billable requests that were put on the wire
    int httpStatus = 0;              ///< of the answer that took the request in, or of a look-up's; 0: there was none
    Json answer = Json::object();    ///< everything the service said, without the pictures
    QStringList notes = {};          ///< sentences: a rewritten prompt, another size, a deprecation
};

/// What the picture took of this machine's memory at the most, in bytes, as its worker says (`answer.memory.peak_bytes`); 0: nobody said, no service does.
qint64 peakMemory(const RenderResult &result);

/// Called on an unspecified thread while a render runs.
struct RenderObserver
{
    std::function<void(int step, int of)> progress;
    std::function<void(int step, const QImage &preview)> preview;
    std::function<void(const QString &remoteId)> accepted;  ///< the service has taken the request in and named it: it can be looked up
    std::function<void(const QString &state)> state;        ///< a word of the service: "queued", "processing"
    std::function<void()> answered;  ///< the service is done with it: what is left, reading and checking, is this machine's work
    std::function<void(qint64 bytes, qint64 of)> loading = {};  ///< of a model of this machine: its weights are read before there are steps
    std::function<void()> again = {};  ///< it begins from the start once more, since the worker ended: what was reported before counts no longer
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

    /// Asks a service what became of a request that it had accepted as \a remoteId, without repeating it. Unsupported where it cannot be asked.
    virtual QFuture<Result<RenderResult>> lookUp(const EngineRequest &request, const QString &remoteId, RenderObserver observer,
                                                 std::stop_token stop);

    /// One cheap call that tells whether the service answers and takes the key; a sentence such as "OpenAI answers and knows 14 models."
    virtual QFuture<Result<QString>> testConnection(std::stop_token stop);

    /// Unit vectors of captions, \a texts.size() × 256, for finding cut-outs by meaning.
    virtual QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) = 0;
};

} // namespace Galley
