#pragma once

#include "core/service/draftservice.h"
#include "core/service/layercache.h"

#include <QHash>
#include <QSet>

#include <variant>

namespace Galley {

/// One picture that a scene wants, and everything that shapes it. Box and colours are not in here: composition does those exactly, so that
/// moving, resizing and recolouring never ask for anything. Nor does another style word, but of a model that reads it in its words.
struct SubjectTask
{
    QString tokenId;
    QString words;         ///< what the sources are asked for
    QString written;       ///< what a person wrote, in any language; shown, never sent
    QString style;         ///< for composition (SceneItem::styleWord) and for the words of large models
    QString imagePath;     ///< the user's own picture; empty for words
    bool isSubject = true; ///< false for logos and backgrounds: their picture is not described on the token
    SubjectSource source = SubjectSource::Auto;
    int seed = 0;
    int steps = 2;
    QString model = {};        ///< empty: Galley's own draft model
    bool strictSteps = false;  ///< a step count that the model does not have is an error instead of its nearest one

    bool operator==(const SubjectTask &) const = default;
};

/// The id of the model that draws drafts: \a chosen, or Galley's own where nobody has chosen one.
QString draftModelId(const QString &chosen = {});

/// What \a scene wants, bottom first.
QList<SubjectTask> subjectTasks(const Scene &scene, const Variant &variant, const CompiledPrompt &prompt, const DraftOptions &options);

/// What several drafts share: engine, clip art and what both have already given. Not thread-safe.
struct DraftResources
{
    RenderEngine *engine = nullptr;
    std::shared_ptr<const CutoutLibrary> cutouts;
    std::optional<EngineCapabilities> capabilities;
    LayerCache layers;
    QHash<QString, QList<float>> vectors;  ///< by words
    int engineRequests = 0;
};

/// Something that has to be asked for before a subject can be shown.
struct Need
{
    enum class Kind { Capabilities, Render, Vector, Image };

    Kind kind = Kind::Capabilities;
    QString key;  ///< equal needs have equal keys
    EngineRequest request;  ///< Render
    QString text;           ///< Vector: words; Image: path
};

/// What is known about one subject now.
struct SubjectOutcome
{
    enum class Kind { Ready, Waiting, Failed };

    Kind kind = Kind::Failed;
    QImage picture;    ///< Ready; may be null when there is nothing to show
    SubjectInfo info;  ///< Ready
    Need need;         ///< Waiting
    Error error;       ///< Failed
};

/// What one draft holds by itself, so that eviction from the shared cache cannot send it in circles.
struct DraftMemory
{
    QHash<QString, RenderResult> layers;
    QHash<QString, QImage> images;
    QHash<QString, Error> errors;
    QSet<QString> used;  ///< keys that the present plan has asked for

    const Error *findError(const QString &key);
    /// Drops everything else.
    void forgetUnused();
};

/// What \a model is asked for \a task.
EngineRequest layerRequest(const SubjectTask &task, const ModelCapabilities &model);

/// Decides what is shown for \a task from what is there, or what has to be asked for first. Asks for nothing itself.
SubjectOutcome planSubject(const SubjectTask &task, DraftResources &resources, DraftMemory &memory);

inline QString capabilitiesKey()
{
    return QStringLiteral("capabilities");
}

} // namespace Galley
